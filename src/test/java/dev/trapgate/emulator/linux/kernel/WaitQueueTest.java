package dev.trapgate.emulator.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.linux.kernel.WaitQueue.Share;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitQueueTest {

    private final WaitQueue queue = new WaitQueue();
    private final List<String> woken = new ArrayList<>();

    private WaitQueue.Waiter waiter(String name, boolean counts) {
        return key -> {
            woken.add(name + key);
            return counts;
        };
    }

    @Test
    void sharedWaitersAreAllWokenTheLatestFirst() {
        queue.add(waiter("a", true), Share.SHARED);
        queue.add(waiter("b", true), Share.SHARED);

        queue.wakeUp(1);

        assertThat(woken).containsExactly("b1", "a1");
    }

    @Test
    void oneExclusiveWaiterIsWokenTheFirstOne() {
        queue.add(waiter("a", true), Share.EXCLUSIVE);
        queue.add(waiter("b", true), Share.EXCLUSIVE);
        queue.add(waiter("s", true), Share.SHARED);

        queue.wakeUp(1);

        assertThat(woken).containsExactly("s1", "a1");
    }

    @Test
    void anExclusiveWaiterThatDoesNothingLetsTheNextBeWoken() {
        queue.add(waiter("a", false), Share.EXCLUSIVE);
        queue.add(waiter("b", true), Share.EXCLUSIVE);
        queue.add(waiter("c", true), Share.EXCLUSIVE);

        queue.wakeUp(0);

        assertThat(woken).containsExactly("a0", "b0");
    }

    @Test
    void everybodyIsWokenByWakeUpAll() {
        queue.add(waiter("a", true), Share.EXCLUSIVE);
        queue.add(waiter("b", true), Share.EXCLUSIVE);

        queue.wakeUpAll(4);

        assertThat(woken).containsExactly("a4", "b4");
    }

    @Test
    void aWaiterMayLeaveWhileItIsWoken() {
        WaitQueue.Waiter[] leaving = new WaitQueue.Waiter[1];
        leaving[0] = key -> {
            queue.remove(leaving[0]);
            return true;
        };
        queue.add(waiter("a", true), Share.SHARED);
        queue.add(leaving[0], Share.SHARED);

        queue.wakeUp(1);

        assertThat(woken).containsExactly("a1");
        queue.remove(leaving[0]);
        assertThat(queue.isActive()).isTrue();
    }
}

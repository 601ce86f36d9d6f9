package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SampleLoopTest {

    @Test
    void makesItsOwnCallAsOftenAsThereAreTimesToFill() throws ReflectiveOperationException {
        AtomicLong some = new AtomicLong();
        AtomicLong others = new AtomicLong();

        long sum = SampleLoop.over(incrementing(some)).applyAsLong(new long[100]);
        long sumOfOthers = SampleLoop.over(incrementing(others)).applyAsLong(new long[7]);

        assertThat(some).hasValue(100);
        assertThat(sum).isEqualTo(5050);
        assertThat(others).hasValue(7);
        assertThat(sumOfOthers).isEqualTo(28);
    }

    @Test
    void fillsInWhatEachCallTook() throws ReflectiveOperationException {
        long[] nanos = {-1, -1, -1};

        long answer = SampleLoop.over(incrementing(new AtomicLong())).applyAsLong(nanos);

        assertThat(answer).isEqualTo(6);
        assertThat(nanos).doesNotContain(-1);
    }

    private static MethodHandle incrementing(AtomicLong counter) throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .findVirtual(AtomicLong.class, "incrementAndGet", MethodType.methodType(long.class))
                .bindTo(counter);
    }
}

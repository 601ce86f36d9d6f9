package dev.trapgate.host.vdso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.trapgate.entry.UserMemory.Scope;
import dev.trapgate.host.memory.RegionMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GetrandomStatesTest {

    private static final GetrandomStates STATES = GetrandomStates.OF_THIS_PROCESS;

    @BeforeEach
    void assumeThatThereAreAny() {
        assumeThat(Vdso.ofThisProcess().address(VdsoFunction.GETRANDOM))
                .describedAs("this kernel's vDSO has no getrandom")
                .isPresent();
    }

    @Test
    void describesThemAsTheFunctionDoes() {
        assertThat(STATES.description()).matches("128 of \\d+ bytes, mapped with protection 0x3 and flags 0x[0-9a-f]+");
    }

    /** Threads have consecutive numbers and start at the state of their number, so this goes through all of them. */
    @Test
    void haveEveryStateUsableAndNoTwoAlike() throws Exception {
        Set<Long> draws = ConcurrentHashMap.newKeySet();
        List<Long> answers = new ArrayList<>();
        for (int i = 0; i < 2 * STATES.count(); i++) {
            Thread thread = Thread.ofVirtual().start(() -> answers.add(draw(draws)));
            thread.join();
        }

        assertThat(answers).hasSize(2 * STATES.count()).containsOnly(8L);
        assertThat(draws).hasSize(2 * STATES.count());
    }

    private static long draw(Set<Long> draws) {
        try (Scope scope = RegionMemory.anywhere().open()) {
            var buffer = scope.allocate(8, 8);
            long answer = STATES.getrandom(buffer.address(), 8, 0);
            draws.add(buffer.segment().get(java.lang.foreign.ValueLayout.JAVA_LONG, 0));
            return answer;
        }
    }

    @Test
    void leaveTheCallToTheKernelWhileThoseTheyLookAtAreTaken() throws Exception {
        List<Long> answers = new ArrayList<>();
        Thread thread = Thread.ofVirtual().unstarted(() -> answers.add(draw(ConcurrentHashMap.newKeySet())));
        for (int state = 0; state < STATES.count(); state++) {
            assertThat(STATES.take(state)).isTrue();
            assertThat(STATES.take(state)).isFalse();
        }
        try {
            thread.start();
            thread.join();
        } finally {
            for (int state = 0; state < STATES.count(); state++) {
                STATES.free(state);
            }
        }

        assertThat(answers).containsExactly((long) VdsoCalls.ABSENT);
        assertThat(draw(ConcurrentHashMap.newKeySet())).isEqualTo(8);
    }

    @Test
    void leaveEveryCallToTheKernelWhereThereAreNone() {
        assertThat(GetrandomStates.none().getrandom(1, 8, 0)).isEqualTo(VdsoCalls.ABSENT);
        assertThat(GetrandomStates.none().description()).isEqualTo("none: the gate makes the system call");
    }
}

package dev.trapgate.stress;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** futex(2): compare and queue are one step, so that no wake-up is lost; a lost one is a test that hangs. */
public class FutexStress {

    private static final int WAIT = 0x80;
    private static final int WAKE = 0x81;
    private static final int CMP_REQUEUE = 0x84;

    private FutexStress() {}

    private static long await(UserBuffer words) {
        return StressedProgram.call(Syscall.FUTEX, words.address(), WAIT, 0);
    }

    private static long wake(UserBuffer words, long offset) {
        return StressedProgram.call(Syscall.FUTEX, words.address() + offset, WAKE, 1);
    }

    private static void set(UserBuffer words) {
        words.segment().set(ValueLayout.JAVA_INT, 0, 1);
    }

    /** Who waits is woken, or sees the new value. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "slept and was woken")
    @Outcome(id = "-11, 0", expect = Expect.ACCEPTABLE, desc = "saw the new value")
    @State
    public static class WaitAndWake {

        private final UserBuffer words = StressedProgram.words();

        /** Waits while the word is 0. */
        @Actor
        public void waiter(JJ_Result result) {
            result.r1 = await(words);
        }

        /** Changes the word, then wakes. */
        @Actor
        public void waker(JJ_Result result) {
            set(words);
            result.r2 = wake(words, 0);
        }
    }

    /** One waiter is woken by one of two. */
    @JCStressTest
    @Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "the first woke")
    @Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "the second woke")
    @Outcome(id = "-11, 0, 0", expect = Expect.ACCEPTABLE, desc = "saw the new value")
    @State
    public static class TwoWakers {

        private final UserBuffer words = StressedProgram.words();

        /** Waits while the word is 0. */
        @Actor
        public void waiter(JJJ_Result result) {
            result.r1 = await(words);
        }

        /** Changes the word, then wakes. */
        @Actor
        public void first(JJJ_Result result) {
            set(words);
            result.r2 = wake(words, 0);
        }

        /** Does so, too. */
        @Actor
        public void second(JJJ_Result result) {
            set(words);
            result.r3 = wake(words, 0);
        }
    }

    /** A waiter that is moved to another word is woken there, or had not slept. */
    @JCStressTest
    @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "was moved and woken")
    @Outcome(id = "-11, 0, 0", expect = Expect.ACCEPTABLE, desc = "saw the new value")
    @State
    public static class Requeue {

        private final UserBuffer words = StressedProgram.words();

        /** Waits while the word is 0. */
        @Actor
        public void waiter(JJJ_Result result) {
            result.r1 = await(words);
        }

        /** Changes the word, moves who waits to the next, and wakes there. */
        @Actor
        public void mover(JJJ_Result result) {
            set(words);
            result.r2 = StressedProgram.call(Syscall.FUTEX, words.address(), CMP_REQUEUE, 0, 1, words.address() + 4, 1);
            result.r3 = wake(words, 4);
        }
    }
}

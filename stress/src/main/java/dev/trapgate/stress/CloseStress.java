package dev.trapgate.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Descriptors of a program whose threads open, copy, replace and close them at the same moment. */
public class CloseStress {

    private CloseStress() {}

    /** A descriptor is closed while it is read from. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "read before")
    @Outcome(id = "-9, 0", expect = Expect.ACCEPTABLE, desc = "closed before")
    @State
    public static class ReadAndClose {

        private final StressedProgram.Shared shared = StressedProgram.shared();

        /** Reads. */
        @Actor
        public void reader(JJ_Result result) {
            result.r1 = shared.read();
        }

        /** Closes. */
        @Actor
        public void closer(JJ_Result result) {
            result.r2 = shared.closeReader();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            shared.close();
        }
    }

    /** A reader that sleeps keeps its pipe when the descriptor is closed. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "slept and was woken")
    @Outcome(id = "-9, 0", expect = Expect.ACCEPTABLE, desc = "closed before")
    @State
    public static class SleepAndClose {

        private final StressedProgram.Shared shared = StressedProgram.shared();

        /** Leaves nothing to read. */
        public SleepAndClose() {
            shared.read();
        }

        /** Reads, and sleeps for it. */
        @Actor
        public void reader(JJ_Result result) {
            result.r1 = shared.read();
        }

        /** Closes, then writes. */
        @Actor
        public void closer(JJ_Result result) {
            result.r2 = shared.closeReader();
            shared.write();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            shared.close();
        }
    }

    /** dup2(2) over a descriptor leaves no moment in which it is none. */
    @JCStressTest
    @Outcome(id = "1, 7", expect = Expect.ACCEPTABLE, desc = "read the one or the other")
    @State
    public static class ReadAndReplace {

        private final StressedProgram.Shared shared = StressedProgram.shared();

        /** Reads. */
        @Actor
        public void reader(JJ_Result result) {
            result.r1 = shared.read();
        }

        /** Puts another pipe there. */
        @Actor
        public void replacer(JJ_Result result) {
            result.r2 = shared.replace() == shared.descriptor() ? 7 : 0;
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            shared.close();
        }
    }

    /** One of two closes it. */
    @JCStressTest
    @Outcome(id = "0, -9", expect = Expect.ACCEPTABLE, desc = "the first")
    @Outcome(id = "-9, 0", expect = Expect.ACCEPTABLE, desc = "the second")
    @State
    public static class TwoClose {

        private final StressedProgram.Shared shared = StressedProgram.shared();

        /** Closes. */
        @Actor
        public void first(JJ_Result result) {
            result.r1 = shared.closeReader();
        }

        /** Closes. */
        @Actor
        public void second(JJ_Result result) {
            result.r2 = shared.closeReader();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            shared.close();
        }
    }

    /** A number is free once it is closed, not before. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "closed before")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "closed after")
    @State
    public static class CloseAndTake {

        private final StressedProgram.Shared shared = StressedProgram.shared();

        /** Closes. */
        @Actor
        public void closer(JJ_Result result) {
            result.r1 = shared.closeReader();
        }

        /** Asks for the lowest from there. */
        @Actor
        public void taker(JJ_Result result) {
            result.r2 = shared.take();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            shared.close();
        }
    }

    /** A copy of what is being closed is whole, or none. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "copied before")
    @Outcome(id = "0, -9", expect = Expect.ACCEPTABLE, desc = "closed before")
    @State
    public static class CloseAndDuplicate {

        private final StressedProgram.Shared shared = StressedProgram.shared();

        /** Closes. */
        @Actor
        public void closer(JJ_Result result) {
            result.r1 = shared.closeReader();
        }

        /** Copies it and reads from the copy. */
        @Actor
        public void copier(JJ_Result result) {
            result.r2 = shared.readFromCopy();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            shared.close();
        }
    }

    /** Two opens at once answer different numbers. */
    @JCStressTest
    @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "different")
    @State
    public static class TwoOpen {

        private long one;
        private long other;

        /** Opens. */
        @Actor
        public void first() {
            one = StressedProgram.open();
        }

        /** Opens. */
        @Actor
        public void second() {
            other = StressedProgram.open();
        }

        /** Compares and closes them. */
        @Arbiter
        public void compare(JJJ_Result result) {
            result.r1 = one >= 0 ? 1 : one;
            result.r2 = other >= 0 ? 1 : other;
            result.r3 = one != other ? 1 : 0;
            StressedProgram.close(one);
            StressedProgram.close(other);
        }
    }

    /** The last writer that goes wakes who reads. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "end of file")
    @State
    public static class LastWriterAndReader {

        private final StressedProgram.Shared shared = StressedProgram.shared();

        /** Leaves nothing to read. */
        public LastWriterAndReader() {
            shared.read();
        }

        /** Reads, and sleeps for it. */
        @Actor
        public void reader(JJ_Result result) {
            result.r1 = shared.read();
        }

        /** Closes the writer. */
        @Actor
        public void closer(JJ_Result result) {
            result.r2 = shared.closeWriter();
        }

        /** Closes what the state had open. */
        @Arbiter
        public void close() {
            shared.close();
        }
    }
}

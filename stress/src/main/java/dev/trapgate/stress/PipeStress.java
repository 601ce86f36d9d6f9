package dev.trapgate.stress;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Pipes: what is written at once is read at once, by one reader, who is always woken. */
public class PipeStress {

    private PipeStress() {}

    private static long read(int descriptor, UserBuffer words, long offset, long size) {
        return StressedProgram.call(Syscall.READ, descriptor, words.address() + offset, size);
    }

    private static long write(int descriptor, UserBuffer words, long size) {
        return StressedProgram.call(Syscall.WRITE, descriptor, words.address(), size);
    }

    /** A reader that sleeps gets all of a small write. */
    @JCStressTest
    @Outcome(id = "4, 4", expect = Expect.ACCEPTABLE, desc = "all at once")
    @State
    public static class ReadAndWrite {

        private final UserBuffer words = StressedProgram.words();
        private final int[] pipe = StressedProgram.pipe();

        /** Reads, and sleeps for it. */
        @Actor
        public void reader(JJ_Result result) {
            result.r1 = read(pipe[0], words, 8, 8);
        }

        /** Writes four bytes. */
        @Actor
        public void writer(JJ_Result result) {
            result.r2 = write(pipe[1], words, 4);
        }
    }

    /** Two readers and two bytes: each sleeps until there is one, and both are woken. */
    @JCStressTest
    @Outcome(id = "1, 1, 2", expect = Expect.ACCEPTABLE, desc = "a byte each")
    @State
    public static class TwoReaders {

        private final UserBuffer words = StressedProgram.words();
        private final int[] pipe = StressedProgram.pipe();

        /** Reads a byte. */
        @Actor
        public void first(JJJ_Result result) {
            result.r1 = read(pipe[0], words, 8, 1);
        }

        /** Reads another. */
        @Actor
        public void second(JJJ_Result result) {
            result.r2 = read(pipe[0], words, 16, 1);
        }

        /** Writes two. */
        @Actor
        public void writer(JJJ_Result result) {
            result.r3 = write(pipe[1], words, 2);
        }
    }

    /** Readers that do not sleep: nothing is lost, nothing read twice. */
    @JCStressTest
    @Outcome(id = "4, -11, 0", expect = Expect.ACCEPTABLE, desc = "the first has all")
    @Outcome(id = "-11, 4, 0", expect = Expect.ACCEPTABLE, desc = "the second has all")
    @Outcome(id = "-11, -11, 4", expect = Expect.ACCEPTABLE, desc = "it is still there")
    @State
    public static class NobodySleeps {

        private final UserBuffer words = StressedProgram.words();
        private final int[] pipe = StressedProgram.nonblockingPipe();

        /** Reads all there is. */
        @Actor
        public void first(JJJ_Result result) {
            result.r1 = read(pipe[0], words, 8, 8);
        }

        /** Reads all there is. */
        @Actor
        public void second(JJJ_Result result) {
            result.r2 = read(pipe[0], words, 16, 8);
        }

        /** Writes four bytes. */
        @Actor
        public void writer() {
            write(pipe[1], words, 4);
        }

        /** Reads what is left. */
        @Arbiter
        public void rest(JJJ_Result result) {
            result.r3 = Math.max(0, read(pipe[0], words, 24, 8));
        }
    }
}

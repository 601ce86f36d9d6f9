package dev.trapgate.stress;

import dev.trapgate.emulator.linux.fs.FilesStruct;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** The table of descriptors: the lowest that is free is given once, and one that was given back is free. */
public class DescriptorStress {

    private static final long LIMIT = 1024;

    private DescriptorStress() {}

    /** Two threads open at once. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the first was first")
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the second was first")
    @State
    public static class TwoAllocate {

        private final FilesStruct files = new FilesStruct();

        /** Opens. */
        @Actor
        public void first(JJ_Result result) {
            result.r1 = files.allocate(0, LIMIT, OnExec.KEEP);
        }

        /** Opens. */
        @Actor
        public void second(JJ_Result result) {
            result.r2 = files.allocate(0, LIMIT, OnExec.KEEP);
        }
    }

    /** One gives a descriptor back while the other takes one, while the table grows. */
    @JCStressTest
    @Outcome(id = "0, 64, 64", expect = Expect.ACCEPTABLE, desc = "given back before the second took one")
    @Outcome(id = "64, 0, 64", expect = Expect.ACCEPTABLE, desc = "given back before the first took one")
    @Outcome(id = "64, 65, 0", expect = Expect.ACCEPTABLE, desc = "given back at last")
    @Outcome(id = "65, 64, 0", expect = Expect.ACCEPTABLE, desc = "given back at last")
    @State
    public static class FreeAndAllocate {

        private final FilesStruct files = new FilesStruct();

        /** Makes a table that is full. */
        public FreeAndAllocate() {
            for (int i = 0; i < 64; i++) {
                files.allocate(0, LIMIT, OnExec.KEEP);
            }
        }

        /** Opens. */
        @Actor
        public void first(JJJ_Result result) {
            result.r1 = files.allocate(0, LIMIT, OnExec.KEEP);
        }

        /** Opens. */
        @Actor
        public void second(JJJ_Result result) {
            result.r2 = files.allocate(0, LIMIT, OnExec.KEEP);
        }

        /** Gives one back. */
        @Actor
        public void third() {
            files.putUnused(0);
        }

        /** Opens once more; the lowest that is free then. */
        @Arbiter
        public void next(JJJ_Result result) {
            long next = files.allocate(0, LIMIT, OnExec.KEEP);
            result.r3 = next == 65 ? 64 : next;
        }
    }
}

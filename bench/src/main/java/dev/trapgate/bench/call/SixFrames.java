package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.Glibc;
import org.openjdk.jmh.annotations.CompilerControl;

/**
 * Calls made six frames deep, as real programs make them: none of these methods is inlined, so that after the call six
 * returns follow. A benchmark by itself is one flat method, and hides what a call does to the CPU's return predictor.
 */
@CompilerControl(CompilerControl.Mode.DONT_INLINE)
final class SixFrames {

    /** How many frames these are. */
    static final int DEPTH = 6;

    private static final int GETPPID = Syscall.GETPPID.number(Abi.X86_64);

    private SixFrames() {}

    static long syscall1() {
        return syscall2();
    }

    static long syscall2() {
        return syscall3();
    }

    static long syscall3() {
        return syscall4();
    }

    static long syscall4() {
        return syscall5();
    }

    static long syscall5() {
        return syscall6();
    }

    static long syscall6() {
        return OpenGates.Syscall.ENTRY.enter(GETPPID, 0, 0, 0, 0, 0, 0);
    }

    static long ffm1() {
        return ffm2();
    }

    static long ffm2() {
        return ffm3();
    }

    static long ffm3() {
        return ffm4();
    }

    static long ffm4() {
        return ffm5();
    }

    static long ffm5() {
        return ffm6();
    }

    static long ffm6() {
        return Glibc.getppid();
    }
}

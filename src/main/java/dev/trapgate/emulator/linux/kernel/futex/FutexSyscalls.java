package dev.trapgate.emulator.linux.kernel.futex;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.ForkCalls;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code kernel/futex/}. */
public final class FutexSyscalls {

    private static final String NO_PI = "no priority inheritance: the PI operations answer ENOSYS";
    private static final String MPOL = "FUTEX2_MPOL is accepted and does nothing";

    private FutexSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        if (definitions.abi() == Abi.I386) {
            definitions
                    .partly(Syscall.FUTEX, FutexCalls::futexTime32, NO_PI)
                    .partly(Syscall.FUTEX_TIME64, FutexCalls::futex, NO_PI);
        } else {
            definitions.partly(Syscall.FUTEX, FutexCalls::futex, NO_PI);
        }
        definitions
                .partly(Syscall.FUTEX_WAITV, FutexCalls::futexWaitv, MPOL)
                .partly(Syscall.FUTEX_WAKE, FutexCalls::futexWake, MPOL)
                .partly(Syscall.FUTEX_WAIT, FutexCalls::futexWait, MPOL)
                .partly(Syscall.FUTEX_REQUEUE, FutexCalls::futexRequeue, MPOL)
                .add(Syscall.SET_ROBUST_LIST, FutexCalls::setRobustList)
                .add(Syscall.GET_ROBUST_LIST, ForkCalls::getRobustList);
    }
}

package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.seccomp.SeccompCalls;

/** The calls of {@code kernel/}: identity, limits, scheduling. */
public final class KernelSyscalls {

    private KernelSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        common(definitions);
        if (definitions.abi() == Abi.I386) {
            i386(definitions);
        } else {
            x8664(definitions);
        }
    }

    private static void common(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.GETPID, Sys::getpid)
                .add(Syscall.GETPPID, Sys::getppid)
                .add(Syscall.GETTID, Sys::gettid)
                .add(Syscall.GETUID, Sys::getuid)
                .add(Syscall.GETGID, Sys::getgid)
                .add(Syscall.GETEUID, Sys::geteuid)
                .add(Syscall.GETEGID, Sys::getegid)
                .add(Syscall.UNAME, Sys::newuname)
                .add(Syscall.GETCPU, Sys::getcpu)
                .add(Syscall.SCHED_YIELD, Sys::schedYield)
                .add(Syscall.EXIT, Sys::exit)
                .add(Syscall.EXIT_GROUP, Sys::exitGroup)
                .add(Syscall.GETRANDOM, Sys::getrandom)
                .partly(Syscall.SECCOMP, SeccompCalls::seccomp, "no SECCOMP_FILTER_FLAG_NEW_LISTENER")
                .partly(Syscall.PRCTL, WorkPrctl::prctl, "seccomp, syscall user dispatch and no_new_privs only");
    }

    private static void x8664(SyscallDefinitions definitions) {
        definitions.add(Syscall.SYSINFO, Sys::sysinfo);
    }

    private static void i386(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.SYSINFO, Sys::compatSysinfo)
                .add(Syscall.OLDUNAME, Sys::uname)
                .add(Syscall.OLDOLDUNAME, Sys::olduname)
                .add(Syscall.GETUID32, Sys::getuid)
                .add(Syscall.GETGID32, Sys::getgid)
                .add(Syscall.GETEUID32, Sys::geteuid)
                .add(Syscall.GETEGID32, Sys::getegid);
    }
}

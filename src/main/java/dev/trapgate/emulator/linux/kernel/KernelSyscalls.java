package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.arch.x86.ArchPrctl;
import dev.trapgate.emulator.linux.arch.x86.Ldt;
import dev.trapgate.emulator.linux.arch.x86.Tls;
import dev.trapgate.emulator.linux.block.IoprioCalls;
import dev.trapgate.emulator.linux.fs.exec.Execve;
import dev.trapgate.emulator.linux.kernel.sched.SchedAttrCalls;
import dev.trapgate.emulator.linux.kernel.sched.SchedCalls;
import dev.trapgate.emulator.linux.kernel.seccomp.SeccompCalls;

/** The calls of {@code kernel/}: identity, limits, scheduling; and of {@code arch/x86/kernel/}. */
public final class KernelSyscalls {

    private static final String USAGE = "of a child's usage it tells the time alone; __WNOTHREAD has no effect";

    private KernelSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        process(definitions);
        CloneCalls.define(definitions);
        Execve.define(definitions);
        identity(definitions);
        limits(definitions);
        scheduling(definitions);
        administration(definitions);
        if (definitions.abi() == Abi.I386) {
            i386(definitions);
            ids16(definitions);
            ids32(definitions);
        } else {
            x8664(definitions);
            ids(definitions);
        }
    }

    private static void process(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.GETPID, Sys::getpid)
                .add(Syscall.GETPPID, Sys::getppid)
                .add(Syscall.GETTID, Sys::gettid)
                .add(Syscall.EXIT, Sys::exit)
                .add(Syscall.EXIT_GROUP, Sys::exitGroup)
                .add(Syscall.UNAME, UtsCalls::newuname)
                .add(Syscall.GETRANDOM, Sys::getrandom)
                .partly(Syscall.SECCOMP, SeccompCalls::seccomp, "no SECCOMP_FILTER_FLAG_NEW_LISTENER")
                .add(Syscall.PERSONALITY, UtsCalls::personality)
                .partly(
                        Syscall.PRCTL,
                        PrctlCalls::prctl,
                        "not PR_SET_MM, PR_GET_AUXV, PR_FUTEX_HASH, speculation control")
                .add(Syscall.SET_TID_ADDRESS, ForkCalls::setTidAddress)
                .add(Syscall.RSEQ, Rseq::rseq)
                .add(Syscall.MEMBARRIER, MembarrierCalls::membarrier)
                .partly(Syscall.KCMP, KcmpCalls::kcmp, "the order of different files is that of their descriptors")
                .partly(Syscall.ARCH_PRCTL, ArchPrctl::archPrctl, "no vDSO to map, no state to be permitted")
                .partly(
                        Syscall.MODIFY_LDT,
                        Ldt::modifyLdt,
                        "the table is kept and told, but the processor has no LDT register")
                .partly(Syscall.WAIT4, WaitCalls::wait4, USAGE)
                .partly(Syscall.WAITID, WaitCalls::waitid, USAGE);
    }

    private static void identity(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.CAPGET, CapabilityCalls::capget)
                .add(Syscall.CAPSET, CapabilityCalls::capset)
                .add(Syscall.GETPGRP, SessionCalls::getpgrp)
                .add(Syscall.GETPGID, SessionCalls::getpgid)
                .add(Syscall.SETPGID, SessionCalls::setpgid)
                .add(Syscall.GETSID, SessionCalls::getsid)
                .add(Syscall.SETSID, SessionCalls::setsid);
    }

    private static void limits(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.SETRLIMIT, LimitCalls::setrlimit)
                .add(Syscall.PRLIMIT64, LimitCalls::prlimit64)
                .add(Syscall.GETPRIORITY, PriorityCalls::getpriority)
                .add(Syscall.SETPRIORITY, PriorityCalls::setpriority)
                .add(Syscall.IOPRIO_SET, IoprioCalls::set)
                .add(Syscall.IOPRIO_GET, IoprioCalls::get);
    }

    private static void scheduling(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.GETCPU, SchedCalls::getcpu)
                .add(Syscall.SCHED_YIELD, SchedCalls::schedYield)
                .add(Syscall.SCHED_SETSCHEDULER, SchedCalls::setscheduler)
                .add(Syscall.SCHED_GETSCHEDULER, SchedCalls::getscheduler)
                .add(Syscall.SCHED_SETPARAM, SchedCalls::setparam)
                .add(Syscall.SCHED_GETPARAM, SchedCalls::getparam)
                .add(Syscall.SCHED_SETATTR, SchedAttrCalls::setattr)
                .add(Syscall.SCHED_GETATTR, SchedAttrCalls::getattr)
                .add(Syscall.SCHED_GET_PRIORITY_MAX, SchedCalls::getPriorityMax)
                .add(Syscall.SCHED_GET_PRIORITY_MIN, SchedCalls::getPriorityMin)
                .add(Syscall.SCHED_SETAFFINITY, SchedCalls::setaffinity)
                .add(Syscall.SCHED_GETAFFINITY, SchedCalls::getaffinity);
    }

    private static void administration(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.SETHOSTNAME, UtsCalls::sethostname)
                .add(Syscall.SETDOMAINNAME, UtsCalls::setdomainname)
                .add(Syscall.VHANGUP, AdminCalls::vhangup)
                .partly(Syscall.REBOOT, AdminCalls::reboot, "to restart is to stop, and ends the program")
                .partly(Syscall.SYSLOG, AdminCalls::syslog, "the kernel's log is empty")
                .partly(Syscall.ACCT, AdminCalls::acct, "accounting cannot be turned on: ENOSYS")
                .partly(Syscall.SWAPON, AdminCalls::swapon, "there is no swap: ENOSYS for the superuser")
                .partly(Syscall.SWAPOFF, AdminCalls::swapoff, "there is no swap: ENOSYS for the superuser");
    }

    private static void x8664(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.SYSINFO, Sys::sysinfo)
                .add(Syscall.GETRLIMIT, LimitCalls::getrlimit)
                .add(Syscall.SCHED_RR_GET_INTERVAL, SchedCalls::rrGetInterval);
    }

    private static void i386(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.SYSINFO, Sys::compatSysinfo)
                .add(Syscall.OLDUNAME, UtsCalls::uname)
                .add(Syscall.OLDOLDUNAME, UtsCalls::olduname)
                .add(Syscall.GETRLIMIT, LimitCalls::oldGetrlimit)
                .add(Syscall.UGETRLIMIT, LimitCalls::getrlimit)
                .add(Syscall.NICE, PriorityCalls::nice)
                .add(Syscall.SCHED_RR_GET_INTERVAL, SchedCalls::rrGetInterval32)
                .add(Syscall.SCHED_RR_GET_INTERVAL_TIME64, SchedCalls::rrGetInterval)
                .add(Syscall.SET_THREAD_AREA, Tls::setThreadArea)
                .add(Syscall.GET_THREAD_AREA, Tls::getThreadArea)
                .add(Syscall.WAITPID, WaitCalls::waitpid);
    }

    /** The ids of 64-bit programs. */
    private static void ids(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.GETUID, CredCalls::getuid)
                .add(Syscall.GETGID, CredCalls::getgid)
                .add(Syscall.GETEUID, CredCalls::geteuid)
                .add(Syscall.GETEGID, CredCalls::getegid)
                .add(Syscall.GETRESUID, CredCalls::getresuid)
                .add(Syscall.GETRESGID, CredCalls::getresgid)
                .add(Syscall.SETUID, CredCalls::setuid)
                .add(Syscall.SETGID, CredCalls::setgid)
                .add(Syscall.SETREUID, CredCalls::setreuid)
                .add(Syscall.SETREGID, CredCalls::setregid)
                .add(Syscall.SETRESUID, CredCalls::setresuid)
                .add(Syscall.SETRESGID, CredCalls::setresgid)
                .add(Syscall.SETFSUID, CredCalls::setfsuid)
                .add(Syscall.SETFSGID, CredCalls::setfsgid)
                .add(Syscall.GETGROUPS, GroupCalls::getgroups)
                .add(Syscall.SETGROUPS, GroupCalls::setgroups);
    }

    /** The same with 32 bits by i386's later numbers. */
    private static void ids32(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.GETUID32, CredCalls::getuid)
                .add(Syscall.GETGID32, CredCalls::getgid)
                .add(Syscall.GETEUID32, CredCalls::geteuid)
                .add(Syscall.GETEGID32, CredCalls::getegid)
                .add(Syscall.GETRESUID32, CredCalls::getresuid)
                .add(Syscall.GETRESGID32, CredCalls::getresgid)
                .add(Syscall.SETUID32, CredCalls::setuid)
                .add(Syscall.SETGID32, CredCalls::setgid)
                .add(Syscall.SETREUID32, CredCalls::setreuid)
                .add(Syscall.SETREGID32, CredCalls::setregid)
                .add(Syscall.SETRESUID32, CredCalls::setresuid)
                .add(Syscall.SETRESGID32, CredCalls::setresgid)
                .add(Syscall.SETFSUID32, CredCalls::setfsuid)
                .add(Syscall.SETFSGID32, CredCalls::setfsgid)
                .add(Syscall.GETGROUPS32, GroupCalls::getgroups)
                .add(Syscall.SETGROUPS32, GroupCalls::setgroups);
    }

    /** The same with 16 bits by i386's first numbers. */
    private static void ids16(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.GETUID, Uid16::getuid)
                .add(Syscall.GETGID, Uid16::getgid)
                .add(Syscall.GETEUID, Uid16::geteuid)
                .add(Syscall.GETEGID, Uid16::getegid)
                .add(Syscall.GETRESUID, Uid16::getresuid)
                .add(Syscall.GETRESGID, Uid16::getresgid)
                .add(Syscall.SETUID, Uid16::setuid)
                .add(Syscall.SETGID, Uid16::setgid)
                .add(Syscall.SETREUID, Uid16::setreuid)
                .add(Syscall.SETREGID, Uid16::setregid)
                .add(Syscall.SETRESUID, Uid16::setresuid)
                .add(Syscall.SETRESGID, Uid16::setresgid)
                .add(Syscall.SETFSUID, Uid16::setfsuid)
                .add(Syscall.SETFSGID, Uid16::setfsgid)
                .add(Syscall.GETGROUPS, Uid16::getgroups)
                .add(Syscall.SETGROUPS, Uid16::setgroups);
    }
}

package dev.trapgate.emulator.linux.arch.x86.entry;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.arch.x86.kernel.SigReturn;
import dev.trapgate.emulator.linux.fs.FileCalls;
import dev.trapgate.emulator.linux.ipc.IpcCall;
import dev.trapgate.emulator.linux.kernel.OldSignalCalls;
import dev.trapgate.emulator.linux.kernel.SignalCalls;
import dev.trapgate.emulator.linux.kernel.Sys;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.time.TimeCalls;
import dev.trapgate.emulator.linux.mm.MmCalls;
import dev.trapgate.emulator.linux.net.SocketCall;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which calls the emulated kernel has, for each convention: the functions that fill the tables. */
final class SyscallCalls {

    private static final String DEVICES = "only /dev/null and /dev/zero, by absolute name; flags are ignored";
    private static final String ANONYMOUS = "only anonymous memory; a descriptor answers ENODEV";

    /**
     * A call that is there.
     *
     * @param handler its function
     * @param support how much of it there is
     * @param note what is missing
     */
    record Call(SyscallHandler handler, SyscallRow.Support support, String note) {}

    private final Map<Syscall, Call> calls = new EnumMap<>(Syscall.class);

    private SyscallCalls() {}

    /** {@return what a 64-bit program can call} */
    static SyscallCalls x8664() {
        return new SyscallCalls()
                .common()
                .add(Syscall.TIME, TimeCalls::time)
                .add(Syscall.GETTIMEOFDAY, TimeCalls::gettimeofday)
                .add(Syscall.CLOCK_GETTIME, TimeCalls::clockGettime)
                .add(Syscall.CLOCK_GETRES, TimeCalls::clockGetres)
                .add(Syscall.NANOSLEEP, TimeCalls::nanosleep)
                .add(Syscall.SYSINFO, Sys::sysinfo)
                .partly(Syscall.MMAP, MmCalls::mmap, ANONYMOUS)
                .add(Syscall.RT_SIGRETURN, SigReturn::rtSigreturn);
    }

    /** {@return what a 32-bit program can call} */
    static SyscallCalls i386() {
        return new SyscallCalls()
                .common()
                .add(Syscall.TIME, TimeCalls::time32)
                .add(Syscall.GETTIMEOFDAY, TimeCalls::compatGettimeofday)
                .add(Syscall.CLOCK_GETTIME, TimeCalls::clockGettime32)
                .add(Syscall.CLOCK_GETRES, TimeCalls::clockGetres32)
                .add(Syscall.CLOCK_GETTIME64, TimeCalls::clockGettime)
                .add(Syscall.CLOCK_GETRES_TIME64, TimeCalls::clockGetres)
                .add(Syscall.NANOSLEEP, TimeCalls::nanosleep32)
                .add(Syscall.SYSINFO, Sys::compatSysinfo)
                .add(Syscall.OLDUNAME, Sys::uname)
                .add(Syscall.OLDOLDUNAME, Sys::olduname)
                .add(Syscall.GETUID32, Sys::getuid)
                .add(Syscall.GETGID32, Sys::getgid)
                .add(Syscall.GETEUID32, Sys::geteuid)
                .add(Syscall.GETEGID32, Sys::getegid)
                .oldSignals()
                .partly(Syscall.MMAP, MmCalls::oldMmap, ANONYMOUS)
                .partly(Syscall.MMAP2, MmCalls::mmapPgoff, ANONYMOUS)
                .partly(Syscall.SOCKETCALL, SocketCall::socketcall, "checks its call and arguments; no sockets yet")
                .partly(Syscall.IPC, IpcCall::ipc, "checks its call and version; nothing behind it yet");
    }

    private SyscallCalls common() {
        return signals()
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
                .add(Syscall.RESTART_SYSCALL, Sys::restartSyscall)
                .add(Syscall.EXIT, Sys::exit)
                .add(Syscall.EXIT_GROUP, Sys::exitGroup)
                .add(Syscall.GETRANDOM, Sys::getrandom)
                .add(Syscall.BRK, MmCalls::brk)
                .add(Syscall.MUNMAP, MmCalls::munmap)
                .add(Syscall.MPROTECT, MmCalls::mprotect)
                .partly(Syscall.READ, FileCalls::read, "the console and the devices that open(2) knows")
                .partly(Syscall.WRITE, FileCalls::write, "the console and the devices that open(2) knows")
                .partly(Syscall.OPEN, FileCalls::open, DEVICES)
                .partly(Syscall.OPENAT, FileCalls::openat, DEVICES)
                .add(Syscall.CLOSE, FileCalls::close);
    }

    private SyscallCalls signals() {
        return add(Syscall.RT_SIGACTION, SignalCalls::rtSigaction)
                .add(Syscall.RT_SIGPROCMASK, SignalCalls::rtSigprocmask)
                .add(Syscall.RT_SIGPENDING, SignalCalls::rtSigpending)
                .add(Syscall.RT_SIGSUSPEND, SignalCalls::rtSigsuspend)
                .add(Syscall.RT_SIGTIMEDWAIT, SignalCalls::rtSigtimedwait)
                .add(Syscall.RT_SIGQUEUEINFO, SignalCalls::rtSigqueueinfo)
                .add(Syscall.RT_TGSIGQUEUEINFO, SignalCalls::rtTgsigqueueinfo)
                .add(Syscall.SIGALTSTACK, SignalCalls::sigaltstack)
                .add(Syscall.PAUSE, SignalCalls::pause)
                .add(Syscall.KILL, SignalCalls::kill)
                .add(Syscall.TKILL, SignalCalls::tkill)
                .add(Syscall.TGKILL, SignalCalls::tgkill);
    }

    private SyscallCalls oldSignals() {
        return add(Syscall.SIGNAL, OldSignalCalls::signal)
                .add(Syscall.SIGACTION, OldSignalCalls::sigaction)
                .add(Syscall.SIGPROCMASK, OldSignalCalls::sigprocmask)
                .add(Syscall.SIGPENDING, OldSignalCalls::sigpending)
                .add(Syscall.SIGSUSPEND, OldSignalCalls::sigsuspend)
                .add(Syscall.SGETMASK, OldSignalCalls::sgetmask)
                .add(Syscall.SSETMASK, OldSignalCalls::ssetmask)
                .add(Syscall.RT_SIGTIMEDWAIT_TIME64, SignalCalls::rtSigtimedwaitTime64)
                .add(Syscall.SIGRETURN, SigReturn::compatSigreturn)
                .add(Syscall.RT_SIGRETURN, SigReturn::compatRtSigreturn);
    }

    /** {@return the call, or null if it is not there} */
    @Nullable
    Call find(Syscall call) {
        return calls.get(call);
    }

    private SyscallCalls add(Syscall call, SyscallHandler handler) {
        calls.put(call, new Call(handler, SyscallRow.Support.SUPPORTED, ""));
        return this;
    }

    private SyscallCalls partly(Syscall call, SyscallHandler handler, String missing) {
        calls.put(call, new Call(handler, SyscallRow.Support.PARTIAL, missing));
        return this;
    }
}

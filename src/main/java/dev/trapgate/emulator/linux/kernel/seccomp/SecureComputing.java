package dev.trapgate.emulator.linux.kernel.seccomp;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.cpu.CpuListener;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.SigInfo;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Signals;
import dev.trapgate.emulator.linux.kernel.SyscallWork;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.net.ClassicBpf;

/** The look at a call before it is made: {@code __secure_computing} of kernel/seccomp.c, Linux 5.17. */
public final class SecureComputing {

    /** AUDIT_ARCH_X86_64. */
    private static final int ARCH_X86_64 = 0xc000_003e;
    /** AUDIT_ARCH_I386. */
    private static final int ARCH_I386 = 0x4000_0003;

    /** SECCOMP_RET_KILL_PROCESS. */
    static final int KILL_PROCESS = 0x8000_0000;
    /** SECCOMP_RET_KILL_THREAD. */
    static final int KILL_THREAD = 0;
    /** SECCOMP_RET_TRAP. */
    static final int TRAP = 0x0003_0000;
    /** SECCOMP_RET_ERRNO. */
    static final int ERRNO = 0x0005_0000;
    /** SECCOMP_RET_USER_NOTIF. */
    static final int USER_NOTIF = 0x7fc0_0000;
    /** SECCOMP_RET_TRACE. */
    static final int TRACE = 0x7ff0_0000;
    /** SECCOMP_RET_LOG. */
    static final int LOG = 0x7ffc_0000;
    /** SECCOMP_RET_ALLOW. */
    static final int ALLOW = 0x7fff_0000;

    private static final int ACTION = 0xffff_0000;
    private static final int DATA = 0xffff;
    private static final int DATA_WORDS = SeccompCalls.DATA_SIZE / Integer.BYTES;
    private static final int ARGUMENTS = 6;

    /** Whether a call is made. */
    public enum Verdict {
        /** It is. */
        MADE,
        /** It is not; its result is set, or a signal waits. */
        SKIPPED
    }

    private SecureComputing() {}

    /** {@return the architecture's number in audit and seccomp: AUDIT_ARCH_*} */
    public static int architecture(PtRegs regs) {
        return regs.abi() == Abi.I386 ? ARCH_I386 : ARCH_X86_64;
    }

    /** Looks at the call whose number is in the registers. {@return whether it is made} */
    public static Verdict look(Task task, PtRegs regs) {
        int nr = (int) regs.origAx();
        return switch (task.work().seccomp().mode()) {
            case STRICT -> strict(task, regs, nr);
            case FILTER -> filter(task, regs, nr, Look.FIRST);
            case DEAD -> {
                task.endBy(Signal.of(Signal.SIGKILL));
                yield Verdict.SKIPPED;
            }
            case DISABLED -> Verdict.MADE;
        };
    }

    private static Verdict strict(Task task, PtRegs regs, int nr) {
        Abi abi = regs.abi() == Abi.I386 ? Abi.I386 : Abi.X86_64;
        Syscall sigreturn = abi == Abi.I386 ? Syscall.SIGRETURN : Syscall.RT_SIGRETURN;
        boolean allowed = nr == Syscall.READ.number(abi)
                || nr == Syscall.WRITE.number(abi)
                || nr == Syscall.EXIT.number(abi)
                || nr == sigreturn.number(abi);
        if (allowed) {
            return Verdict.MADE;
        }
        task.work().seccomp().setMode(Seccomp.Mode.DEAD);
        task.endBy(Signal.of(Signal.SIGKILL));
        return Verdict.SKIPPED;
    }

    /** Whether a tracer has been asked about the call before. */
    private enum Look {
        FIRST,
        AFTER_TRACER
    }

    /** {@code __seccomp_filter}. */
    private static Verdict filter(Task task, PtRegs regs, int nr, Look look) {
        int answer = run(task, regs, nr);
        int action = answer & ACTION;
        int data = answer & DATA;
        switch (action) {
            case ALLOW -> {
                return Verdict.MADE;
            }
            case LOG -> {
                log(task, nr);
                return Verdict.MADE;
            }
            case ERRNO -> regs.setAx(-Math.min(data, Errno.MAX_ERRNO));
            case TRAP -> {
                regs.setAx(regs.origAx());
                Signal signal = signal(regs, nr, data);
                task.force(signal);
            }
            case TRACE -> {
                return trace(task, regs, data, look);
            }
            // Nobody listens: there is no SECCOMP_FILTER_FLAG_NEW_LISTENER.
            case USER_NOTIF -> regs.setAx(ErrorNumbers.ENOSYS);
            default -> kill(task, regs, nr, answer);
        }
        return Verdict.SKIPPED;
    }

    private static Signal signal(PtRegs regs, int nr, int data) {
        return Signal.of(SigInfo.syscall(Signal.SYS_SECCOMP, data, regs.ip(), nr, architecture(regs)));
    }

    private static void kill(Task task, PtRegs regs, int nr, int answer) {
        task.work().seccomp().setMode(Seccomp.Mode.DEAD);
        boolean alone = (answer & ACTION) == KILL_THREAD && task.process().taskCount() > 1;
        if (alone) {
            task.endBy(Signal.of(Signal.SIGSYS));
        } else {
            regs.setAx(regs.origAx());
            Signals.force(task, signal(regs, nr, answer & DATA), Signals.Forced.DEFAULT);
        }
    }

    private static Verdict trace(Task task, PtRegs regs, int data, Look look) {
        if (look == Look.AFTER_TRACER) {
            return Verdict.MADE;
        }
        SyscallWork.Tracer tracer = task.work().tracer();
        if (tracer == null) {
            regs.setAx(ErrorNumbers.ENOSYS);
            return Verdict.SKIPPED;
        }
        tracer.seccomp(task, regs, data);
        int nr = (int) regs.origAx();
        return task.end() != null || nr < 0 ? Verdict.SKIPPED : filter(task, regs, nr, Look.AFTER_TRACER);
    }

    private static void log(Task task, int nr) {
        CpuListener listener = task.cpu().listener();
        if (listener != null) {
            listener.kernel("seccomp_log", "nr = " + nr);
        }
    }

    /** {@code seccomp_run_filters}: every filter is asked, and the action that comes first in the list of actions counts. */
    private static int run(Task task, PtRegs regs, int nr) {
        int[] data = data(regs, nr);
        int result = ALLOW;
        for (ClassicBpf filter : task.work().seccomp().filters()) {
            int answer = filter.run(data);
            if ((answer & ACTION) < (result & ACTION)) {
                result = answer;
            }
        }
        return result;
    }

    /** {@code struct seccomp_data}, as words. */
    private static int[] data(PtRegs regs, int nr) {
        int[] words = new int[DATA_WORDS];
        words[0] = nr;
        words[1] = architecture(regs);
        words[2] = (int) regs.ip();
        words[3] = (int) (regs.ip() >>> 32);
        for (int i = 0; i < ARGUMENTS; i++) {
            long argument = regs.argument(i + 1);
            words[4 + 2 * i] = (int) argument;
            words[5 + 2 * i] = (int) (argument >>> 32);
        }
        return words;
    }
}

package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * {@code prctl(2)}: kernel/sys.c, Linux 6.18, built without CONFIG_ANON_VMA_NAME and CONFIG_SCHED_CORE. What other
 * processors have answers EINVAL, as on x86.
 */
public final class PrctlCalls {

    private static final int PR_SET_PDEATHSIG = 1;
    private static final int PR_GET_PDEATHSIG = 2;
    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_GET_TIMING = 13;
    private static final int PR_SET_TIMING = 14;
    private static final int PR_SET_NAME = 15;
    private static final int PR_GET_NAME = 16;
    private static final int PR_GET_TSC = 25;
    private static final int PR_SET_TSC = 26;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int PR_GET_TIMERSLACK = 30;
    private static final int PR_TASK_PERF_EVENTS_DISABLE = 31;
    private static final int PR_TASK_PERF_EVENTS_ENABLE = 32;
    private static final int PR_MCE_KILL = 33;
    private static final int PR_MCE_KILL_GET = 34;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int PR_GET_CHILD_SUBREAPER = 37;
    private static final int PR_GET_TID_ADDRESS = 40;
    private static final int PR_SET_IO_FLUSHER = 57;
    private static final int PR_GET_IO_FLUSHER = 58;
    private static final int PR_TIMER_CREATE_RESTORE_IDS = 77;

    private static final int LAST_SIGNAL = 64;
    private static final int TSC_MODES = 2;

    private PrctlCalls() {}

    /** {@code prctl(2)}. */
    public static long prctl(Task current, PtRegs regs) {
        int option = (int) regs.argument(1);
        OptionalLong answer = CapabilityPrctl.prctl(current, option, regs);
        if (answer.isEmpty()) {
            answer = MemoryPrctl.prctl(current, option, regs);
        }
        if (answer.isEmpty()) {
            answer = WorkPrctl.prctl(current, option, regs);
        }
        return answer.isPresent() ? answer.getAsLong() : task(current, option, regs);
    }

    private static long task(Task current, int option, PtRegs regs) {
        TaskAttributes own = current.attributes();
        long value = regs.argument(2);
        return switch (option) {
            case PR_SET_PDEATHSIG -> setParentDeathSignal(own, value);
            case PR_GET_PDEATHSIG -> putInt(current, value, own.parentDeathSignal());
            case PR_GET_DUMPABLE -> current.process().mmFlags().dumpable();
            case PR_SET_DUMPABLE -> setDumpable(current, value);
            case PR_GET_TIMING -> 0;
            case PR_TASK_PERF_EVENTS_DISABLE, PR_TASK_PERF_EVENTS_ENABLE -> 0;
            case PR_SET_TIMING -> value == 0 ? 0 : ErrorNumbers.EINVAL;
            case PR_SET_NAME -> setName(current, value);
            case PR_GET_NAME -> getName(current, value);
            case PR_GET_TSC -> putInt(current, value, own.tsc());
            case PR_SET_TSC -> setTsc(own, value);
            case PR_SET_TIMERSLACK -> setTimerSlack(current, value);
            case PR_GET_TIMERSLACK -> own.timerSlack();
            case PR_MCE_KILL -> setMceKill(own, regs);
            case PR_MCE_KILL_GET -> areZero(regs, 2) ? own.mceKill() : ErrorNumbers.EINVAL;
            case PR_SET_CHILD_SUBREAPER -> setChildSubreaper(current, value);
            case PR_GET_CHILD_SUBREAPER ->
                putInt(current, value, current.process().isChildSubreaper() ? 1 : 0);
            case PR_GET_TID_ADDRESS ->
                current.uaccess().putUser64(value, own.clearChildTid()) ? 0 : ErrorNumbers.EFAULT;
            case PR_SET_IO_FLUSHER -> setIoFlusher(current, regs);
            case PR_GET_IO_FLUSHER -> getIoFlusher(current, regs);
            case PR_TIMER_CREATE_RESTORE_IDS -> restoreTimerIds(own, regs);
            default -> ErrorNumbers.EINVAL;
        };
    }

    private static long setParentDeathSignal(TaskAttributes own, long signal) {
        if (Long.compareUnsigned(signal, LAST_SIGNAL) > 0) {
            return ErrorNumbers.EINVAL;
        }
        own.setParentDeathSignal((int) signal);
        return 0;
    }

    private static long setDumpable(Task current, long value) {
        if (value != MmFlags.SUID_DUMP_DISABLE && value != MmFlags.SUID_DUMP_USER) {
            return ErrorNumbers.EINVAL;
        }
        current.process().mmFlags().setDumpable((int) value);
        return 0;
    }

    /** Reads no further than the name's end, {@code strncpy_from_user}. */
    private static long setName(Task current, long from) {
        byte[] name = new byte[TaskAttributes.NAME_SIZE - 1];
        MemorySegment segment = MemorySegment.ofArray(name);
        long readable = name.length - current.uaccess().copyFromUser(segment, from, name.length);
        for (int i = 0; i < readable; i++) {
            if (name[i] == 0) {
                current.attributes().setName(Arrays.copyOf(name, i));
                return 0;
            }
        }
        if (readable < name.length) {
            return ErrorNumbers.EFAULT;
        }
        current.attributes().setName(name);
        return 0;
    }

    private static long getName(Task current, long to) {
        UserStructure told = new UserStructure(TaskAttributes.NAME_SIZE);
        byte[] name = current.attributes().name();
        MemorySegment.copy(name, 0, told.bytes(), ValueLayout.JAVA_BYTE, 0, name.length);
        return told.to(current.uaccess(), to) ? 0 : ErrorNumbers.EFAULT;
    }

    private static long setTsc(TaskAttributes own, long mode) {
        int wanted = (int) mode;
        if (wanted < 1 || wanted > TSC_MODES) {
            return ErrorNumbers.EINVAL;
        }
        own.setTsc(wanted);
        return 0;
    }

    /** A real-time thread has no slack to set. */
    private static long setTimerSlack(Task current, long nanos) {
        if (!current.scheduling().isRealTime()) {
            current.attributes().setTimerSlack(nanos);
        }
        return 0;
    }

    private static long setMceKill(TaskAttributes own, PtRegs regs) {
        long command = regs.argument(2);
        long policy = regs.argument(3);
        boolean clear = command == 0 && policy == 0;
        boolean set = command == 1 && Long.compareUnsigned(policy, TaskAttributes.MCE_KILL_DEFAULT) <= 0;
        if (!areZero(regs, 4) || !(clear || set)) {
            return ErrorNumbers.EINVAL;
        }
        own.setMceKill(clear ? TaskAttributes.MCE_KILL_DEFAULT : (int) policy);
        return 0;
    }

    private static long setChildSubreaper(Task current, long value) {
        current.process().setChildSubreaper(value);
        return 0;
    }

    private static long setIoFlusher(Task current, PtRegs regs) {
        long value = regs.argument(2);
        if (!current.credentials().capable(Capability.CAP_SYS_RESOURCE)) {
            return ErrorNumbers.EPERM;
        }
        if (!areZero(regs, 3) || value >>> 1 != 0) {
            return ErrorNumbers.EINVAL;
        }
        current.attributes().setIoFlusher(value);
        return 0;
    }

    private static long getIoFlusher(Task current, PtRegs regs) {
        if (!current.credentials().capable(Capability.CAP_SYS_RESOURCE)) {
            return ErrorNumbers.EPERM;
        }
        return areZero(regs, 2) ? bit(current.attributes().isIoFlusher()) : ErrorNumbers.EINVAL;
    }

    private static long restoreTimerIds(TaskAttributes own, PtRegs regs) {
        long command = regs.argument(2);
        if (!areZero(regs, 3) || Long.compareUnsigned(command, 2) > 0) {
            return ErrorNumbers.EINVAL;
        }
        if (command == 2) {
            return bit(own.isRestoringTimerIds());
        }
        own.setRestoringTimerIds(command);
        return 0;
    }

    private static long putInt(Task current, long to, int value) {
        return current.uaccess().putUser32(to, value) ? 0 : ErrorNumbers.EFAULT;
    }

    private static long bit(boolean value) {
        return value ? 1 : 0;
    }

    /** {@return whether the arguments from a position to the fifth are zero} */
    static boolean areZero(PtRegs regs, int first) {
        for (int i = first; i <= 5; i++) {
            if (regs.argument(i) != 0) {
                return false;
            }
        }
        return true;
    }
}

package dev.trapgate.emulator.linux.kernel.sched;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Pids;
import dev.trapgate.emulator.linux.kernel.Pids.Subject;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.lang.foreign.ValueLayout;

/** {@code sched_setattr(2)} and {@code sched_getattr(2)}: kernel/sched/syscalls.c, Linux 6.18. */
public final class SchedAttrCalls {

    private static final int SIZE_VER0 = 48;
    private static final int SIZE = 56;
    private static final int PAGE_SIZE = 4096;
    private static final int POLICY = 4;
    private static final int FLAGS = 8;
    private static final int NICE = 16;
    private static final int PRIORITY = 20;
    private static final int RUNTIME = 24;
    private static final int DEADLINE = 32;
    private static final int PERIOD = 40;
    private static final int FLAG_KEEP_POLICY = 8;
    private static final int FLAG_UTIL_CLAMP = 0x60;
    private static final int MIN_NICE = -20;
    private static final int MAX_NICE = 19;

    private SchedAttrCalls() {}

    /** {@code sched_setattr(2)}. */
    public static long setattr(Task current, PtRegs regs) {
        int pid = (int) regs.argument(1);
        long from = regs.argument(2);
        if (from == 0 || pid < 0 || (int) regs.argument(3) != 0) {
            return ErrorNumbers.EINVAL;
        }
        UserStructure wanted = new UserStructure(SIZE);
        long refused = copyAttr(current, from, wanted);
        if (refused != 0) {
            return refused;
        }
        if (wanted.get32(POLICY) < 0) {
            return ErrorNumbers.EINVAL;
        }
        Subject subject = Pids.find(current, pid);
        if (subject == null) {
            return ErrorNumbers.ESRCH;
        }
        return SchedCalls.setAttributes(current, subject, attr(wanted, subject.scheduling()));
    }

    private static SchedAttr attr(UserStructure wanted, SchedAttributes present) {
        long flags = wanted.get64(FLAGS);
        boolean keepsPolicy = (flags & FLAG_KEEP_POLICY) != 0;
        SchedAttr asked = new SchedAttr(
                keepsPolicy ? SchedAttr.SETPARAM_POLICY : wanted.get32(POLICY),
                flags,
                Math.clamp(wanted.get32(NICE), MIN_NICE, MAX_NICE),
                wanted.get32(PRIORITY),
                wanted.get64(RUNTIME),
                wanted.get64(DEADLINE),
                wanted.get64(PERIOD));
        if ((flags & SchedCalls.FLAG_KEEP_PARAMS) == 0) {
            return asked;
        }
        if (present.policy() == SchedAttributes.DEADLINE) {
            SchedAttr own = present.deadline();
            return new SchedAttr(
                    asked.policy(), flags, asked.nice(), own.priority(), own.runtime(), own.deadline(), own.period());
        }
        boolean realTime = present.isRealTime();
        return new SchedAttr(
                asked.policy(),
                flags,
                realTime ? asked.nice() : present.nice(),
                realTime ? present.priority() : asked.priority(),
                realTime ? asked.runtime() : present.slice(),
                asked.deadline(),
                asked.period());
    }

    /** {@code sched_copy_attr}: a longer structure must be zero beyond what this kernel knows. */
    private static long copyAttr(Task current, long from, UserStructure wanted) {
        long told = current.uaccess().getUser32(from);
        if (told < 0) {
            return ErrorNumbers.EFAULT;
        }
        int size = told == 0 ? SIZE_VER0 : (int) Math.min(told, PAGE_SIZE + 1);
        if (size < SIZE_VER0 || size > PAGE_SIZE) {
            return tooBig(current, from);
        }
        UserStructure all = new UserStructure(Math.max(size, SIZE));
        long missing = current.uaccess().copyFromUser(all.bytes(), from, size);
        for (int i = SIZE; i < size - missing; i++) {
            if (all.bytes().get(ValueLayout.JAVA_BYTE, i) != 0) {
                return tooBig(current, from);
            }
        }
        if (missing != 0) {
            return ErrorNumbers.EFAULT;
        }
        wanted.bytes().copyFrom(all.bytes().asSlice(0, SIZE));
        boolean clamped = (wanted.get64(FLAGS) & FLAG_UTIL_CLAMP) != 0;
        return clamped && size < SIZE ? ErrorNumbers.EINVAL : 0;
    }

    private static long tooBig(Task current, long from) {
        current.uaccess().putUser32(from, SIZE);
        return ErrorNumbers.E2BIG;
    }

    /** {@code sched_getattr(2)}. */
    public static long getattr(Task current, PtRegs regs) {
        int pid = (int) regs.argument(1);
        long to = regs.argument(2);
        long room = regs.argument(3) & 0xffff_ffffL;
        boolean sized = room >= SIZE_VER0 && room <= PAGE_SIZE;
        if (to == 0 || pid < 0 || !sized || (int) regs.argument(4) != 0) {
            return ErrorNumbers.EINVAL;
        }
        Subject subject = Pids.find(current, pid);
        if (subject == null) {
            return ErrorNumbers.ESRCH;
        }
        int size = (int) Math.min(room, SIZE);
        UserStructure told = told(subject.scheduling(), size);
        // What the program has room for beyond this kernel's structure is cleared first.
        boolean cleared = current.uaccess().clearUser(to + size, room - size) == 0;
        return cleared && told.to(current.uaccess(), to, 0, size) ? 0 : ErrorNumbers.EFAULT;
    }

    private static UserStructure told(SchedAttributes scheduling, int size) {
        UserStructure told = new UserStructure(SIZE);
        told.set32(0, size);
        told.set32(POLICY, scheduling.policy());
        told.set64(FLAGS, scheduling.resetsOnFork() ? SchedCalls.FLAG_RESET_ON_FORK : 0);
        if (scheduling.policy() == SchedAttributes.DEADLINE) {
            SchedAttr deadline = scheduling.deadline();
            told.set64(RUNTIME, deadline.runtime());
            told.set64(DEADLINE, deadline.deadline());
            told.set64(PERIOD, deadline.period() == 0 ? deadline.deadline() : deadline.period());
        } else if (scheduling.isRealTime()) {
            told.set32(PRIORITY, scheduling.priority());
        } else {
            told.set32(NICE, scheduling.nice());
            told.set64(RUNTIME, scheduling.slice());
        }
        return told;
    }
}

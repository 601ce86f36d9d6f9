package dev.trapgate.emulator.linux.kernel.seccomp;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import dev.trapgate.emulator.linux.net.ClassicBpf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code seccomp(2)}, and the options of {@code prctl(2)} that do the same: kernel/seccomp.c, Linux 5.17.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/seccomp.2.html">seccomp(2)</a>
 */
public final class SeccompCalls {

    /** Size of {@code struct seccomp_data}. */
    static final int DATA_SIZE = 64;

    private static final int PR_GET_SECCOMP = 21;
    private static final int PR_SET_SECCOMP = 22;
    private static final int MODE_STRICT = 1;
    private static final int MODE_FILTER = 2;

    private static final int SET_MODE_STRICT = 0;
    private static final int SET_MODE_FILTER = 1;
    private static final int GET_ACTION_AVAIL = 2;
    private static final int GET_NOTIF_SIZES = 3;

    /** All but SECCOMP_FILTER_FLAG_NEW_LISTENER, 8. */
    private static final long FLAG_TSYNC = 1;

    private static final long FLAG_LOG = 1 << 1;
    private static final long FLAG_SPEC_ALLOW = 1 << 2;
    private static final long FLAG_TSYNC_ESRCH = 1 << 4;
    private static final long FLAGS = FLAG_TSYNC | FLAG_LOG | FLAG_SPEC_ALLOW | FLAG_TSYNC_ESRCH;

    private static final int MOST_INSTRUCTIONS = 1 << 15;
    private static final int PENALTY = 4;
    private static final int INSTRUCTION_SIZE = 8;
    private static final int NOTIF_SIZE = 80;
    private static final int NOTIF_RESP_SIZE = 24;
    private static final int CLASS = 7;
    private static final int CLASS_ALU = 4;
    private static final int MODULO = 0x90;
    private static final int OPERATION = 0xf0;

    private SeccompCalls() {}

    /** {@code seccomp(2)}. */
    public static long seccomp(Task current, PtRegs regs) {
        return doSeccomp(current, regs, (int) regs.argument(1), regs.argument(2) & 0xffff_ffffL, regs.argument(3));
    }

    private static long doSeccomp(Task current, PtRegs regs, int operation, long flags, long address) {
        return switch (operation) {
            case SET_MODE_STRICT -> flags != 0 || address != 0 ? ErrorNumbers.EINVAL : setStrict(current);
            case SET_MODE_FILTER -> setFilter(current, regs, flags, address);
            case GET_ACTION_AVAIL -> flags != 0 ? ErrorNumbers.EINVAL : actionAvailable(current, address);
            case GET_NOTIF_SIZES -> flags != 0 ? ErrorNumbers.EINVAL : notificationSizes(current, address);
            default -> ErrorNumbers.EINVAL;
        };
    }

    /**
     * Does what {@code prctl(2)} does for an option of seccomp's.
     *
     * @param current the calling task
     * @param option the option
     * @param regs the call's registers
     * @return the call's result; empty if the option is another's
     */
    public static OptionalLong prctl(Task current, int option, PtRegs regs) {
        return switch (option) {
            case PR_GET_SECCOMP ->
                OptionalLong.of(number(current.work().seccomp().mode()));
            case PR_SET_SECCOMP -> OptionalLong.of(setMode(current, regs));
            default -> OptionalLong.empty();
        };
    }

    /** {@return what PR_GET_SECCOMP and /proc call a mode: a SECCOMP_MODE_* number} */
    public static int number(Seccomp.Mode mode) {
        return switch (mode) {
            case DISABLED -> 0;
            case STRICT -> MODE_STRICT;
            case FILTER, DEAD -> MODE_FILTER;
        };
    }

    private static long setMode(Task current, PtRegs regs) {
        long mode = regs.argument(2);
        if (mode == MODE_STRICT) {
            return setStrict(current);
        }
        return mode == MODE_FILTER ? setFilter(current, regs, 0, regs.argument(3)) : ErrorNumbers.EINVAL;
    }

    private static boolean mayAssign(Task current, Seccomp.Mode mode) {
        Seccomp.Mode now = current.work().seccomp().mode();
        return now == Seccomp.Mode.DISABLED || now == mode;
    }

    private static long setStrict(Task current) {
        if (!mayAssign(current, Seccomp.Mode.STRICT)) {
            return ErrorNumbers.EINVAL;
        }
        current.work().seccomp().setMode(Seccomp.Mode.STRICT);
        current.work().confine();
        return 0;
    }

    private static long setFilter(Task current, PtRegs regs, long flags, long address) {
        if ((flags & ~FLAGS) != 0) {
            return ErrorNumbers.EINVAL;
        }
        int word = regs.abi() == Abi.I386 ? Integer.BYTES : Long.BYTES;
        UserStructure program = UserStructure.from(current.uaccess(), address, 2 * word);
        if (program == null) {
            return ErrorNumbers.EFAULT;
        }
        int length = program.get16(0);
        long instructions = program.getWord(word, word);
        if (length == 0 || length > ClassicBpf.MOST) {
            return ErrorNumbers.EINVAL;
        }
        if (!current.work().hasNoNewPrivileges() && !current.credentials().capable(Capability.CAP_SYS_ADMIN)) {
            return ErrorNumbers.EACCES;
        }
        if (instructions == 0) {
            return ErrorNumbers.EINVAL;
        }
        UserStructure code = UserStructure.from(current.uaccess(), instructions, length * INSTRUCTION_SIZE);
        if (code == null) {
            return ErrorNumbers.EFAULT;
        }
        Optional<ClassicBpf> filter = ClassicBpf.check(read(code, length));
        return filter.isPresent() && suits(filter.get()) ? attach(current, flags, filter.get()) : ErrorNumbers.EINVAL;
    }

    private static List<ClassicBpf.Instruction> read(UserStructure code, int length) {
        List<ClassicBpf.Instruction> instructions = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            int at = i * INSTRUCTION_SIZE;
            int jumps = code.get16(at + 2);
            instructions.add(new ClassicBpf.Instruction(code.get16(at), jumps & 0xff, jumps >> 8, code.get32(at + 4)));
        }
        return instructions;
    }

    /** {@code seccomp_check_filter}: no packet, and no modulo. */
    private static boolean suits(ClassicBpf filter) {
        return filter.instructions().stream().allMatch(SeccompCalls::suits);
    }

    private static boolean suits(ClassicBpf.Instruction instruction) {
        int code = instruction.code();
        return switch (code) {
            case ClassicBpf.LD_W_ABS ->
                Integer.compareUnsigned(instruction.k(), DATA_SIZE) < 0 && (instruction.k() & 3) == 0;
            case 0x28, 0x30, 0x40, 0x48, 0x50, 0xb1 -> false;
            default -> (code & CLASS) != CLASS_ALU || (code & OPERATION) != MODULO;
        };
    }

    /** {@code seccomp_attach_filter}. Lengths are counted before the kernel's translation of the program. */
    private static long attach(Task current, long flags, ClassicBpf filter) {
        Seccomp own = current.work().seccomp();
        if (!mayAssign(current, Seccomp.Mode.FILTER)) {
            return ErrorNumbers.EINVAL;
        }
        int total = filter.instructions().size();
        for (ClassicBpf older : own.filters()) {
            total += older.instructions().size() + PENALTY;
        }
        if (total > MOST_INSTRUCTIONS) {
            return ErrorNumbers.ENOMEM;
        }
        List<Task> others = (flags & FLAG_TSYNC) != 0 ? current.process().otherTasks(current) : List.of();
        for (Task other : others) {
            Seccomp theirs = other.work().seccomp();
            boolean follows = theirs.mode() == Seccomp.Mode.DISABLED
                    || (theirs.mode() == Seccomp.Mode.FILTER && theirs.isAncestorOf(own));
            if (!follows) {
                return (flags & FLAG_TSYNC_ESRCH) != 0 ? ErrorNumbers.ESRCH : other.tid();
            }
        }
        own.add(filter);
        own.setMode(Seccomp.Mode.FILTER);
        current.work().confine();
        for (Task other : others) {
            other.work().seccomp().copyFrom(own);
            if (current.work().hasNoNewPrivileges()) {
                other.work().setNoNewPrivileges();
            }
            other.work().confine();
        }
        return 0;
    }

    private static long actionAvailable(Task current, long address) {
        UserStructure action = UserStructure.from(current.uaccess(), address, Integer.BYTES);
        if (action == null) {
            return ErrorNumbers.EFAULT;
        }
        return switch (action.get32(0)) {
            case SecureComputing.KILL_PROCESS,
                    SecureComputing.KILL_THREAD,
                    SecureComputing.TRAP,
                    SecureComputing.ERRNO,
                    SecureComputing.USER_NOTIF,
                    SecureComputing.TRACE,
                    SecureComputing.LOG,
                    SecureComputing.ALLOW -> 0;
            default -> ErrorNumbers.EOPNOTSUPP;
        };
    }

    private static long notificationSizes(Task current, long address) {
        UserStructure sizes = new UserStructure(6);
        sizes.set16(0, NOTIF_SIZE);
        sizes.set16(2, NOTIF_RESP_SIZE);
        sizes.set16(4, DATA_SIZE);
        return sizes.to(current.uaccess(), address) ? 0 : ErrorNumbers.EFAULT;
    }
}

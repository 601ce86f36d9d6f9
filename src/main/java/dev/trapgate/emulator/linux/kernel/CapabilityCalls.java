package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.mm.UserStructure;
import dev.trapgate.emulator.linux.security.Commoncap;

/** {@code capget(2)} and {@code capset(2)}: kernel/capability.c, Linux 6.18. */
public final class CapabilityCalls {

    private static final int VERSION_1 = 0x1998_0330;
    private static final int VERSION_2 = 0x2007_1026;
    private static final int VERSION_3 = 0x2008_0522;
    /** {@code struct __user_cap_data_struct}: effective, permitted and inheritable, 32 bits each. */
    private static final int DATA_SIZE = 12;

    private static final int PERMITTED = 4;
    private static final int INHERITABLE = 8;
    private static final int PID = 4;

    private CapabilityCalls() {}

    /** {@code capget(2)}. */
    public static long capget(Task current, PtRegs regs) {
        long header = regs.argument(1);
        long data = regs.argument(2);
        long words = validateMagic(current, header);
        if (words < 0) {
            return data == 0 && words == ErrorNumbers.EINVAL ? 0 : words;
        }
        if (data == 0) {
            return 0;
        }
        UserStructure target = UserStructure.from(current.uaccess(), header + PID, Integer.BYTES);
        if (target == null) {
            return ErrorNumbers.EFAULT;
        }
        int pid = target.get32(0);
        if (pid < 0) {
            return ErrorNumbers.EINVAL;
        }
        Credentials credentials = Pids.credentials(current, pid);
        if (credentials == null) {
            return ErrorNumbers.ESRCH;
        }
        UserStructure told = new UserStructure((int) words * DATA_SIZE);
        for (int i = 0; i < words; i++) {
            told.set32(i * DATA_SIZE, credentials.effective() >>> (32 * i));
            told.set32(i * DATA_SIZE + PERMITTED, credentials.permitted() >>> (32 * i));
            told.set32(i * DATA_SIZE + INHERITABLE, credentials.inheritable() >>> (32 * i));
        }
        return told.to(current.uaccess(), data) ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@code capset(2)}: of the calling thread only. */
    public static long capset(Task current, PtRegs regs) {
        long header = regs.argument(1);
        long words = validateMagic(current, header);
        if (words < 0) {
            return words;
        }
        UserStructure target = UserStructure.from(current.uaccess(), header + PID, Integer.BYTES);
        if (target == null) {
            return ErrorNumbers.EFAULT;
        }
        if (target.get32(0) != 0 && target.get32(0) != current.tid()) {
            return ErrorNumbers.EPERM;
        }
        UserStructure data = UserStructure.from(current.uaccess(), regs.argument(2), (int) words * DATA_SIZE);
        if (data == null) {
            return ErrorNumbers.EFAULT;
        }
        NewCredentials made = new NewCredentials(current.credentials());
        long refused =
                Commoncap.capset(made, set(data, 0, words), set(data, INHERITABLE, words), set(data, PERMITTED, words));
        return refused != 0 ? refused : made.commit(current);
    }

    /** Joins the 32-bit words of one set; bits that are no capability are dropped. */
    private static long set(UserStructure data, int offset, long words) {
        long low = data.getUnsigned32(offset);
        long high = words > 1 ? data.getUnsigned32(DATA_SIZE + offset) : 0;
        return (low | (high << 32)) & Capability.ALL;
    }

    /** {@return how many 32-bit words a set has in the header's version, or an error; an unknown version is corrected} */
    private static long validateMagic(Task current, long header) {
        long version = current.uaccess().getUser32(header);
        if (version < 0) {
            return ErrorNumbers.EFAULT;
        }
        return switch ((int) version) {
            case VERSION_1 -> 1;
            case VERSION_2, VERSION_3 -> 2;
            default -> current.uaccess().putUser32(header, VERSION_3) ? ErrorNumbers.EINVAL : ErrorNumbers.EFAULT;
        };
    }
}

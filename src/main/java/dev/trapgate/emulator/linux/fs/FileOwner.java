package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.PidNamespace;
import dev.trapgate.emulator.linux.kernel.Task;

/** Whom SIGIO goes to: {@code struct fown_struct} of fs/fcntl.c, Linux 6.18. The signal itself is not sent yet. */
public final class FileOwner {

    private static final int F_OWNER_TID = 0;
    private static final int F_OWNER_PID = 1;
    private static final int F_OWNER_PGRP = 2;
    private static final int NSIG = 64;

    private FileOwner() {}

    /** {@code f_getown}. {@return an id, negative for a process group} */
    static long get(File file) {
        return file.ownerType() == F_OWNER_PGRP ? -file.owner() : file.owner();
    }

    /** {@code f_setown}. */
    public static long set(Task current, File file, int who) {
        if (who == Integer.MIN_VALUE) {
            return ErrorNumbers.EINVAL;
        }
        int type = who < 0 ? F_OWNER_PGRP : F_OWNER_PID;
        if (who != 0 && !exists(current, type, Math.abs(who))) {
            return ErrorNumbers.ESRCH;
        }
        file.setOwner(type, Math.abs(who));
        return 0;
    }

    /** {@code f_getown_ex}. */
    static long getEx(Task current, File file, long address) {
        current.buffer().set(Arguments.INT, 0, file.ownerType());
        current.buffer().set(Arguments.INT, 4, file.owner());
        return current.copyBufferToUser(address, 8);
    }

    /** {@code f_setown_ex}. */
    static long setEx(Task current, File file, long address) {
        if (!Arguments.fetch(current, address, 8)) {
            return ErrorNumbers.EFAULT;
        }
        int type = current.buffer().get(Arguments.INT, 0);
        int id = current.buffer().get(Arguments.INT, 4);
        if (type < F_OWNER_TID || type > F_OWNER_PGRP) {
            return ErrorNumbers.EINVAL;
        }
        if (id != 0 && !exists(current, type, id)) {
            return ErrorNumbers.ESRCH;
        }
        file.setOwner(type, id);
        return 0;
    }

    /** {@code f_getowner_uids}: nobody's, for no owner was ever noted with its user. */
    static long getUids(Task current, long address) {
        current.buffer().set(Arguments.INT, 0, current.credentials().uid());
        current.buffer().set(Arguments.INT, 4, current.credentials().euid());
        return current.copyBufferToUser(address, 8);
    }

    /** F_SETSIG. */
    static long setSignal(File file, long signal) {
        if (signal < 0 || signal > NSIG) {
            return ErrorNumbers.EINVAL;
        }
        file.setOwnerSignal((int) signal);
        return 0;
    }

    private static boolean exists(Task current, int type, int id) {
        PidNamespace pids = current.process().globals().pids();
        return id == PidNamespace.INIT
                || switch (type) {
                    case F_OWNER_TID -> pids.task(id) != null;
                    case F_OWNER_PGRP -> !pids.ofGroup(id).isEmpty();
                    default -> pids.process(id) != null;
                };
    }
}

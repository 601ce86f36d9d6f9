package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;

/** One read or write under way: {@code struct kiocb}. A task has one and uses it again. */
public final class Kiocb {

    /** Poll the device for completion. */
    public static final int RWF_HIPRI = 1;
    /** As O_DSYNC. */
    public static final int RWF_DSYNC = 2;
    /** As O_SYNC. */
    public static final int RWF_SYNC = 4;
    /** As O_NONBLOCK, for storage too. */
    public static final int RWF_NOWAIT = 8;
    /** As O_APPEND. */
    public static final int RWF_APPEND = 0x10;
    /** As without O_APPEND. */
    public static final int RWF_NOAPPEND = 0x20;
    /** All or nothing, even if the power fails. */
    public static final int RWF_ATOMIC = 0x40;
    /** Do not keep the pages. */
    public static final int RWF_DONTCACHE = 0x80;
    /** No SIGPIPE. */
    public static final int RWF_NOSIGNAL = 0x100;

    private static final int RWF_SUPPORTED = 0x1ff;

    /** Which way the bytes go. */
    public enum Direction {
        /** To the program. */
        READ,
        /** From the program. */
        WRITE
    }

    private long position;
    private int flags;

    /** Makes one at position 0. */
    public Kiocb() {}

    /**
     * Begins another read or write: {@code init_sync_kiocb}.
     *
     * @param file the open file; O_APPEND counts as RWF_APPEND
     * @param at where in the file
     * @return this
     */
    public Kiocb begin(File file, long at) {
        position = at;
        flags = (file.flags() & File.O_APPEND) != 0 ? RWF_APPEND : 0;
        return this;
    }

    /**
     * Adds a call's flags: {@code kiocb_set_rw_flags}.
     *
     * @param file the open file
     * @param rwf RWF_* flags
     * @param direction which way the bytes go
     * @return 0; −EOPNOTSUPP or −EINVAL if the file cannot do that
     */
    public long setFlags(File file, int rwf, Direction direction) {
        if (rwf == 0) {
            return 0;
        }
        if ((rwf & ~RWF_SUPPORTED) != 0) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        if ((rwf & RWF_APPEND) != 0 && (rwf & RWF_NOAPPEND) != 0) {
            return ErrorNumbers.EINVAL;
        }
        boolean cannotTell = (rwf & RWF_NOWAIT) != 0 && !file.has(FileOperations.FMODE_NOWAIT);
        if (cannotTell || (rwf & (RWF_ATOMIC | RWF_DONTCACHE)) != 0) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        flags |= rwf;
        if ((rwf & RWF_NOAPPEND) != 0 && direction == Direction.WRITE) {
            flags &= ~RWF_APPEND;
        }
        return 0;
    }

    /** {@return where in the file: {@code ki_pos}} */
    public long position() {
        return position;
    }

    /** Moves on. */
    public void setPosition(long at) {
        position = at;
    }

    /** {@return RWF_* flags: {@code ki_flags}} */
    public int flags() {
        return flags;
    }

    /** {@return whether it has one of these RWF_* flags} */
    public boolean has(int rwf) {
        return (flags & rwf) != 0;
    }
}

package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.FileLocks.Sleep;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;

/** Locking files: {@code flock} and {@code fcntl_setlk} of fs/locks.c, Linux 6.18. */
public final class LockCalls {

    private static final int LOCK_SH = 1;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int LOCK_UN = 8;
    private static final int LOCK_MAND = 32;
    private static final long COMPAT_OFF_T_MAX = 0x7fff_ffffL;

    /** Whose a record lock is. */
    enum Owner {
        /** The table of descriptors. */
        PROCESS,
        /** The open file: F_OFD_*. */
        DESCRIPTION
    }

    /** How a program lays {@code struct flock} out. */
    enum Layout {
        /** Of x86-64: 32 bytes. */
        WIDE(32, 8, 16, 24),
        /** {@code struct flock} of i386: 16 bytes, sizes below 2 GiB. */
        COMPAT(16, 4, 8, 12),
        /** {@code struct flock64} of i386: 24 bytes. */
        COMPAT64(24, 4, 12, 20);

        private final int size;
        private final int start;
        private final int length;
        private final int pid;

        Layout(int size, int start, int length, int pid) {
            this.size = size;
            this.start = start;
            this.length = length;
            this.pid = pid;
        }

        private long offset(MemorySegment buffer, int at) {
            return this == COMPAT ? buffer.get(Arguments.INT, at) : buffer.get(Arguments.LONG, at);
        }

        private void setOffset(MemorySegment buffer, int at, long value) {
            if (this == COMPAT) {
                buffer.set(Arguments.INT, at, (int) value);
            } else {
                buffer.set(Arguments.LONG, at, value);
            }
        }
    }

    private LockCalls() {}

    /** {@code flock(2)}. */
    public static long flock(Task current, PtRegs regs) {
        int command = (int) regs.argument(2);
        if ((command & LOCK_MAND) != 0) {
            // Mandatory locks are gone; asking for one does nothing.
            return 0;
        }
        int type = type(command & ~LOCK_NB);
        if (type < 0) {
            return ErrorNumbers.EINVAL;
        }
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            boolean opened = file.mayRead() || file.mayWrite() || type == RecordLock.F_UNLCK;
            Sleep sleep = (command & LOCK_NB) != 0 ? Sleep.NEVER : Sleep.UNTIL_FREE;
            return opened ? file.inode().locks().flock(current, file, type, sleep) : ErrorNumbers.EBADF;
        } finally {
            file.release();
        }
    }

    private static int type(int command) {
        return switch (command) {
            case LOCK_SH -> RecordLock.F_RDLCK;
            case LOCK_EX -> RecordLock.F_WRLCK;
            case LOCK_UN -> RecordLock.F_UNLCK;
            default -> -1;
        };
    }

    /** {@return the layout of fcntl(2)'s own commands} */
    static Layout layout(Abi abi) {
        return abi == Abi.I386 ? Layout.COMPAT : Layout.WIDE;
    }

    /** {@return the layout of the commands for 64-bit offsets} */
    static Layout wideLayout(Abi abi) {
        return abi == Abi.I386 ? Layout.COMPAT64 : Layout.WIDE;
    }

    /**
     * Tells of a lock in another's way: {@code fcntl_getlk}.
     *
     * @param current the calling task
     * @param file the open file
     * @param address the program's {@code struct flock}
     * @param layout how that is laid out
     * @param owner whose the lock would be
     * @return 0, or an error number negated
     */
    static long get(Task current, File file, long address, Layout layout, Owner owner) {
        MemorySegment buffer = current.buffer();
        if (!Arguments.fetch(current, address, layout.size)) {
            return ErrorNumbers.EFAULT;
        }
        int type = buffer.get(Arguments.SHORT, 0);
        if (owner == Owner.PROCESS && type != RecordLock.F_RDLCK && type != RecordLock.F_WRLCK) {
            return ErrorNumbers.EINVAL;
        }
        RecordBounds bounds = bounds(file, layout, buffer);
        long error = bounds.error() != 0 ? bounds.error() : badRequest(type, layout, buffer, owner);
        if (error != 0) {
            return error;
        }
        FileLocks locks = file.inode().locksIfAny();
        RecordLock found = locks == null ? null : locks.test(request(current, file, type, bounds, owner));
        if (found == null) {
            buffer.set(Arguments.SHORT, 0, (short) RecordLock.F_UNLCK);
        } else if (!tell(found, layout, buffer)) {
            return ErrorNumbers.EOVERFLOW;
        }
        return current.copyBufferToUser(address, layout.size);
    }

    /** {@code posix_lock_to_flock}; {@return whether the place fits into the layout} */
    private static boolean tell(RecordLock found, Layout layout, MemorySegment buffer) {
        long length = found.end() == Long.MAX_VALUE ? 0 : found.end() - found.start() + 1;
        if (layout == Layout.COMPAT) {
            length = Math.min(length, COMPAT_OFF_T_MAX);
        }
        buffer.set(Arguments.SHORT, 0, (short) found.type());
        buffer.set(Arguments.SHORT, 2, (short) Llseek.SEEK_SET);
        layout.setOffset(buffer, layout.start, found.start());
        layout.setOffset(buffer, layout.length, length);
        buffer.set(Arguments.INT, layout.pid, found.pid());
        return layout != Layout.COMPAT || found.start() <= COMPAT_OFF_T_MAX;
    }

    /**
     * Sets or takes away a lock: {@code fcntl_setlk}.
     *
     * @param current the calling task
     * @param file the open file
     * @param address the program's {@code struct flock}
     * @param layout how that is laid out
     * @param owner whose the lock is
     * @param sleep what to do when another is in its way
     * @return 0, or an error number negated
     */
    static long set(Task current, File file, long address, Layout layout, Owner owner, Sleep sleep) {
        MemorySegment buffer = current.buffer();
        if (!Arguments.fetch(current, address, layout.size)) {
            return ErrorNumbers.EFAULT;
        }
        int type = buffer.get(Arguments.SHORT, 0);
        RecordBounds bounds = bounds(file, layout, buffer);
        if (bounds.error() != 0) {
            return bounds.error();
        }
        if (type < RecordLock.F_RDLCK || type > RecordLock.F_UNLCK) {
            return ErrorNumbers.EINVAL;
        }
        boolean cannot =
                (type == RecordLock.F_RDLCK && !file.mayRead()) || (type == RecordLock.F_WRLCK && !file.mayWrite());
        if (cannot) {
            return ErrorNumbers.EBADF;
        }
        long error = badRequest(type, layout, buffer, owner);
        if (error != 0) {
            return error;
        }
        boolean nothing = type == RecordLock.F_UNLCK && file.inode().locksIfAny() == null;
        return nothing ? 0 : file.inode().locks().set(current, request(current, file, type, bounds, owner), sleep);
    }

    private static long badRequest(int type, Layout layout, MemorySegment buffer, Owner owner) {
        boolean unknown = type < RecordLock.F_RDLCK || type > RecordLock.F_UNLCK;
        boolean namesProcess = owner == Owner.DESCRIPTION && buffer.get(Arguments.INT, layout.pid) != 0;
        return unknown || namesProcess ? ErrorNumbers.EINVAL : 0;
    }

    private static RecordLock request(Task current, File file, int type, RecordBounds bounds, Owner owner) {
        return owner == Owner.PROCESS
                ? new RecordLock(
                        current.files(),
                        type,
                        bounds.start(),
                        bounds.end(),
                        current.process().tgid())
                : new RecordLock(file, type, bounds.start(), bounds.end(), RecordLock.OFD_PID);
    }

    private static RecordBounds bounds(File file, Layout layout, MemorySegment buffer) {
        int whence = buffer.get(Arguments.SHORT, 2);
        return RecordBounds.of(file, whence, layout.offset(buffer, layout.start), layout.offset(buffer, layout.length));
    }
}

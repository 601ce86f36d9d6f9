package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.FileLocks.Sleep;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.fs.LockCalls.Owner;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.MemfdCalls;

/** Commands on descriptors and open files: fs/fcntl.c, Linux 6.18. */
public final class FcntlCalls {

    private static final int F_DUPFD = 0;
    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_GETLK = 5;
    private static final int F_SETLK = 6;
    private static final int F_SETLKW = 7;
    private static final int F_SETOWN = 8;
    private static final int F_GETOWN = 9;
    private static final int F_SETSIG = 10;
    private static final int F_GETSIG = 11;
    private static final int F_GETLK64 = 12;
    private static final int F_SETLK64 = 13;
    private static final int F_SETLKW64 = 14;
    private static final int F_SETOWN_EX = 15;
    private static final int F_GETOWN_EX = 16;
    private static final int F_GETOWNER_UIDS = 17;
    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final int F_OFD_SETLKW = 38;
    private static final int F_SETLEASE = 1024;
    private static final int F_GETLEASE = 1025;
    private static final int F_NOTIFY = 1026;
    private static final int F_DUPFD_QUERY = 1027;
    private static final int F_CREATED_QUERY = 1028;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_GET_SEALS = 1034;
    private static final int F_GET_RW_HINT = 1035;
    private static final int F_SET_RW_HINT = 1036;

    private static final int FD_CLOEXEC = 1;
    private static final int SETFL_MASK = File.O_APPEND | File.O_NONBLOCK | File.O_DIRECT | File.O_NOATIME;
    private static final int RWH_WRITE_LIFE_EXTREME = 5;

    private FcntlCalls() {}

    /** {@code fcntl(2)} of x86-64: every offset has 64 bits, so there are no commands for those that have. */
    public static long fcntl(Task current, PtRegs regs) {
        int command = (int) regs.argument(2);
        return command >= F_GETLK64 && command <= F_SETLKW64
                ? withoutCommand(current, (int) regs.argument(1))
                : fcntl64(current, regs);
    }

    private static long withoutCommand(Task current, int descriptor) {
        File file = current.files().get(descriptor);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        file.release();
        return ErrorNumbers.EINVAL;
    }

    /** {@code fcntl64(2)} of i386, which its {@code fcntl(2)} is too. */
    public static long fcntl64(Task current, PtRegs regs) {
        int descriptor = (int) regs.argument(1);
        File file = current.files().getRaw(descriptor);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            int command = (int) regs.argument(2);
            return file.isPathOnly() && !worksOnPath(command)
                    ? ErrorNumbers.EBADF
                    : onDescriptor(current, regs, descriptor, file, command);
        } finally {
            file.release();
        }
    }

    /** {@code check_fcntl_cmd}. */
    private static boolean worksOnPath(int command) {
        return switch (command) {
            case F_CREATED_QUERY, F_DUPFD, F_DUPFD_CLOEXEC, F_DUPFD_QUERY, F_GETFD, F_SETFD, F_GETFL -> true;
            default -> false;
        };
    }

    private static long onDescriptor(Task current, PtRegs regs, int descriptor, File file, int command) {
        int argument = (int) regs.argument(3);
        return switch (command) {
            case F_DUPFD -> dup(current, file, argument, OnExec.KEEP);
            case F_DUPFD_CLOEXEC -> dup(current, file, argument, OnExec.CLOSE);
            case F_DUPFD_QUERY -> isSame(current, file, argument);
            case F_GETFD -> current.files().onExec(descriptor) == OnExec.CLOSE ? FD_CLOEXEC : 0;
            case F_SETFD -> {
                current.files().setOnExec(descriptor, OnExec.of(argument, FD_CLOEXEC));
                yield 0;
            }
            case F_GETFL -> file.flags();
            case F_SETFL -> setFlags(current, file, argument);
            default -> onLocks(current, regs, file, command);
        };
    }

    private static long dup(Task current, File file, int lowest, OnExec onExec) {
        long limit = current.descriptorLimit();
        if (Long.compareUnsigned(Integer.toUnsignedLong(lowest), limit) >= 0) {
            return ErrorNumbers.EINVAL;
        }
        long made = current.files().allocate(lowest, limit, onExec);
        if (made >= 0) {
            current.files().install((int) made, file.acquire());
        }
        return made;
    }

    private static long isSame(Task current, File file, int descriptor) {
        File other = current.files().getRaw(descriptor);
        if (other == null) {
            return ErrorNumbers.EBADF;
        }
        other.release();
        return other == file ? 1 : 0;
    }

    /** {@code setfl}. */
    private static long setFlags(Task current, File file, int wanted) {
        int before = file.flags();
        boolean hidesReads = (wanted & File.O_NOATIME) != 0 && (before & File.O_NOATIME) == 0;
        if (hidesReads && !ownerOrCapable(current, file)) {
            return ErrorNumbers.EPERM;
        }
        boolean direct = (wanted & File.O_DIRECT) != 0;
        boolean canDirect =
                file.has(FileOperations.FMODE_CAN_ODIRECT) || file.inode().type() == Inode.S_IFIFO;
        if (direct && !canDirect) {
            return ErrorNumbers.EINVAL;
        }
        long refusal = file.operations().checkFlags(wanted);
        if (refusal == 0) {
            int mask = file.has(FileOperations.FMODE_FASYNC) ? SETFL_MASK | File.O_ASYNC : SETFL_MASK;
            file.setFlags((before & ~mask) | (wanted & mask));
        }
        return refusal;
    }

    private static boolean ownerOrCapable(Task current, File file) {
        return current.credentials().fsuid() == file.inode().uid()
                || current.credentials().capable(Capability.CAP_FOWNER);
    }

    private static long onLocks(Task current, PtRegs regs, File file, int command) {
        long address = regs.argument(3);
        var own = LockCalls.layout(regs.abi());
        var wide = LockCalls.wideLayout(regs.abi());
        return switch (command) {
            case F_GETLK -> LockCalls.get(current, file, address, own, Owner.PROCESS);
            case F_SETLK -> LockCalls.set(current, file, address, own, Owner.PROCESS, Sleep.NEVER);
            case F_SETLKW -> LockCalls.set(current, file, address, own, Owner.PROCESS, Sleep.UNTIL_FREE);
            case F_GETLK64 -> LockCalls.get(current, file, address, wide, Owner.PROCESS);
            case F_SETLK64 -> LockCalls.set(current, file, address, wide, Owner.PROCESS, Sleep.NEVER);
            case F_SETLKW64 -> LockCalls.set(current, file, address, wide, Owner.PROCESS, Sleep.UNTIL_FREE);
            case F_OFD_GETLK -> LockCalls.get(current, file, address, wide, Owner.DESCRIPTION);
            case F_OFD_SETLK -> LockCalls.set(current, file, address, wide, Owner.DESCRIPTION, Sleep.NEVER);
            case F_OFD_SETLKW -> LockCalls.set(current, file, address, wide, Owner.DESCRIPTION, Sleep.UNTIL_FREE);
            default -> onOwner(current, regs, file, command);
        };
    }

    private static long onOwner(Task current, PtRegs regs, File file, int command) {
        return switch (command) {
            case F_GETOWN -> FileOwner.get(file);
            case F_SETOWN -> FileOwner.set(current, file, (int) regs.argument(3));
            case F_GETOWN_EX -> FileOwner.getEx(current, file, regs.argument(3));
            case F_SETOWN_EX -> FileOwner.setEx(current, file, regs.argument(3));
            case F_GETOWNER_UIDS -> FileOwner.getUids(current, regs.argument(3));
            case F_GETSIG -> file.ownerSignal();
            case F_SETSIG -> FileOwner.setSignal(file, regs.argument(3));
            default -> onFile(current, regs, file, command);
        };
    }

    private static long onFile(Task current, PtRegs regs, File file, int command) {
        return switch (command) {
            case F_CREATED_QUERY -> file.wasCreated() ? 1 : 0;
            case F_GETLEASE -> RecordLock.F_UNLCK;
            case F_SETLEASE -> refuseLease(current, file, (int) regs.argument(3));
            case F_NOTIFY -> notify(file, regs.argument(3));
            case F_SETPIPE_SZ -> PipeCalls.setSize(current, file, (int) regs.argument(3));
            case F_GETPIPE_SZ -> PipeCalls.size(file);
            case F_ADD_SEALS -> MemfdCalls.addSeals(file, (int) regs.argument(3));
            case F_GET_SEALS -> MemfdCalls.seals(file);
            case F_GET_RW_HINT ->
                Arguments.putLong(current, regs.argument(3), file.inode().writeHint());
            case F_SET_RW_HINT -> setWriteHint(current, file, regs.argument(3));
            default -> ErrorNumbers.EINVAL;
        };
    }

    /** {@code fcntl_setlease}, for whom the file is always in use otherwise. */
    private static long refuseLease(Task current, File file, int type) {
        boolean known = type == RecordLock.F_RDLCK || type == RecordLock.F_WRLCK || type == RecordLock.F_UNLCK;
        if (type == RecordLock.F_UNLCK && file.inode().type() == Inode.S_IFREG) {
            return ErrorNumbers.EAGAIN;
        }
        boolean owns = current.credentials().fsuid() == file.inode().uid()
                || current.credentials().capable(Capability.CAP_LEASE);
        if (known && !owns) {
            return ErrorNumbers.EACCES;
        }
        return known && file.inode().type() == Inode.S_IFREG ? ErrorNumbers.EAGAIN : ErrorNumbers.EINVAL;
    }

    /** {@code fcntl_dirnotify}: signals about directories are not sent. */
    private static long notify(File file, long events) {
        if (events == 0) {
            return 0;
        }
        return file.inode().type() == Inode.S_IFDIR ? 0 : ErrorNumbers.ENOTDIR;
    }

    private static long setWriteHint(Task current, File file, long address) {
        if (!Arguments.fetch(current, address, Long.BYTES)) {
            return ErrorNumbers.EFAULT;
        }
        long hint = current.buffer().get(Arguments.LONG, 0);
        if (hint < 0 || hint > RWH_WRITE_LIFE_EXTREME) {
            return ErrorNumbers.EINVAL;
        }
        file.inode().setWriteHint(hint);
        return 0;
    }
}

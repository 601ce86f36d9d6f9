package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Opening files by name: fs/open.c, Linux 6.18. */
public final class OpenCalls {

    private static final int OPEN_HOW_SIZE = 24;
    private static final int PAGE_SIZE = 4096;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private OpenCalls() {}

    /** {@code open(2)}. */
    public static long open(Task current, PtRegs regs) {
        int flags = (int) regs.argument(2) | largeFile(regs.abi());
        return open(current, Nameidata.AT_FDCWD, regs.argument(1), OpenFlags.of(flags, (int) regs.argument(3)), flags);
    }

    /** {@code openat(2)}. */
    public static long openat(Task current, PtRegs regs) {
        int flags = (int) regs.argument(3) | largeFile(regs.abi());
        int dirfd = (int) regs.argument(1);
        return open(current, dirfd, regs.argument(2), OpenFlags.of(flags, (int) regs.argument(4)), flags);
    }

    /** {@code creat(2)}: files of any size, even for a 32-bit program. */
    public static long creat(Task current, PtRegs regs) {
        int flags = OpenFlags.O_CREAT | File.O_WRONLY | OpenFlags.O_TRUNC | File.O_LARGEFILE;
        return open(current, Nameidata.AT_FDCWD, regs.argument(1), OpenFlags.of(flags, (int) regs.argument(2)), flags);
    }

    /** {@code openat2(2)}. */
    public static long openat2(Task current, PtRegs regs) {
        long size = regs.argument(4);
        if (Long.compareUnsigned(size, OPEN_HOW_SIZE) < 0) {
            return ErrorNumbers.EINVAL;
        }
        if (Long.compareUnsigned(size, PAGE_SIZE) > 0) {
            return ErrorNumbers.E2BIG;
        }
        MemorySegment how = MemorySegment.ofArray(new byte[(int) size]);
        long error = copyStructFromUser(current, how, regs.argument(3));
        if (error != 0) {
            return error;
        }
        long flags = how.get(LONG, 0);
        if ((flags & File.O_PATH) == 0) {
            flags |= File.O_LARGEFILE;
        }
        OpenFlags wanted = OpenFlags.of(flags, how.get(LONG, 8), how.get(LONG, 16));
        return open(current, (int) regs.argument(1), regs.argument(2), wanted, flags);
    }

    /** {@code copy_struct_from_user}: what a later kernel's structure has beyond this one's must be zero. */
    private static long copyStructFromUser(Task current, MemorySegment to, long from) {
        if (current.uaccess().copyFromUser(to, from, to.byteSize()) != 0) {
            return ErrorNumbers.EFAULT;
        }
        for (long i = OPEN_HOW_SIZE; i < to.byteSize(); i++) {
            if (to.get(ValueLayout.JAVA_BYTE, i) != 0) {
                return ErrorNumbers.E2BIG;
            }
        }
        return 0;
    }

    /** {@code force_o_largefile}. */
    private static int largeFile(Abi abi) {
        return abi == Abi.I386 ? 0 : File.O_LARGEFILE;
    }

    /** {@code do_sys_openat2}. */
    private static long open(Task current, int dirfd, long address, OpenFlags flags, long asGiven) {
        if (flags.error() != 0) {
            return flags.error();
        }
        Filename name = Filename.get(current, address);
        if (name.error() != 0) {
            return name.error();
        }
        long descriptor = FilesStruct.allocate(current, FilesStruct.OnExec.of(asGiven, File.O_CLOEXEC));
        if (descriptor < 0) {
            return descriptor;
        }
        PathOpen opening = new PathOpen(current, dirfd, flags);
        long error = opening.open(name.text());
        if (error != 0) {
            current.files().putUnused((int) descriptor);
            return error;
        }
        current.files().install((int) descriptor, opening.file());
        return descriptor;
    }
}

package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;

/** How large a file system is: fs/statfs.c, Linux 6.18. */
public final class StatfsCalls {

    private static final int ST_VALID_RELATIME = 0x1020;
    private static final int ST_RDONLY_NOSUID_NODEV = 7;
    private static final long HIGH_32 = 0xffff_ffff_0000_0000L;

    /** The structures that statfs(2) fills. */
    enum StatfsLayout {
        /** {@code struct statfs} of x86-64. */
        STATFS_X86_64(120, 8, 8),
        /** {@code struct compat_statfs}. */
        STATFS_I386(64, 4, 4),
        /** {@code struct compat_statfs64}. */
        STATFS64_I386(84, 4, 8);

        private final int size;
        private final int word;
        private final int counter;

        StatfsLayout(int size, int word, int counter) {
            this.size = size;
            this.word = word;
            this.counter = counter;
        }

        private void put(MemorySegment to, Kstatfs fs, SuperBlock superBlock) {
            int at = set(to, 0, word, fs.type());
            at = set(to, at, word, fs.blockSize());
            at = set(to, at, counter, fs.blocks());
            at = set(to, at, counter, fs.freeBlocks());
            at = set(to, at, counter, fs.freeBlocks());
            at = set(to, at, counter, fs.files());
            at = set(to, at, counter, fs.freeFiles());
            at = set(to, at, 8, superBlock.device());
            at = set(to, at, word, fs.nameLength());
            at = set(to, at, word, fs.blockSize());
            int restrictions = superBlock.isReadOnly() ? ST_RDONLY_NOSUID_NODEV : 0;
            set(to, at, word, ST_VALID_RELATIME | restrictions);
        }

        private static int set(MemorySegment to, int at, int width, long value) {
            if (width == 8) {
                to.set(Arguments.LONG, at, value);
            } else {
                to.set(Arguments.INT, at, (int) value);
            }
            return at + width;
        }
    }

    private StatfsCalls() {}

    /** {@return {@code statfs(2)} with a structure} */
    static SyscallHandler statfs(StatfsLayout layout) {
        return (current, regs) -> byName(current, regs.argument(1), layout, regs.argument(2));
    }

    /** {@return {@code fstatfs(2)} with a structure} */
    static SyscallHandler fstatfs(StatfsLayout layout) {
        return (current, regs) -> byDescriptor(current, regs.argument(1), layout, regs.argument(2));
    }

    /** {@code statfs64(2)}: the program says how large it takes the structure to be. */
    public static long statfs64(Task current, PtRegs regs) {
        return isSize(regs)
                ? byName(current, regs.argument(1), StatfsLayout.STATFS64_I386, regs.argument(3))
                : ErrorNumbers.EINVAL;
    }

    /** {@code fstatfs64(2)}. */
    public static long fstatfs64(Task current, PtRegs regs) {
        return isSize(regs)
                ? byDescriptor(current, regs.argument(1), StatfsLayout.STATFS64_I386, regs.argument(3))
                : ErrorNumbers.EINVAL;
    }

    private static boolean isSize(PtRegs regs) {
        return regs.argument(2) == StatfsLayout.STATFS64_I386.size;
    }

    private static long byName(Task current, long address, StatfsLayout layout, long to) {
        Filename name = Filename.get(current, address);
        if (name.error() != 0) {
            return name.error();
        }
        Nameidata walk = new Nameidata(current, Nameidata.AT_FDCWD, Nameidata.LOOKUP_FOLLOW);
        long error = walk.lookup(name.text());
        return error != 0 ? error : put(current, walk.path().inode().superBlock(), layout, to);
    }

    private static long byDescriptor(Task current, long descriptor, StatfsLayout layout, long to) {
        File file = current.files().getRaw((int) descriptor);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        SuperBlock fs = file.inode().superBlock();
        file.release();
        return put(current, fs, layout, to);
    }

    private static long put(Task current, SuperBlock superBlock, StatfsLayout layout, long to) {
        Kstatfs fs = superBlock.statfs();
        if (layout.counter == 4 && ((fs.blocks() | fs.freeBlocks()) & HIGH_32) != 0) {
            return ErrorNumbers.EOVERFLOW;
        }
        MemorySegment buffer = current.buffer();
        buffer.asSlice(0, layout.size).fill((byte) 0);
        layout.put(buffer, fs, superBlock);
        return current.copyBufferToUser(to, layout.size);
    }
}

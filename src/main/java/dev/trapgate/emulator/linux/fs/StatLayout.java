package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The structures that stat(2) has filled over the years: {@code cp_new_stat} and its kind in fs/stat.c, Linux 6.18. */
enum StatLayout {
    /** {@code struct stat} of x86-64. */
    STAT_X86_64(144) {
        @Override
        long put(MemorySegment to, Kstat stat) {
            to.set(LONG, 0, stat.device());
            to.set(LONG, 8, stat.inode());
            to.set(LONG, 16, stat.links());
            to.set(INT, 24, stat.mode());
            to.set(INT, 28, stat.uid());
            to.set(INT, 32, stat.gid());
            to.set(LONG, 40, stat.special());
            to.set(LONG, 48, stat.size());
            to.set(LONG, 56, stat.blockSize());
            to.set(LONG, 64, stat.blocks());
            putTime(to, 72, stat.atime());
            putTime(to, 88, stat.mtime());
            putTime(to, 104, stat.ctime());
            return 0;
        }
    },
    /** {@code struct stat64} of i386: {@code cp_stat64} of arch/x86/kernel/sys_ia32.c. */
    STAT64_I386(96) {
        @Override
        long put(MemorySegment to, Kstat stat) {
            to.set(LONG, 0, stat.device());
            to.set(INT, 12, (int) stat.inode());
            to.set(INT, 16, stat.mode());
            to.set(INT, 20, stat.links());
            to.set(INT, 24, stat.uid());
            to.set(INT, 28, stat.gid());
            to.set(LONG, 32, stat.special());
            to.set(LONG, 44, stat.size());
            to.set(INT, 52, stat.blockSize());
            to.set(LONG, 56, stat.blocks());
            putTime32(to, 64, stat.atime());
            putTime32(to, 72, stat.mtime());
            putTime32(to, 80, stat.ctime());
            to.set(LONG, 88, stat.inode());
            return 0;
        }
    },
    /** {@code struct stat} of i386: {@code cp_compat_stat}. */
    STAT_I386(64) {
        @Override
        long put(MemorySegment to, Kstat stat) {
            boolean fits = stat.inode() == (stat.inode() & LOW_32)
                    && stat.links() == (stat.links() & LOW_16)
                    && stat.size() <= MAX_NON_LFS;
            if (!fits) {
                return ErrorNumbers.EOVERFLOW;
            }
            to.set(INT, 0, stat.device());
            to.set(INT, 4, (int) stat.inode());
            to.set(SHORT, 8, (short) stat.mode());
            to.set(SHORT, 10, (short) stat.links());
            to.set(SHORT, 12, (short) OldIds.toShort(stat.uid()));
            to.set(SHORT, 14, (short) OldIds.toShort(stat.gid()));
            to.set(INT, 16, stat.special());
            to.set(INT, 20, (int) stat.size());
            to.set(INT, 24, stat.blockSize());
            to.set(INT, 28, (int) stat.blocks());
            putTime32(to, 32, stat.atime());
            putTime32(to, 40, stat.mtime());
            putTime32(to, 48, stat.ctime());
            return 0;
        }
    },
    /** {@code struct __old_kernel_stat}: {@code cp_old_stat}. */
    OLD_STAT(32) {
        @Override
        long put(MemorySegment to, Kstat stat) {
            boolean fits = stat.inode() == (stat.inode() & LOW_16) && stat.links() == (stat.links() & LOW_16);
            if (!fits) {
                return ErrorNumbers.EOVERFLOW;
            }
            to.set(SHORT, 0, (short) stat.device());
            to.set(SHORT, 2, (short) stat.inode());
            to.set(SHORT, 4, (short) stat.mode());
            to.set(SHORT, 6, (short) stat.links());
            to.set(SHORT, 8, (short) OldIds.toShort(stat.uid()));
            to.set(SHORT, 10, (short) OldIds.toShort(stat.gid()));
            to.set(SHORT, 12, (short) stat.special());
            to.set(INT, 16, (int) stat.size());
            to.set(INT, 20, seconds(stat.atime()));
            to.set(INT, 24, seconds(stat.mtime()));
            to.set(INT, 28, seconds(stat.ctime()));
            return 0;
        }
    };

    private static final ValueLayout.OfShort SHORT = Arguments.SHORT;
    private static final ValueLayout.OfInt INT = Arguments.INT;
    private static final ValueLayout.OfLong LONG = Arguments.LONG;
    private static final long NSEC_PER_SEC = 1_000_000_000L;
    private static final long LOW_32 = 0xffff_ffffL;
    private static final int LOW_16 = 0xffff;
    private static final long MAX_NON_LFS = Integer.MAX_VALUE;

    private final int size;

    StatLayout(int size) {
        this.size = size;
    }

    /** {@return its size in bytes} */
    int size() {
        return size;
    }

    /**
     * Fills the structure.
     *
     * @param to zeroed memory of that size
     * @param stat what to say
     * @return 0, or −EOVERFLOW if a field is too narrow
     */
    abstract long put(MemorySegment to, Kstat stat);

    private static void putTime(MemorySegment to, int at, long time) {
        to.set(LONG, at, Math.floorDiv(time, NSEC_PER_SEC));
        to.set(LONG, at + 8L, Math.floorMod(time, NSEC_PER_SEC));
    }

    private static void putTime32(MemorySegment to, int at, long time) {
        to.set(INT, at, seconds(time));
        to.set(INT, at + 4L, (int) Math.floorMod(time, NSEC_PER_SEC));
    }

    private static int seconds(long time) {
        return (int) Math.floorDiv(time, NSEC_PER_SEC);
    }
}

package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;

/** {@code statx(2)}: fs/stat.c, Linux 6.18. */
public final class StatxCall {

    private static final int SIZE = 256;
    private static final int AT_STATX_SYNC_TYPE = 0x6000;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int STATX_MTIME = 0x40;
    private static final int STATX_CTIME = 0x80;
    private static final int STATX_BTIME = 0x800;
    private static final int STATX_MNT_ID = 0x1000;
    private static final int STATX_MNT_ID_UNIQUE = 0x4000;
    private static final int STATX_RESERVED = 0x8000_0000;
    private static final long STATX_ATTR_MOUNT_ROOT = 0x2000;
    private static final long ATTRIBUTES_OF_ALL = 0x20_3000;
    private static final long ATTRIBUTES_OF_TMPFS = 0x70;
    private static final long NSEC_PER_SEC = 1_000_000_000L;
    private static final long UNIQUE = 0x8000_0000L;
    private static final int LOW_8 = 0xff;

    private StatxCall() {}

    /** {@code statx(2)}. */
    public static long statx(Task current, PtRegs regs) {
        int flags = (int) regs.argument(3);
        int mask = (int) regs.argument(4);
        Filename name = Filename.getMaybeNull(current, regs.argument(2), flags);
        boolean twoSyncs = (flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE;
        if ((mask & STATX_RESERVED) != 0 || twoSyncs || (flags & ~StatCalls.KNOWN_FLAGS) != 0) {
            return ErrorNumbers.EINVAL;
        }
        if (name.error() != 0) {
            return name.error();
        }
        int lookup = (flags & Nameidata.AT_SYMLINK_NOFOLLOW) != 0 ? 0 : Nameidata.LOOKUP_FOLLOW;
        Nameidata walk = new Nameidata(current, (int) regs.argument(1), lookup);
        long error = walk.lookup(name.text());
        if (error != 0) {
            return error;
        }
        MemorySegment buffer = current.buffer();
        put(buffer.asSlice(0, SIZE).fill((byte) 0), walk.path(), mask);
        return current.copyBufferToUser(regs.argument(5), SIZE);
    }

    private static void put(MemorySegment to, Path path, int mask) {
        Kstat stat = Kstat.of(path.inode());
        boolean tmpfs = path.inode().superBlock().magic() == SuperBlock.TMPFS_MAGIC;
        boolean changes = !tmpfs || (mask & (STATX_MTIME | STATX_CTIME)) != 0;
        boolean birth = tmpfs && (mask & STATX_BTIME) != 0;
        boolean unique = (mask & STATX_MNT_ID_UNIQUE) != 0;
        int answered = STATX_BASIC_STATS | (birth ? STATX_BTIME : 0) | (unique ? STATX_MNT_ID_UNIQUE : STATX_MNT_ID);
        boolean isRoot = path.dentry() == path.mount().root();
        to.set(Arguments.INT, 0, changes ? answered : answered & ~(STATX_MTIME | STATX_CTIME));
        to.set(Arguments.INT, 4, stat.blockSize());
        to.set(Arguments.LONG, 8, isRoot ? STATX_ATTR_MOUNT_ROOT : 0);
        to.set(Arguments.INT, 16, stat.links());
        to.set(Arguments.INT, 20, stat.uid());
        to.set(Arguments.INT, 24, stat.gid());
        to.set(Arguments.SHORT, 28, (short) stat.mode());
        to.set(Arguments.LONG, 32, stat.inode());
        to.set(Arguments.LONG, 40, stat.size());
        to.set(Arguments.LONG, 48, stat.blocks());
        to.set(Arguments.LONG, 56, ATTRIBUTES_OF_ALL | (tmpfs ? ATTRIBUTES_OF_TMPFS : 0));
        putTime(to, 64, stat.atime());
        putTime(to, 80, birth ? stat.btime() : 0);
        putTime(to, 96, changes ? stat.ctime() : 0);
        putTime(to, 112, changes ? stat.mtime() : 0);
        putDevice(to, 128, stat.special());
        putDevice(to, 136, stat.device());
        to.set(Arguments.LONG, 144, path.mount().id() | (unique ? UNIQUE : 0));
    }

    private static void putTime(MemorySegment to, int at, long time) {
        to.set(Arguments.LONG, at, Math.floorDiv(time, NSEC_PER_SEC));
        to.set(Arguments.INT, at + 8L, (int) Math.floorMod(time, NSEC_PER_SEC));
    }

    /** A device's major and minor number, apart: {@code new_decode_dev}. */
    private static void putDevice(MemorySegment to, int at, int device) {
        to.set(Arguments.INT, at, device >>> 8 & 0xfff);
        to.set(Arguments.INT, at + 4L, (device & LOW_8) | (device >>> 12 & 0xf_ff00));
    }
}

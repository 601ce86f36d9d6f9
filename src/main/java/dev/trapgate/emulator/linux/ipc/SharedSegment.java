package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.PageCache;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/**
 * A segment of System V shared memory: {@code struct shmid_kernel} of ipc/shm.c, Linux 6.18. Guarded by the {@link IpcIds} that
 * it is in.
 */
final class SharedSegment extends KernIpcPerm {

    /** Bit of the mode: it goes with its last mapping. */
    static final int SHM_DEST = 01000;
    /** Bit of the mode: its pages stay in memory. */
    static final int SHM_LOCKED = 02000;

    private static final int PAGE_SHIFT = 12;

    private final long size;
    private final File file;
    private final int creator;
    private int attached;
    private long attachTime;
    private long detachTime;
    private long changeTime;
    private int lastUser;

    /**
     * Makes one.
     *
     * @param key its key
     * @param current whose it is
     * @param mode permission bits
     * @param size its size in bytes
     * @param file its contents, with a reference that the segment keeps
     */
    SharedSegment(int key, Task current, int mode, long size, File file) {
        super(key, current.credentials(), mode);
        this.size = size;
        this.file = file;
        this.creator = current.process().tgid();
        this.changeTime = MessageCalls.now(current);
    }

    long size() {
        return size;
    }

    /** {@return how many pages it needs} */
    long pages() {
        return pages(size);
    }

    static long pages(long size) {
        return (size + (1 << PAGE_SHIFT) - 1) >>> PAGE_SHIFT;
    }

    File file() {
        return file;
    }

    /** {@return how many of its pages were touched} */
    long resident() {
        PageCache pages = file.inode().pages();
        return pages == null ? 0 : pages.count();
    }

    boolean isAttached() {
        return attached > 0;
    }

    /** Counts mappings: {@code shm_open} and {@code shm_close}. */
    void attach(int opened, int closed, int pid, long now) {
        attached += opened - closed;
        lastUser = opened + closed == 0 ? lastUser : pid;
        attachTime = opened == 0 ? attachTime : now;
        detachTime = closed == 0 ? detachTime : now;
    }

    void changed(long now) {
        changeTime = now;
    }

    /** {@return {@code shmid_ds} in a layout} */
    IpcStructure describe(IpcStructure.Layout layout) {
        IpcStructure told = new IpcStructure(layout, sizeIn(layout)).perm(this);
        if (layout == IpcStructure.Layout.OLD) {
            return told.word(size)
                    .time(attachTime)
                    .time(detachTime)
                    .time(changeTime)
                    .half(creator)
                    .half(lastUser)
                    .half(attached);
        }
        return told.word(size)
                .time(attachTime)
                .time(detachTime)
                .time(changeTime)
                .number(creator)
                .number(lastUser)
                .word(attached);
    }

    /** {@return the size of {@code shmid_ds} in a layout} */
    static int sizeIn(IpcStructure.Layout layout) {
        return switch (layout) {
            case NATIVE -> 112;
            case COMPAT -> 84;
            case OLD -> 48;
        };
    }

    /** {@return the segment that a mapping's file shows, or null} */
    static @Nullable SharedSegment of(File file) {
        return file.operations() instanceof SegmentOperations operations ? operations.segment() : null;
    }
}

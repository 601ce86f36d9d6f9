package dev.trapgate.emulator.linux.fs;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that files may have: what {@code shmem_inode_acct_blocks} and {@code shmem_reserve_inode} of mm/shmem.c count. A
 * machine's file systems share it, so that no program, however it writes, takes more of the host than that.
 */
public final class FileSpace {

    /** What a file takes beside its contents, in bytes: BOGO_INODE_SIZE. */
    public static final long INODE = 1024;

    /** None: for file systems whose files are not made by programs. */
    static final FileSpace NONE = new FileSpace(0);

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /**
     * Begins with all of it free.
     *
     * @param limit how much there is, in bytes
     */
    public FileSpace(long limit) {
        this.limit = limit;
    }

    /** {@return whether there were so many bytes left, which are taken then} */
    public boolean take(long bytes) {
        long before = taken.get();
        while (bytes <= limit - before) {
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /**
     * Takes bytes whether they are left or not: what the programs of the machine did not make, and yet is kept for them.
     *
     * @param bytes how many
     */
    public void takeAnyhow(long bytes) {
        taken.addAndGet(bytes);
    }

    /** Gives bytes back that were taken. */
    public void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** {@return how many bytes are taken} */
    public long taken() {
        return taken.get();
    }
}

package dev.trapgate.emulator.linux.fs;

/** One read or write under way: {@code struct kiocb}. A task has one and uses it again. */
public final class Kiocb {

    /** Position that stands for none: the file has no offset. */
    public static final long NO_POSITION = -1;

    private long position;
    private int flags;

    /** Makes one at position 0. */
    public Kiocb() {}

    /**
     * Begins another read or write.
     *
     * @param at where in the file
     * @param rwf RWF_* flags
     * @return this
     */
    public Kiocb begin(long at, int rwf) {
        position = at;
        flags = rwf;
        return this;
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
}

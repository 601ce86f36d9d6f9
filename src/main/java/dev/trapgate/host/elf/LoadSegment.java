package dev.trapgate.host.elf;

/**
 * A part of a program's memory as its executable file describes it: {@code PT_LOAD}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
public final class LoadSegment {

    /** What a program may do with a segment. Never writing and executing both. */
    public enum Access {
        /** Read and execute it: {@code PF_R | PF_X}. */
        READ_EXECUTE(5),
        /** Read and write it: {@code PF_R | PF_W}. */
        READ_WRITE(6);

        private final int flags;

        Access(int flags) {
            this.flags = flags;
        }

        int flags() {
            return flags;
        }
    }

    private final long address;
    private final long size;
    private final Access access;
    private final byte[] contents;

    /**
     * Describes a segment.
     *
     * @param address where it begins, in bytes
     * @param size its size in bytes, at least that of {@code contents}; the rest is zero
     * @param access what the program may do there
     * @param contents what is there at the start
     * @throws IllegalArgumentException if the contents are larger than the segment
     */
    public LoadSegment(long address, long size, Access access, byte[] contents) {
        if (contents.length > size) {
            throw new IllegalArgumentException(
                    "a segment of " + size + " bytes cannot hold " + contents.length + " bytes");
        }
        this.address = address;
        this.size = size;
        this.access = access;
        this.contents = contents.clone();
    }

    /** {@return a segment that is as large as its contents} */
    public static LoadSegment of(long address, Access access, byte[] contents) {
        return new LoadSegment(address, contents.length, access, contents);
    }

    long address() {
        return address;
    }

    long size() {
        return size;
    }

    Access access() {
        return access;
    }

    byte[] contents() {
        return contents.clone();
    }
}

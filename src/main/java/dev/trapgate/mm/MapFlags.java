package dev.trapgate.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What kind of mapping to make. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
 */
public record MapFlags(int bits) {

    /** None. */
    public static final MapFlags NONE = new MapFlags(0);
    /** Others who map the same see changes, and files get them. */
    public static final MapFlags MAP_SHARED = new MapFlags(1);
    /** Changes are this mapping's alone. */
    public static final MapFlags MAP_PRIVATE = new MapFlags(2);
    /** As MAP_SHARED, and unknown flags are refused. */
    public static final MapFlags MAP_SHARED_VALIDATE = new MapFlags(3);
    /** Zeros, not a file. */
    public static final MapFlags MAP_ANONYMOUS = new MapFlags(0x20);
    /** Below 2 GiB. */
    public static final MapFlags MAP_32BIT = new MapFlags(0x40);
    /** As by mlock. */
    public static final MapFlags MAP_LOCKED = new MapFlags(0x2000);
    /** No swap space is reserved. */
    public static final MapFlags MAP_NORESERVE = new MapFlags(0x4000);
    /** Its pages are there before the call returns. */
    public static final MapFlags MAP_POPULATE = new MapFlags(0x8000);
    /** With MAP_POPULATE: without reading anything. */
    public static final MapFlags MAP_NONBLOCK = new MapFlags(0x10000);
    /** For a stack. */
    public static final MapFlags MAP_STACK = new MapFlags(0x20000);
    /** Of huge pages. */
    public static final MapFlags MAP_HUGETLB = new MapFlags(0x40000);
    /** With a file in persistent memory: writes are durable. */
    public static final MapFlags MAP_SYNC = new MapFlags(0x80000);

    /** {@return these flags and more} */
    public MapFlags or(MapFlags more) {
        return new MapFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(MapFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code MAP_PRIVATE}} */
    @Override
    public String toString() {
        return ConstantNames.render("map", bits, Abi.X86_64);
    }
}

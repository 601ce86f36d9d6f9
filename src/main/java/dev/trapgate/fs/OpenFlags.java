package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * How to open a file: one of the access modes O_RDONLY, O_WRONLY and O_RDWR, with flags. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/openat.2.html">openat(2)</a>
 */
public record OpenFlags(int bits) {

    /** Read only. */
    public static final OpenFlags O_RDONLY = new OpenFlags(0);
    /** Write only. */
    public static final OpenFlags O_WRONLY = new OpenFlags(1);
    /** Read and write. */
    public static final OpenFlags O_RDWR = new OpenFlags(2);
    /** Make the file if there is none, with the mode given. */
    public static final OpenFlags O_CREAT = new OpenFlags(0x40);
    /** With O_CREAT: fail with EEXIST if there is one. */
    public static final OpenFlags O_EXCL = new OpenFlags(0x80);
    /** A terminal does not become the controlling one. */
    public static final OpenFlags O_NOCTTY = new OpenFlags(0x100);
    /** Cut an existing file to length 0. */
    public static final OpenFlags O_TRUNC = new OpenFlags(0x200);
    /** Every write goes to the end. */
    public static final OpenFlags O_APPEND = new OpenFlags(0x400);
    /** Calls answer EAGAIN instead of waiting. */
    public static final OpenFlags O_NONBLOCK = new OpenFlags(0x800);
    /** Writes wait until the data are on the device. */
    public static final OpenFlags O_DSYNC = new OpenFlags(0x1000);
    /** Writes wait until data and metadata are on the device. */
    public static final OpenFlags O_SYNC = new OpenFlags(0x101000);
    /** Transfers bypass the page cache; address, length and offset must be aligned. */
    public static final OpenFlags O_DIRECT = new OpenFlags(0x4000);
    /** Fail with ENOTDIR if it is no directory. */
    public static final OpenFlags O_DIRECTORY = new OpenFlags(0x10000);
    /** Fail with ELOOP if it is a symbolic link. */
    public static final OpenFlags O_NOFOLLOW = new OpenFlags(0x20000);
    /** Reading does not change the access time. */
    public static final OpenFlags O_NOATIME = new OpenFlags(0x40000);
    /** Close it when another program is executed. */
    public static final OpenFlags O_CLOEXEC = new OpenFlags(0x80000);
    /** A place in the tree only: neither read nor written. */
    public static final OpenFlags O_PATH = new OpenFlags(0x200000);
    /** An unnamed file in the directory that the path names. */
    public static final OpenFlags O_TMPFILE = new OpenFlags(0x410000);

    /** {@return these flags and more} */
    public OpenFlags or(OpenFlags more) {
        return new OpenFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(OpenFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code O_WRONLY}} */
    @Override
    public String toString() {
        return ConstantNames.render("open", bits, Abi.X86_64);
    }
}

package dev.trapgate.kernel;

import dev.trapgate.abi.Abi;

/**
 * A file's mode: its type and permissions.
 *
 * @param bits as {@code st_mode} has them: the permissions in the low 12 bits, the type in the 4 above
 * @see <a href="https://man7.org/linux/man-pages/man7/inode.7.html">inode(7)</a>
 */
public record Mode(int bits) {

    /** 0644: its owner may write, everyone may read. */
    public static final Mode RW_R__R__ = new Mode(0644);
    /** 0600: its owner may read and write. */
    public static final Mode RW_______ = new Mode(0600);
    /** 0755: its owner may write, everyone may read and execute or search. */
    public static final Mode RWXR_XR_X = new Mode(0755);
    /** 0700: its owner may do everything. */
    public static final Mode RWX______ = new Mode(0700);
    /** No permission at all. */
    public static final Mode NONE = new Mode(0);

    private static final int TYPE = 0170000;
    private static final int PERMISSIONS = 07777;

    /** {@return the mode of those bits, for example {@code 0640}} */
    public static Mode of(int bits) {
        return new Mode(bits);
    }

    /** {@return the permissions alone, set-user-ID, set-group-ID and sticky bits included} */
    public Mode permissions() {
        return new Mode(bits & PERMISSIONS);
    }

    /** {@return whether this is a regular file's} */
    public boolean isRegularFile() {
        return (bits & TYPE) == 0100000;
    }

    /** {@return whether this is a directory's} */
    public boolean isDirectory() {
        return (bits & TYPE) == 0040000;
    }

    /** {@return whether this is a symbolic link's} */
    public boolean isSymbolicLink() {
        return (bits & TYPE) == 0120000;
    }

    /** {@return whether this is a socket's} */
    public boolean isSocket() {
        return (bits & TYPE) == 0140000;
    }

    /** {@return whether this is a pipe's} */
    public boolean isFifo() {
        return (bits & TYPE) == 0010000;
    }

    /** {@return for example {@code S_IFREG|0644}, or {@code 0644} without a type} */
    @Override
    public String toString() {
        return ConstantNames.render("mode", bits, Abi.X86_64);
    }
}

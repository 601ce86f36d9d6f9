package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import java.util.List;

/**
 * Who may use which extended attribute: {@code xattr_permission} and {@code xattr_resolve_name} of fs/xattr.c, and
 * {@code cap_inode_setxattr} of security/commoncap.c, Linux 6.18.
 */
final class XattrNames {

    private static final String SECURITY = "security.";
    private static final String SYSTEM = "system.";
    static final String TRUSTED = "trusted.";
    private static final String USER = "user.";
    private static final List<String> KEPT = List.of(SECURITY, TRUSTED, USER);
    private static final String CAPABILITY = "security.capability";
    private static final int VFS_CAP_REVISION_2 = 0x0200_0000;
    private static final int VFS_CAP_REVISION_3 = 0x0300_0000;
    private static final int VFS_CAP_REVISION_MASK = 0xff00_0000;
    private static final int CAPS_SIZE_2 = 20;
    private static final int CAPS_SIZE_3 = 24;

    private XattrNames() {}

    /** {@return 0 if someone may set an attribute to a value} */
    static long mayWrite(Credentials someone, Inode inode, String name, byte[] value) {
        long refusal = mayChange(someone, inode, name);
        if (refusal != 0) {
            return refusal;
        }
        return name.equals(CAPABILITY) ? checkCapability(someone, value) : checkSecurity(someone, inode, name);
    }

    /** {@return 0 if someone may remove an attribute} */
    static long mayRemove(Credentials someone, Inode inode, String name) {
        long refusal = mayChange(someone, inode, name);
        if (refusal != 0) {
            return refusal;
        }
        boolean refused = name.equals(CAPABILITY) && !someone.capable(Capability.CAP_SETFCAP) && !inode.isPrivate();
        return refused ? ErrorNumbers.EPERM : checkSecurity(someone, inode, name);
    }

    private static long checkSecurity(Credentials someone, Inode inode, String name) {
        boolean guarded = name.startsWith(SECURITY) && !name.equals(CAPABILITY) && !inode.isPrivate();
        boolean refused = guarded && !someone.capable(Capability.CAP_SYS_ADMIN);
        return refused ? ErrorNumbers.EPERM : resolve(inode, name);
    }

    /** {@code cap_convert_nscap}. */
    private static long checkCapability(Credentials someone, byte[] value) {
        int revision = value.length < Integer.BYTES
                ? 0
                : java.lang.foreign.MemorySegment.ofArray(value).get(Arguments.INT, 0) & VFS_CAP_REVISION_MASK;
        boolean known = (value.length == CAPS_SIZE_2 && revision == VFS_CAP_REVISION_2)
                || (value.length == CAPS_SIZE_3 && revision == VFS_CAP_REVISION_3);
        if (!known) {
            return ErrorNumbers.EINVAL;
        }
        return someone.capable(Capability.CAP_SETFCAP) ? 0 : ErrorNumbers.EPERM;
    }

    private static long mayChange(Credentials someone, Inode inode, String name) {
        if (name.startsWith(SECURITY) || name.startsWith(SYSTEM)) {
            return 0;
        }
        if (name.startsWith(TRUSTED)) {
            return someone.capable(Capability.CAP_SYS_ADMIN) ? 0 : ErrorNumbers.EPERM;
        }
        if (name.startsWith(USER)) {
            boolean sticky = inode.type() == Inode.S_IFDIR
                    && (inode.mode() & Inode.S_ISVTX) != 0
                    && !Permissions.ownerOrCapable(someone, inode);
            if (!takesUser(inode) || sticky) {
                return ErrorNumbers.EPERM;
            }
        }
        return Permissions.check(someone, inode, Permissions.MAY_WRITE);
    }

    private static boolean takesUser(Inode inode) {
        return inode.isRegular() || inode.type() == Inode.S_IFDIR;
    }

    /** {@return 0 if someone may read an attribute} */
    static long mayRead(Credentials someone, Inode inode, String name) {
        boolean open = name.startsWith(SECURITY) || name.startsWith(SYSTEM);
        if (name.startsWith(TRUSTED) && !someone.capable(Capability.CAP_SYS_ADMIN)) {
            return ErrorNumbers.ENODATA;
        }
        if (name.startsWith(USER) && !takesUser(inode)) {
            return ErrorNumbers.ENODATA;
        }
        long refusal = open || name.startsWith(TRUSTED) ? 0 : Permissions.check(someone, inode, Permissions.MAY_READ);
        return refusal != 0 ? refusal : resolve(inode, name);
    }

    /** {@code xattr_resolve_name}. */
    private static long resolve(Inode inode, String name) {
        Xattrs all = inode.xattrs();
        if (all == null) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        for (String prefix : KEPT) {
            if (name.startsWith(prefix) && all.isKept(prefix)) {
                return name.length() == prefix.length() ? ErrorNumbers.EINVAL : 0;
            }
        }
        return ErrorNumbers.EOPNOTSUPP;
    }

    /** {@return whether a list that someone asks for has an attribute} */
    static boolean isListed(Credentials someone, String name) {
        return !name.startsWith(TRUSTED) || someone.capable(Capability.CAP_SYS_ADMIN);
    }
}

package dev.trapgate.emulator.linux.fs;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Extended attributes of a file in memory: {@code struct simple_xattrs}. Listed from the last name to the first. */
public final class Xattrs {

    private final Keeper keeper;
    private @Nullable Map<String, byte[]> values;
    private volatile @Nullable PosixAcl accessAcl;
    private volatile @Nullable PosixAcl defaultAcl;

    /** Which file system keeps them, and so which: {@code struct xattr_handler}. */
    enum Keeper {
        /** A file system in memory: {@code shmem_xattr_handlers} of mm/shmem.c. */
        TMPFS,
        /** That of processes: {@code pidfs_xattr_handlers} of fs/pidfs.c. */
        PIDFS
    }

    /** Makes a file's, without one. */
    public Xattrs() {
        this(Keeper.TMPFS);
    }

    Xattrs(Keeper keeper) {
        this.keeper = keeper;
    }

    /** {@return whether attributes with a prefix may be kept} */
    boolean isKept(String prefix) {
        return keeper == Keeper.TMPFS || prefix.equals(XattrNames.TRUSTED);
    }

    /** {@return whether there can be access control lists: SB_POSIXACL} */
    boolean hasAcls() {
        return keeper == Keeper.TMPFS;
    }

    /**
     * {@return whether any attribute is answered with no bytes} A process whose attributes nobody has tried to change has no
     * place for them, which {@code pidfs_xattr_get} takes for a value without bytes.
     */
    synchronized boolean isUntouched() {
        return keeper == Keeper.PIDFS && values == null;
    }

    /** Makes a place for attributes, as an attempt to change one does. */
    synchronized void touch() {
        if (values == null) {
            values = new TreeMap<>(Comparator.reverseOrder());
        }
    }

    /** {@return the list that guards the file; null if its mode says all: {@code i_acl}} */
    @Nullable
    PosixAcl accessAcl() {
        return accessAcl;
    }

    /** Changes the list that guards the file. */
    void setAccessAcl(@Nullable PosixAcl acl) {
        accessAcl = acl;
    }

    /** {@return the list that files get which are made in the directory, or null: {@code i_default_acl}} */
    @Nullable
    PosixAcl defaultAcl() {
        return defaultAcl;
    }

    /** Changes the list that files get. */
    void setDefaultAcl(@Nullable PosixAcl acl) {
        defaultAcl = acl;
    }

    /**
     * Gives a new file what its directory has for it: {@code simple_acl_create}.
     *
     * @param made the file
     * @param directory the directory's attributes
     */
    public static void inherit(Inode made, Xattrs directory) {
        PosixAcl acl = directory.defaultAcl;
        Xattrs own = AclXattrs.listed(made);
        if (acl == null || own == null) {
            return;
        }
        PosixAcl access = acl.inherited(made.mode());
        made.setMode(acl.inheritedMode(made.mode()));
        own.accessAcl = access.isMode() ? null : access;
        own.defaultAcl = made.type() == Inode.S_IFDIR ? acl : null;
    }

    /** {@return an attribute's value, or null if it has none of that name} */
    public synchronized byte @Nullable [] get(String name) {
        return values == null ? null : values.get(name);
    }

    /** {@return the names} */
    public synchronized List<String> names() {
        return values == null ? List.of() : List.copyOf(values.keySet());
    }

    /** Sets an attribute. */
    public synchronized void set(String name, byte[] value) {
        touch();
        if (values != null) {
            values.put(name, value);
        }
    }

    /** Removes an attribute. */
    public synchronized void remove(String name) {
        if (values != null) {
            values.remove(name);
        }
    }
}

package dev.trapgate.emulator.linux.fs;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Extended attributes of a file in memory: {@code struct simple_xattrs}. Listed from the last name to the first. */
public final class Xattrs {

    private @Nullable Map<String, byte[]> values;
    private volatile @Nullable PosixAcl accessAcl;
    private volatile @Nullable PosixAcl defaultAcl;

    /** Makes a file's, without one. */
    public Xattrs() {}

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
        Map<String, byte[]> all = values == null ? new TreeMap<>(Comparator.reverseOrder()) : values;
        all.put(name, value);
        values = all;
    }

    /** Removes an attribute. */
    public synchronized void remove(String name) {
        if (values != null) {
            values.remove(name);
        }
    }
}

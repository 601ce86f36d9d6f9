package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.security.Commoncap;
import java.util.List;

/** Rights in the making: what {@code prepare_creds} gives and {@code commit_creds} takes (kernel/cred.c, Linux 6.18). */
public final class NewCredentials {

    private final Credentials old;
    private int uid;
    private int gid;
    private int suid;
    private int sgid;
    private int euid;
    private int egid;
    private int fsuid;
    private int fsgid;
    private List<Integer> groups;
    private long inheritable;
    private long permitted;
    private long effective;
    private long bounding;
    private long ambient;
    private int securebits;

    /**
     * Begins with a copy.
     *
     * @param old the rights that the task has
     */
    public NewCredentials(Credentials old) {
        this.old = old;
        this.uid = old.uid();
        this.gid = old.gid();
        this.suid = old.suid();
        this.sgid = old.sgid();
        this.euid = old.euid();
        this.egid = old.egid();
        this.fsuid = old.fsuid();
        this.fsgid = old.fsgid();
        this.groups = old.groups();
        this.inheritable = old.inheritable();
        this.permitted = old.permitted();
        this.effective = old.effective();
        this.bounding = old.bounding();
        this.ambient = old.ambient();
        this.securebits = old.securebits();
    }

    /** {@return the rights that the task has until {@link #commit}} */
    public Credentials old() {
        return old;
    }

    /** Sets the real user id. */
    public NewCredentials uid(int value) {
        uid = value;
        return this;
    }

    /** Sets the real group id. */
    public NewCredentials gid(int value) {
        gid = value;
        return this;
    }

    /** Sets the saved user id. */
    public NewCredentials suid(int value) {
        suid = value;
        return this;
    }

    /** Sets the saved group id. */
    public NewCredentials sgid(int value) {
        sgid = value;
        return this;
    }

    /** Sets the effective user id, and with it the one for files. */
    public NewCredentials euid(int value) {
        euid = value;
        fsuid = value;
        return this;
    }

    /** Sets the effective group id, and with it the one for files. */
    public NewCredentials egid(int value) {
        egid = value;
        fsgid = value;
        return this;
    }

    /** Sets the user id for files. */
    public NewCredentials fsuid(int value) {
        fsuid = value;
        return this;
    }

    /** Sets the group id for files. */
    public NewCredentials fsgid(int value) {
        fsgid = value;
        return this;
    }

    /** Sets the supplementary groups, ascending. */
    public NewCredentials groups(List<Integer> value) {
        groups = value;
        return this;
    }

    /** Sets the inheritable capabilities. */
    public NewCredentials inheritable(long value) {
        inheritable = value;
        return this;
    }

    /** Sets the permitted capabilities. */
    public NewCredentials permitted(long value) {
        permitted = value;
        return this;
    }

    /** Sets the effective capabilities. */
    public NewCredentials effective(long value) {
        effective = value;
        return this;
    }

    /** Sets the bounding set. */
    public NewCredentials bounding(long value) {
        bounding = value;
        return this;
    }

    /** Sets the ambient capabilities. */
    public NewCredentials ambient(long value) {
        ambient = value;
        return this;
    }

    /** Sets the SECBIT_* flags. */
    public NewCredentials securebits(int value) {
        securebits = value;
        return this;
    }

    /** {@return the real user id} */
    public int uid() {
        return uid;
    }

    /** {@return the effective user id} */
    public int euid() {
        return euid;
    }

    /** {@return the effective group id} */
    public int egid() {
        return egid;
    }

    /** {@return these rights as they are now} */
    public Credentials build() {
        return new Credentials(
                uid,
                gid,
                suid,
                sgid,
                euid,
                egid,
                fsuid,
                fsgid,
                groups,
                inheritable,
                permitted,
                effective,
                bounding,
                ambient,
                securebits);
    }

    /**
     * Gives a task these rights, with what new user ids do to capabilities: {@code security_task_fix_setuid} and {@code
     * commit_creds}.
     *
     * @return 0
     */
    long commitUserIds(Task task) {
        Commoncap.fixSetuid(this);
        return commit(task);
    }

    /**
     * Gives a task these rights: {@code commit_creds}. A task that changed who it is, or won a capability, is no longer
     * dumped nor told of its parent's end.
     *
     * @return 0
     */
    long commit(Task task) {
        Credentials made = build();
        boolean same = old.euid() == euid
                && old.egid() == egid
                && old.fsuid() == fsuid
                && old.fsgid() == fsgid
                && (permitted & ~old.permitted()) == 0;
        if (!same) {
            task.process().mmFlags().setDumpable(MmFlags.SUID_DUMP_DISABLE);
            task.attributes().setParentDeathSignal(0);
        }
        task.setCredentials(made);
        return 0;
    }
}

package dev.trapgate.emulator.linux.security;

import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.NewCredentials;

/** The rules of capabilities: security/commoncap.c, Linux 6.18. */
public final class Commoncap {

    /** SECBIT_NO_SETUID_FIXUP: user ids no longer move capabilities. */
    public static final int SECBIT_NO_SETUID_FIXUP = 1 << 2;
    /** SECBIT_KEEP_CAPS: permitted capabilities outlive the last user id of 0. */
    public static final int SECBIT_KEEP_CAPS = 1 << 4;
    /** SECBIT_KEEP_CAPS_LOCKED: that flag is fixed. */
    public static final int SECBIT_KEEP_CAPS_LOCKED = 1 << 5;
    /** SECBIT_NO_CAP_AMBIENT_RAISE: no ambient capability can be added. */
    public static final int SECBIT_NO_CAP_AMBIENT_RAISE = 1 << 6;

    /** SECURE_ALL_BITS: every flag that is not a lock. */
    private static final int ALL_BITS = 0x555;
    /** SECURE_ALL_LOCKS: each flag's lock is the next bit. */
    private static final int ALL_LOCKS = ALL_BITS << 1;
    /** SECURE_ALL_UNPRIVILEGED and their locks: how strictly scripts are checked, a program's own affair. */
    private static final int UNPRIVILEGED = 0xf00;

    /** CAP_FS_SET: what being user 0 for files is about. */
    private static final long FS_SET = Capability.CAP_CHOWN.bit()
            | Capability.CAP_MKNOD.bit()
            | Capability.CAP_DAC_OVERRIDE.bit()
            | Capability.CAP_DAC_READ_SEARCH.bit()
            | Capability.CAP_FOWNER.bit()
            | Capability.CAP_FSETID.bit()
            | Capability.CAP_MAC_OVERRIDE.bit()
            | Capability.CAP_LINUX_IMMUTABLE.bit();

    private Commoncap() {}

    /** Changes capabilities as new user ids demand: {@code cap_emulate_setxuid}. */
    public static void fixSetuid(NewCredentials changed) {
        Credentials old = changed.old();
        if ((old.securebits() & SECBIT_NO_SETUID_FIXUP) != 0) {
            return;
        }
        Credentials made = changed.build();
        if (hasRootId(old) && !hasRootId(made)) {
            if ((old.securebits() & SECBIT_KEEP_CAPS) == 0) {
                changed.permitted(0).effective(0);
            }
            changed.ambient(0);
        }
        if (old.euid() == 0 && made.euid() != 0) {
            changed.effective(0);
        }
        if (old.euid() != 0 && made.euid() == 0) {
            changed.effective(changed.build().permitted());
        }
    }

    private static boolean hasRootId(Credentials credentials) {
        return credentials.uid() == 0 || credentials.euid() == 0 || credentials.suid() == 0;
    }

    /** Changes capabilities as a new user id for files demands: {@code LSM_SETID_FS} of {@code cap_task_fix_setuid}. */
    public static void fixSetfsuid(NewCredentials changed) {
        Credentials old = changed.old();
        Credentials made = changed.build();
        if ((old.securebits() & SECBIT_NO_SETUID_FIXUP) != 0) {
            return;
        }
        if (old.fsuid() == 0 && made.fsuid() != 0) {
            changed.effective(made.effective() & ~FS_SET);
        }
        if (old.fsuid() != 0 && made.fsuid() == 0) {
            changed.effective(made.effective() | (made.permitted() & FS_SET));
        }
    }

    /**
     * Takes a program's wish for capabilities: {@code cap_capset}.
     *
     * @param changed what is to become of the task's rights
     * @param effective the effective set that it wants
     * @param inheritable the inheritable set
     * @param permitted the permitted set
     * @return 0 or −EPERM
     */
    public static long capset(NewCredentials changed, long effective, long inheritable, long permitted) {
        Credentials old = changed.old();
        boolean capped = !old.capable(Capability.CAP_SETPCAP);
        boolean allowed = (!capped || isSubset(inheritable, old.inheritable() | old.permitted()))
                && isSubset(inheritable, old.inheritable() | old.bounding())
                && isSubset(permitted, old.permitted())
                && isSubset(effective, permitted);
        if (!allowed) {
            return ErrorNumbers.EPERM;
        }
        changed.effective(effective).inheritable(inheritable).permitted(permitted);
        changed.ambient(old.ambient() & permitted & inheritable);
        return 0;
    }

    private static boolean isSubset(long set, long of) {
        return (set & ~of) == 0;
    }

    /** {@return whether a task with such rights may give itself other SECBIT_* flags} */
    public static boolean maySetSecurebits(Credentials old, long wanted) {
        int locks = old.securebits() & ALL_LOCKS;
        long changed = old.securebits() ^ wanted;
        boolean locked = ((locks >> 1) & changed) != 0 || (locks & ~wanted) != 0;
        if (locked || (wanted & ~(long) (ALL_LOCKS | ALL_BITS)) != 0) {
            return false;
        }
        return old.capable(Capability.CAP_SETPCAP) || (changed != 0 && (changed & ~UNPRIVILEGED) == 0);
    }
}

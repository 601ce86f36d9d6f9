package dev.trapgate.emulator.linux.kernel;

import java.util.List;

/**
 * Whose rights a task has: {@code struct cred}. Never changed: a task is given another one.
 *
 * @param uid real user id
 * @param gid real group id
 * @param suid saved user id
 * @param sgid saved group id
 * @param euid effective user id
 * @param egid effective group id
 * @param fsuid user id for files
 * @param fsgid group id for files
 * @param groups supplementary groups, ascending
 * @param inheritable capabilities that execve(2) may keep, as bits
 * @param permitted capabilities it may make effective
 * @param effective capabilities it has
 * @param bounding capabilities that execve(2) may give
 * @param ambient capabilities that execve(2) keeps
 * @param securebits SECBIT_* flags
 */
public record Credentials(
        int uid,
        int gid,
        int suid,
        int sgid,
        int euid,
        int egid,
        int fsuid,
        int fsgid,
        List<Integer> groups,
        long inheritable,
        long permitted,
        long effective,
        long bounding,
        long ambient,
        int securebits) {

    /** An ordinary user. */
    public static final Credentials USER = of(1000, 1000);
    /** The superuser. */
    public static final Credentials ROOT = of(0, 0);

    /** Keeps a copy of the groups. */
    public Credentials {
        groups = List.copyOf(groups);
    }

    /** {@return what a user has after login, without supplementary groups: every capability for user 0} */
    public static Credentials of(int uid, int gid) {
        long capabilities = uid == 0 ? Capability.ALL : 0;
        return new Credentials(
                uid, gid, uid, gid, uid, gid, uid, gid, List.of(), 0, capabilities, capabilities, Capability.ALL, 0, 0);
    }

    /** {@return whether it has a capability} */
    public boolean capable(Capability capability) {
        return (effective & capability.bit()) != 0;
    }

    /** {@return whether a group is its group for files or one of its supplementary ones: {@code in_group_p}} */
    public boolean inGroup(int group) {
        return fsgid == group || groups.contains(group);
    }
}

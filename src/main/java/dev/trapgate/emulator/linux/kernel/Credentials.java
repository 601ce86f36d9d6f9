package dev.trapgate.emulator.linux.kernel;

/**
 * Whose rights a process has: {@code struct cred}.
 *
 * @param uid real user id
 * @param gid real group id
 * @param euid effective user id
 * @param egid effective group id
 */
public record Credentials(int uid, int gid, int euid, int egid) {

    /** An ordinary user. */
    public static final Credentials USER = new Credentials(1000, 1000, 1000, 1000);
}

package dev.trapgate.emulator.linux.net.core;

import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.util.List;

/**
 * Who somebody at the other end is: {@code struct ucred}.
 *
 * @param pid process id; 0 for nobody
 * @param uid user id
 * @param gid group id
 * @param groups supplementary groups, which only SO_PEERGROUPS tells
 */
public record Ucred(int pid, int uid, int gid, List<Integer> groups) {

    /** The size of {@code struct ucred} in bytes. */
    public static final int SIZE = 12;

    /** Nobody. */
    public static final Ucred NOBODY = new Ucred(0, -1, -1, List.of());

    /** The ids that a message says if its sender is not known: {@code overflowuid}. */
    private static final int OVERFLOW_ID = 65534;

    /** Keeps a copy of the groups. */
    public Ucred {
        groups = List.copyOf(groups);
    }

    /** {@return who a task is to the other end of a connection: {@code init_peercred}, effective ids} */
    public static Ucred peer(Task task) {
        Credentials own = task.credentials();
        return new Ucred(task.process().tgid(), own.euid(), own.egid(), own.groups());
    }

    /** {@return who a task is in its messages: {@code scm_set_cred}, real ids} */
    public static Ucred sender(Task task) {
        Credentials own = task.credentials();
        return new Ucred(task.process().tgid(), own.uid(), own.gid(), List.of());
    }

    /** {@return the structure} */
    public byte[] bytes() {
        UserStructure structure = new UserStructure(SIZE);
        structure.set32(0, pid);
        structure.set32(4, uid);
        structure.set32(8, gid);
        return structure.bytes().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    }

    /** {@return the same, an unknown user as a message tells it} */
    public Ucred shown() {
        return uid == -1 ? new Ucred(pid, OVERFLOW_ID, OVERFLOW_ID, groups) : this;
    }
}

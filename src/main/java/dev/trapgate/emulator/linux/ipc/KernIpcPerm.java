package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;

/**
 * Whose a System V object is and who may use it: {@code struct kern_ipc_perm} of ipc/util.c, Linux 6.18. Guarded by the
 * {@link IpcIds} that it is in.
 */
class KernIpcPerm {

    /** Any reading. */
    static final int S_IRUGO = 0444;
    /** Any writing. */
    static final int S_IWUGO = 0222;
    /** All permission bits: S_IRWXUGO. */
    static final int S_IRWXUGO = 0777;

    private static final int INVALID_ID = -1;

    private final int creatorUid;
    private final int creatorGid;
    private int key;
    private int uid;
    private int gid;
    private int mode;
    private int id;
    private int sequence;
    private boolean deleted;

    /**
     * Makes an object's.
     *
     * @param key what other programs find it by; 0, IPC_PRIVATE, for nothing
     * @param credentials whose it is
     * @param mode permission bits
     */
    KernIpcPerm(int key, Credentials credentials, int mode) {
        this.key = key;
        this.creatorUid = credentials.euid();
        this.creatorGid = credentials.egid();
        this.uid = creatorUid;
        this.gid = creatorGid;
        this.mode = mode & S_IRWXUGO;
    }

    final int key() {
        return key;
    }

    /** No program finds it by a key any more: {@code ipc_set_key_private}. */
    final void forgetKey() {
        key = 0;
    }

    final int uid() {
        return uid;
    }

    final int gid() {
        return gid;
    }

    final int creatorUid() {
        return creatorUid;
    }

    final int creatorGid() {
        return creatorGid;
    }

    final int mode() {
        return mode;
    }

    final void setMode(int value) {
        mode = value;
    }

    /** {@return what programs call it by, sequence number included} */
    final int id() {
        return id;
    }

    final int sequence() {
        return sequence;
    }

    void identify(int number, int sequenceNumber) {
        id = number;
        sequence = sequenceNumber;
    }

    /** {@return whether it was removed while somebody had found it} */
    final boolean isDeleted() {
        return deleted;
    }

    final void delete() {
        deleted = true;
    }

    /**
     * Says whether someone may use it: {@code ipcperms}.
     *
     * @param someone whose rights count
     * @param wanted permission bits, of which one of owner, group and others suffices to ask for a right
     * @return 0 or −EACCES
     */
    final long check(Credentials someone, int wanted) {
        int requested = wanted >> 6 | wanted >> 3 | wanted;
        int granted = mode;
        if (someone.euid() == creatorUid || someone.euid() == uid) {
            granted >>= 6;
        } else if (someone.inGroup(creatorGid) || someone.inGroup(gid)) {
            granted >>= 3;
        }
        boolean allowed = (requested & ~granted & 7) == 0 || someone.capable(Capability.CAP_IPC_OWNER);
        return allowed ? 0 : ErrorNumbers.EACCES;
    }

    /** {@return whether someone is its owner or maker} */
    final boolean isOwnedBy(Credentials someone) {
        return someone.euid() == creatorUid || someone.euid() == uid;
    }

    /** {@return 0 if someone may change or remove it, or −EPERM: {@code ipcctl_obtain_check}} */
    final long checkControl(Credentials someone) {
        return isOwnedBy(someone) || someone.capable(Capability.CAP_SYS_ADMIN) ? 0 : ErrorNumbers.EPERM;
    }

    /** Changes owner and permission bits: {@code ipc_update_perm}. {@return 0 or −EINVAL} */
    final long update(IpcStructure.Owner owner) {
        if (owner.uid() == INVALID_ID || owner.gid() == INVALID_ID) {
            return ErrorNumbers.EINVAL;
        }
        uid = owner.uid();
        gid = owner.gid();
        mode = (mode & ~S_IRWXUGO) | (owner.mode() & S_IRWXUGO);
        return 0;
    }
}

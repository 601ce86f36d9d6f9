package dev.trapgate.emulator.linux.kernel;

/** What a process may do beyond its user id, numbered as in include/uapi/linux/capability.h. */
public enum Capability {
    /** Change the owner of any file. */
    CAP_CHOWN(0),
    /** Ignore the permission bits of files and directories. */
    CAP_DAC_OVERRIDE(1),
    /** Read any file and search any directory. */
    CAP_DAC_READ_SEARCH(2),
    /** Act as the owner of any file. */
    CAP_FOWNER(3),
    /** Keep set-user-ID and set-group-ID bits. */
    CAP_FSETID(4),
    /** Signal any process. */
    CAP_KILL(5),
    /** Take any group id. */
    CAP_SETGID(6),
    /** Take any user id. */
    CAP_SETUID(7),
    /** Give capabilities away. */
    CAP_SETPCAP(8),
    /** Make files immutable. */
    CAP_LINUX_IMMUTABLE(9),
    /** Bind ports below 1024. */
    CAP_NET_BIND_SERVICE(10),
    /** Send broadcasts. */
    CAP_NET_BROADCAST(11),
    /** Configure the network. */
    CAP_NET_ADMIN(12),
    /** Use raw sockets. */
    CAP_NET_RAW(13),
    /** Lock memory beyond the limit. */
    CAP_IPC_LOCK(14),
    /** Ignore the permissions of System V IPC. */
    CAP_IPC_OWNER(15),
    /** Load kernel modules. */
    CAP_SYS_MODULE(16),
    /** Reach I/O ports. */
    CAP_SYS_RAWIO(17),
    /** Change the root directory. */
    CAP_SYS_CHROOT(18),
    /** Trace any process. */
    CAP_SYS_PTRACE(19),
    /** Use process accounting. */
    CAP_SYS_PACCT(20),
    /** Everything that has no capability of its own. */
    CAP_SYS_ADMIN(21),
    /** Restart the machine. */
    CAP_SYS_BOOT(22),
    /** Raise priorities. */
    CAP_SYS_NICE(23),
    /** Exceed limits. */
    CAP_SYS_RESOURCE(24),
    /** Set clocks. */
    CAP_SYS_TIME(25),
    /** Configure terminals. */
    CAP_SYS_TTY_CONFIG(26),
    /** Make device files. */
    CAP_MKNOD(27),
    /** Take leases on any file. */
    CAP_LEASE(28),
    /** Write to the audit log. */
    CAP_AUDIT_WRITE(29),
    /** Configure auditing. */
    CAP_AUDIT_CONTROL(30),
    /** Set capabilities of files. */
    CAP_SETFCAP(31),
    /** Override mandatory access control. */
    CAP_MAC_OVERRIDE(32),
    /** Configure mandatory access control. */
    CAP_MAC_ADMIN(33),
    /** Read the kernel's log. */
    CAP_SYSLOG(34),
    /** Wake the machine. */
    CAP_WAKE_ALARM(35),
    /** Keep the machine awake. */
    CAP_BLOCK_SUSPEND(36),
    /** Read the audit log. */
    CAP_AUDIT_READ(37),
    /** Observe performance. */
    CAP_PERFMON(38),
    /** Load BPF programs. */
    CAP_BPF(39),
    /** Checkpoint and restore. */
    CAP_CHECKPOINT_RESTORE(40);

    /** Every capability there is, as a set of bits. */
    public static final long ALL = (1L << values().length) - 1;

    private final int number;

    Capability(int number) {
        this.number = number;
    }

    /** {@return its bit in a set} */
    public long bit() {
        return 1L << number;
    }
}

package dev.trapgate.security;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * A part of what root may do.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
public record Capability(int number) {

    /** Change owners. */
    public static final Capability CAP_CHOWN = new Capability(0);
    /** Pass permissions of files. */
    public static final Capability CAP_DAC_OVERRIDE = new Capability(1);
    /** Pass permissions to read and search. */
    public static final Capability CAP_DAC_READ_SEARCH = new Capability(2);
    /** Do what only a file's owner may. */
    public static final Capability CAP_FOWNER = new Capability(3);
    /** Keep set-user-ID bits when writing. */
    public static final Capability CAP_FSETID = new Capability(4);
    /** Send signals to anyone. */
    public static final Capability CAP_KILL = new Capability(5);
    /** Change groups. */
    public static final Capability CAP_SETGID = new Capability(6);
    /** Change users. */
    public static final Capability CAP_SETUID = new Capability(7);
    /** Add from the bounding set, drop from it. */
    public static final Capability CAP_SETPCAP = new Capability(8);
    /** Set immutable and append-only. */
    public static final Capability CAP_LINUX_IMMUTABLE = new Capability(9);
    /** Bind ports below 1024. */
    public static final Capability CAP_NET_BIND_SERVICE = new Capability(10);
    /** Broadcast and listen to multicast; unused. */
    public static final Capability CAP_NET_BROADCAST = new Capability(11);
    /** Configure networks. */
    public static final Capability CAP_NET_ADMIN = new Capability(12);
    /** Use raw and packet sockets. */
    public static final Capability CAP_NET_RAW = new Capability(13);
    /** Lock memory. */
    public static final Capability CAP_IPC_LOCK = new Capability(14);
    /** Pass permissions of System V IPC. */
    public static final Capability CAP_IPC_OWNER = new Capability(15);
    /** Load modules. */
    public static final Capability CAP_SYS_MODULE = new Capability(16);
    /** Use ports and devices' memory. */
    public static final Capability CAP_SYS_RAWIO = new Capability(17);
    /** Use chroot(2). */
    public static final Capability CAP_SYS_CHROOT = new Capability(18);
    /** Trace anyone. */
    public static final Capability CAP_SYS_PTRACE = new Capability(19);
    /** Switch accounting. */
    public static final Capability CAP_SYS_PACCT = new Capability(20);
    /** Administer: mount, swapon and very much else. */
    public static final Capability CAP_SYS_ADMIN = new Capability(21);
    /** Reboot. */
    public static final Capability CAP_SYS_BOOT = new Capability(22);
    /** Raise priorities. */
    public static final Capability CAP_SYS_NICE = new Capability(23);
    /** Pass resource limits. */
    public static final Capability CAP_SYS_RESOURCE = new Capability(24);
    /** Set clocks. */
    public static final Capability CAP_SYS_TIME = new Capability(25);
    /** Hang terminals up. */
    public static final Capability CAP_SYS_TTY_CONFIG = new Capability(26);
    /** Make devices. */
    public static final Capability CAP_MKNOD = new Capability(27);
    /** Take leases on any file. */
    public static final Capability CAP_LEASE = new Capability(28);
    /** Write to the audit log. */
    public static final Capability CAP_AUDIT_WRITE = new Capability(29);
    /** Control auditing. */
    public static final Capability CAP_AUDIT_CONTROL = new Capability(30);
    /** Give files capabilities. */
    public static final Capability CAP_SETFCAP = new Capability(31);
    /** Pass mandatory access control. */
    public static final Capability CAP_MAC_OVERRIDE = new Capability(32);
    /** Configure mandatory access control. */
    public static final Capability CAP_MAC_ADMIN = new Capability(33);
    /** Read kernel addresses and the log. */
    public static final Capability CAP_SYSLOG = new Capability(34);
    /** Wake the system by a timer. */
    public static final Capability CAP_WAKE_ALARM = new Capability(35);
    /** Keep the system awake. */
    public static final Capability CAP_BLOCK_SUSPEND = new Capability(36);
    /** Read the audit log. */
    public static final Capability CAP_AUDIT_READ = new Capability(37);
    /** Measure performance; since Linux 5.8. */
    public static final Capability CAP_PERFMON = new Capability(38);
    /** Use bpf(2); since Linux 5.8. */
    public static final Capability CAP_BPF = new Capability(39);
    /** Checkpoint and restore; since Linux 5.9. */
    public static final Capability CAP_CHECKPOINT_RESTORE = new Capability(40);

    /** {@return the C names, for example {@code CAP_DAC_OVERRIDE}} */
    @Override
    public String toString() {
        return ConstantNames.render("capability", number, Abi.X86_64);
    }
}

package dev.trapgate.differential;

import dev.trapgate.Gates;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What keeps native plays from the host and from each other. The process: name spaces of its own for mounts, names, System
 * V objects and the network, in which everything but its own tmpfs is read-only, where the host lets it; limits. The
 * playing thread: descriptors, a directory, a root, a mask and ids of its own, which {@code unshare(2)} gives a single thread too.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/unshare.2.html">unshare(2)</a>
 */
final class Sandbox {

    private static final long CLONE_FS = 0x200;
    private static final long CLONE_FILES = 0x400;
    private static final long CLONE_NEWNS = 0x20000;
    private static final long CLONE_SYSVSEM = 0x40000;
    private static final long CLONE_NEWUTS = 0x4000000;
    private static final long CLONE_NEWIPC = 0x8000000;
    private static final long CLONE_NEWNET = 0x40000000;
    private static final long AF_INET = 2;
    private static final long SOCK_DGRAM = 2;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final int IFNAMSIZ = 16;
    private static final short IFF_UP = 1;
    private static final long MS_NOSUID = 2;
    private static final long MS_REC = 0x4000;
    private static final long MS_PRIVATE = 1 << 18;
    private static final long AT_FDCWD = -100;
    private static final long AT_RECURSIVE = 0x8000;
    private static final long MOUNT_ATTR_RDONLY = 1;
    private static final int MOUNT_ATTR_SIZE = 32;
    private static final long O_WRONLY = 1;
    private static final long O_RDWR = 2;
    private static final int DIRECTORY_MODE = 0755;
    private static final int MASK = 022;
    private static final long SIG_DFL = 0;
    private static final long SIG_IGN = 1;
    private static final long SIG_SETMASK = 2;
    private static final int ACTION_SIZE = 32;
    private static final long CLOCK_MONOTONIC = 1;
    private static final int ITIMER_PROF = 2;
    private static final long PR_TIMER_CREATE_RESTORE_IDS = 77;
    private static final long INFINITY = -1;
    private static final String ROOM = "size=256m,nr_inodes=100000,mode=755";
    /** RLIMIT_NOFILE of every play: as many as any host allows. */
    static final long SOFT_DESCRIPTORS = 1024;

    static final long HARD_DESCRIPTORS = 4096;

    private static final int RESOURCES = 16;
    private static final String CONGESTION_CONTROL = "/proc/sys/net/ipv4/tcp_congestion_control";
    private static final String RENO = "reno";
    private static final String NODE_NAME = "trapgate";
    private static final String DOMAIN_NAME = "(none)";

    /** Soft and hard limits that plays begin with, as far as the process may set them; the emulated program has the same. */
    private static final Map<Integer, long[]> LIMITS = Map.of(
            3, new long[] {8 << 20, INFINITY}, // RLIMIT_STACK
            4, new long[] {0, INFINITY}, // RLIMIT_CORE
            6, new long[] {96_000, 96_000}, // RLIMIT_NPROC
            7, new long[] {SOFT_DESCRIPTORS, HARD_DESCRIPTORS}, // RLIMIT_NOFILE
            8, new long[] {8 << 20, 8 << 20}, // RLIMIT_MEMLOCK
            11, new long[] {96_000, 96_000}, // RLIMIT_SIGPENDING
            12, new long[] {819_200, 819_200}, // RLIMIT_MSGQUEUE
            13, new long[] {0, 0}, // RLIMIT_NICE
            14, new long[] {0, 0}); // RLIMIT_RTPRIO

    /** Where a confined process mounts its own tmpfs, so that the host's has nothing of it. */
    private static final String SHARED_MEMORY = "/dev/shm";

    private static final long MNT_DETACH = 2;

    private final String base;
    private final String mountPoint;
    private final SyscallEntry raw;
    private final List<List<Long>> limits = new ArrayList<>();
    private boolean confined;
    private final UserBuffer memory;
    private NativeGuard.Isolation isolation = NativeGuard.Isolation.SHARED;

    /**
     * Prepares to confine this process and its threads.
     *
     * @param base the directory under which plays have theirs
     */
    Sandbox(String base) {
        this.base = base;
        this.mountPoint = base.startsWith(SHARED_MEMORY + "/") ? SHARED_MEMORY : base;
        this.raw = Gates.open(Gates.status(Gate.SYSCALL).isOpen() ? Gate.SYSCALL : Gate.LIBC_SYSCALL);
        UserMemory.Scope forever = raw.memory().open();
        this.memory = forever.allocate(4L * Blocks.PAGE, Blocks.PAGE);
    }

    /** Whose network a thread uses. */
    enum Network {
        /** The process's: it makes no sockets. */
        PROCESS,
        /** One of its own. */
        OWN;

        private static final Set<String> MAKERS = Set.of("socket", "socketpair", "socketcall");

        /** {@return what a scenario needs: making a network takes a while} */
        static Network of(Scenario scenario) {
            boolean makes = scenario.steps().stream()
                    .anyMatch(step -> step instanceof Step.Call call
                            && (MAKERS.contains(call.target()) || isNumber(call.target())));
            return makes ? OWN : PROCESS;
        }

        private static boolean isNumber(String target) {
            return Character.isDigit(target.charAt(0));
        }
    }

    /** {@return an entry of the host's 64-bit table} */
    SyscallEntry raw() {
        return raw;
    }

    /**
     * Confines the process; to be called once, by the thread that will start the playing ones.
     *
     * @return whether it is a file system of its own, and all others are read-only
     */
    boolean confine() {
        call(Syscall.SETSID);
        LIMITS.forEach(this::limit);
        for (int resource = 0; resource < RESOURCES; resource++) {
            limits.add(limit(resource));
        }
        long own = call(Syscall.UNSHARE, CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET);
        if (Errno.isError(own)) {
            makeParents(base + "/");
            return false;
        }
        isolation = NativeGuard.Isolation.OWN;
        setNames();
        require("mount", call(Syscall.MOUNT, text(0, "none"), text(1, "/"), 0, MS_REC | MS_PRIVATE, 0));
        memory.segment().fill((byte) 0);
        memory.segment().set(LONG, 0, MOUNT_ATTR_RDONLY);
        long readOnly =
                call(Syscall.MOUNT_SETATTR, AT_FDCWD, text(1, "/"), AT_RECURSIVE, memory.address(), MOUNT_ATTR_SIZE);
        require("mount_setattr", readOnly);
        mount();
        confined = true;
        return true;
    }

    /** {@return what a scenario needs, as far as the process may have it} */
    Network network(Scenario scenario) {
        return confined ? Network.of(scenario) : Network.PROCESS;
    }

    /**
     * Sets the process's limits and names back.
     *
     * @return whether they are all as they were
     */
    boolean restore() {
        boolean restored = true;
        for (int resource = 0; resource < RESOURCES; resource++) {
            List<Long> before = limits.get(resource);
            limit(resource, before.get(0), before.get(1));
            restored &= limit(resource).equals(before);
        }
        return restored && (!confined || setNames());
    }

    private boolean setNames() {
        long host = call(Syscall.SETHOSTNAME, text(0, NODE_NAME), NODE_NAME.length());
        long domain = call(Syscall.SETDOMAINNAME, text(0, DOMAIN_NAME), DOMAIN_NAME.length());
        return host == 0 && domain == 0;
    }

    /** Forgets the files of all plays so far, if they lie on a file system of the process's own. */
    void renew() {
        if (confined && call(Syscall.UMOUNT2, text(0, mountPoint), MNT_DETACH) == 0) {
            mount();
        }
    }

    /** {@return whether System V objects and message queues are the process's own} */
    NativeGuard.Isolation isolation() {
        return isolation;
    }

    /**
     * Removes what a play left in the process; its threads have ended.
     *
     * @return whether the process is as it was before
     */
    boolean tidy(Leftovers left) {
        left.queues().forEach(name -> call(Syscall.MQ_UNLINK, text(0, name)));
        left.segments().forEach(address -> call(Syscall.SHMDT, address));
        if (left.hasIntervalTimers()) {
            memory.segment().fill((byte) 0);
            for (int which = 0; which <= ITIMER_PROF; which++) {
                call(Syscall.SETITIMER, which, memory.address(), 0);
            }
        }
        boolean same = left.timers() == 0 || tidyTimers(left.timers());
        // Ids are given out in turn: the next play is to get the first ones.
        return same && (!left.hasObjects() || !Errno.isError(call(Syscall.UNSHARE, CLONE_NEWIPC)));
    }

    /** Deletes the timers of a process, and has ids begin from 0 again, which a kernel before 6.16 cannot do. */
    private boolean tidyTimers(int count) {
        for (int id = 0; id < count; id++) {
            call(Syscall.TIMER_DELETE, id);
        }
        boolean chooses = call(Syscall.PRCTL, PR_TIMER_CREATE_RESTORE_IDS, 1) == 0;
        memory.segment().fill((byte) 0);
        memory.segment().set(INT, 0, Integer.MAX_VALUE);
        boolean made = chooses && call(Syscall.TIMER_CREATE, CLOCK_MONOTONIC, 0, memory.address()) == 0;
        call(Syscall.TIMER_DELETE, Integer.MAX_VALUE);
        call(Syscall.PRCTL, PR_TIMER_CREATE_RESTORE_IDS, 0);
        return made;
    }

    private void mount() {
        require(
                "mount",
                call(Syscall.MOUNT, text(0, "tmpfs"), text(1, mountPoint), text(2, "tmpfs"), MS_NOSUID, text(3, ROOM)));
        makeParents(base + "/");
    }

    private void limit(int resource, long... limit) {
        memory.segment().set(LONG, 0, limit[0]);
        memory.segment().set(LONG, Long.BYTES, limit[1]);
        call(Syscall.PRLIMIT64, 0, resource, memory.address(), 0);
    }

    private List<Long> limit(int resource) {
        call(Syscall.PRLIMIT64, 0, resource, 0, memory.address());
        return List.of(memory.segment().get(LONG, 0), memory.segment().get(LONG, Long.BYTES));
    }

    /**
     * Makes the directory of a play.
     *
     * @param directory its absolute path; it and what lies between it and the base are made
     * @param userId whose it is; the parent is the runner's
     */
    void makeDirectory(String directory, int userId) {
        int from = base.length() + 1;
        for (int slash = directory.indexOf('/', from); slash > 0; slash = directory.indexOf('/', slash + 1)) {
            require("mkdir", makeDirectory(directory.substring(0, slash)));
        }
        require("mkdir", makeDirectory(directory));
        call(Syscall.CHOWN, text(0, directory), userId, userId);
    }

    private long makeDirectory(String path) {
        return call(Syscall.MKDIR, text(0, path), DIRECTORY_MODE);
    }

    /** What is there already stays as it is. */
    private void makeParents(String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            makeDirectory(path.substring(0, slash));
        }
    }

    /**
     * Gives the calling thread descriptors, a directory and ids of its own. From here on, until it ends, the thread must
     * not open files by Java, nor load classes.
     *
     * @param directory where it works
     * @param userId whose rights it has
     * @param network whose network it uses
     */
    void confineThread(String directory, int userId, Network network) {
        if (network == Network.OWN) {
            confineNetwork();
        }
        require("unshare", call(Syscall.UNSHARE, CLONE_FS | CLONE_FILES | CLONE_SYSVSEM));
        resetSignals();
        call(Syscall.CLOSE_RANGE, 0, 0xffff_ffffL, 0);
        call(Syscall.OPENAT, AT_FDCWD, text(0, "/dev/null"), O_RDWR, 0);
        call(Syscall.DUP, 0);
        call(Syscall.DUP, 0);
        call(Syscall.UMASK, MASK);
        require("chdir", call(Syscall.CHDIR, text(0, directory)));
        call(Syscall.SETGROUPS, 0, 0);
        if (call(Syscall.GETUID) != userId) {
            require("setresgid", call(Syscall.SETRESGID, userId, userId, userId));
            require("setresuid", call(Syscall.SETRESUID, userId, userId, userId));
        }
    }

    /**
     * Gives the calling thread a network of its own, with nothing but a loopback: names without a path and ports are no other
     * play's.
     *
     * @throws IllegalStateException if this host does not let it
     */
    void confineNetwork() {
        require("unshare", call(Syscall.UNSHARE, CLONE_NEWNET));
        long socket = call(Syscall.SOCKET, AF_INET, SOCK_DGRAM, 0);
        require("socket", socket);
        long request = text(0, "lo");
        memory.segment().set(SHORT, Blocks.PAGE + IFNAMSIZ, IFF_UP);
        require("ioctl", call(Syscall.IOCTL, socket, SIOCSIFFLAGS, request));
        call(Syscall.CLOSE, socket);
        setCongestionControl();
    }

    /**
     * Has streams go by the algorithm that every kernel has: a network takes over the host's, of which bbr for one gives them
     * larger buffers and spaces out what they send. Where that may not be said, they keep it.
     */
    private void setCongestionControl() {
        boolean writable = setReadOnly(0, MOUNT_ATTR_RDONLY) == 0;
        long file = call(Syscall.OPENAT, AT_FDCWD, text(0, CONGESTION_CONTROL), O_WRONLY, 0);
        if (!Errno.isError(file)) {
            call(Syscall.WRITE, file, text(0, RENO), RENO.length());
            call(Syscall.CLOSE, file);
        }
        if (writable) {
            require("mount_setattr", setReadOnly(MOUNT_ATTR_RDONLY, 0));
        }
    }

    /** Changes whether /proc may be written to. */
    private long setReadOnly(long set, long clear) {
        memory.segment().asSlice(0, MOUNT_ATTR_SIZE).fill((byte) 0);
        memory.segment().set(LONG, 0, set);
        memory.segment().set(LONG, Long.BYTES, clear);
        return call(Syscall.MOUNT_SETATTR, AT_FDCWD, text(1, "/proc"), 0, memory.address(), MOUNT_ATTR_SIZE);
    }

    /** Blocks all signals for the calling thread: the JVM lets a thread end with the mask that it was started with. */
    void blockSignals() {
        setMask(BlockedSignals.sendable());
    }

    /** Blocks none: the JVM blocks SIGQUIT. */
    void unblockSignals() {
        setMask(0);
    }

    private void setMask(long mask) {
        memory.segment().set(LONG, 0, mask);
        call(Syscall.RT_SIGPROCMASK, SIG_SETMASK, memory.address(), 0, Long.BYTES);
    }

    /** Forgets what an earlier play did about the signals that it could send, and those that still wait; blocks none. */
    private void resetSignals() {
        memory.segment().asSlice(0, ACTION_SIZE).fill((byte) 0);
        for (int signal : BlockedSignals.numbers()) {
            memory.segment().set(LONG, 0, SIG_IGN);
            call(Syscall.RT_SIGACTION, signal, memory.address(), 0, Long.BYTES);
            memory.segment().set(LONG, 0, SIG_DFL);
            call(Syscall.RT_SIGACTION, signal, memory.address(), 0, Long.BYTES);
        }
        call(Syscall.RT_SIGPROCMASK, SIG_SETMASK, memory.address(), 0, Long.BYTES);
    }

    private long text(int slot, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long at = slot * 1024L + Blocks.PAGE;
        memory.segment().asSlice(at, 1024).fill((byte) 0);
        for (int i = 0; i < bytes.length; i++) {
            memory.segment().set(ValueLayout.JAVA_BYTE, at + i, bytes[i]);
        }
        return memory.address() + at;
    }

    private long call(Syscall call, long... arguments) {
        long[] a = java.util.Arrays.copyOf(arguments, Player.REGISTERS);
        return raw.enter(call.number(Abi.X86_64), a[0], a[1], a[2], a[3], a[4], a[5]);
    }

    private static void require(String call, long answer) {
        if (Errno.isError(answer)) {
            throw new IllegalStateException(
                    call + " answered " + Errno.of(answer).map(Errno::name).orElse(String.valueOf(answer)));
        }
    }

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
}

package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The further looks at arguments that {@code allowed-calls.tsv} asks for by name. */
final class ArgumentCheck {

    /** More than a test needs, less than a host misses. */
    private static final long ROOM = 64 << 20;

    private static final long LOWEST = 1 << 16;

    /** Above it no program without a wish for more has memory. */
    private static final long HIGHEST = 1L << 47;

    /** From here on a 32-bit program's addresses are the kernel's. */
    private static final long HIGHEST_32 = 0xffff_e000L;

    private static final int SELECT_ARGUMENTS = 5;
    private static final long CLONE_VM = 0x100;
    private static final long CLONE_FS = 0x200;
    private static final long CLONE_SIGHAND = 0x800;
    private static final long CLONE_THREAD = 0x1_0000;
    private static final long CLONE_NEWNS = 0x2_0000;
    private static final long CLONE_NEWUSER = 0x1000_0000;
    /** CLONE_ARGS_SIZE_VER0. */
    private static final long LEAST_CLONE_ARGS = 64;

    private static final long MAP_FIXED = 0x10;
    private static final long MAP_FIXED_NOREPLACE = 0x10_0000;
    private static final long MAP_HUGETLB = 0x4_0000;
    private static final long MREMAP_FIXED = 2;

    /** fcntl's F_GETLK to F_SETLKW, their 64-bit and OFD forms, the owner's and the write hints'. */
    private static final Set<Long> POINTER_OPERATIONS =
            Set.of(5L, 6L, 7L, 12L, 13L, 14L, 15L, 16L, 36L, 37L, 38L, 1035L, 1036L, 1037L, 1038L, 1039L, 1040L);

    /** F_SETLEASE, F_NOTIFY: signals would come. */
    private static final Set<Long> SIGNAL_OPERATIONS = Set.of(1024L, 1026L);

    /** FIONREAD, FIONBIO, FIONCLEX, FIOCLEX, EPIOCSPARAMS, EPIOCGPARAMS, TIOCOUTQ, SIOCATMARK. */
    private static final Set<Long> HARMLESS_IOCTLS =
            Set.of(0x541bL, 0x5421L, 0x5450L, 0x5451L, 0x40088a01L, 0x80088a02L, 0x5411L, 0x8905L);

    /** prctl's reads, and the attributes of the calling thread: dumpable, name, slack, keepcaps, capabilities, no-new-privs. */
    private static final Set<Long> HARMLESS_PRCTLS = Set.of(
            1L, 2L, 3L, 5L, 7L, 8L, 9L, 11L, 13L, 14L, 15L, 16L, 19L, 21L, 23L, 24L, 25L, 27L, 28L, 29L, 30L, 37L, 38L,
            39L, 42L, 47L);

    /** prctl's attributes of the whole process: PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER, PR_SET_THP_DISABLE. */
    private static final Set<Long> PROCESS_PRCTLS = Set.of(4L, 36L, 41L);

    /** ARCH_GET_FS, ARCH_GET_GS, ARCH_GET_CPUID, ARCH_GET_XCOMP_SUPP, ARCH_GET_XCOMP_PERM. */
    private static final Set<Long> ARCH_READS = Set.of(0x1003L, 0x1004L, 0x1011L, 0x1021L, 0x1022L);

    /** FUTEX_LOCK_PI, UNLOCK_PI, TRYLOCK_PI, WAIT_REQUEUE_PI, CMP_REQUEUE_PI, LOCK_PI2. */
    private static final Set<Long> INHERITING = Set.of(6L, 7L, 8L, 11L, 12L, 13L);

    /** Of whose arguments the last leads to {@code struct kcmp_epoll_slot}, though its type is that of a number. */
    private static final int KCMP_EPOLL_TFD = 7;

    private static final long FUTEX_COMMAND = 0xffff_fe7fL;
    private static final int FUTEX_WAITV_SIZE = 24;

    private static final long HIGHEST_ARCH_CODE = 0x6000;
    private static final Set<Long> POLICIES = Set.of(0L, 3L, 5L);

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Abi abi;
    private final Files files;
    private final OwnMappings mappings;
    private final List<UserBuffer> memory;

    /** What files the scenario has. */
    enum Files {
        /** Those of its file system, which refuses at once what it has no room for. */
        LIMITED,
        /** Some that have all of the host's memory, too: those of memfd_create(2). */
        UNLIMITED
    }

    ArgumentCheck(Abi abi, Files files, OwnMappings mappings, List<UserBuffer> memory) {
        this.abi = abi;
        this.files = files;
        this.mappings = mappings;
        this.memory = memory;
    }

    /**
     * Looks at a call's arguments.
     *
     * @param check the check's name; empty for none
     * @param a the call's six arguments
     * @return why the call is not made; empty if it may be made
     */
    Optional<String> refusal(String check, long... a) {
        return switch (check) {
            case "" -> Optional.empty();
            case "fcntl" -> fcntl(a[1] & 0xffff_ffffL, a[2]);
            case "extent" -> extent(a);
            case "count2" -> room(a[2]);
            case "count3" -> room(a[3]);
            case "count4" -> room(a[4]);
            case "lock" -> lock(a[0], a[1]);
            case "device" -> device(a);
            case "ioctl" ->
                refuseUnless(HARMLESS_IOCTLS.contains(a[1]) || a[1] < 0x100, "has an operation of a device");
            case "mmap" -> mmap(a);
            case "range" -> range(a[0], a[1]);
            case "mremap" -> mremap(a);
            case "advice" -> refuseUnless((int) a[0] < 0 && isMildAdvice(a[3]), "may change the JVM's memory");
            case "own" ->
                refuseUnless(
                        (int) a[0] == ProcessHandle.current().pid() || (int) a[0] <= 0 || (int) a[0] > 1 << 22,
                        "is another's");
            case "brk" -> refuseUnless(a[0] == 0 || a[0] < LOWEST, "would move the end of the C library's heap");
            case "flags" -> refuseUnless((a[0] & ~7) != 0 || a[0] == 0 || a[0] == 4, "would lock the JVM");
            case "adjust" -> Optional.empty();
            case "unsettable" -> unsettable(a);
            case "limit" -> limit(a);
            case "priority" ->
                refuseUnless(a[0] != 1 && a[0] != 2 && (a[1] == 0 || a[0] != 0), "is another's priority");
            case "self" -> refuseUnless(a[0] == 0 || (int) a[0] < 0 || (int) a[0] > 1 << 22, "is another's");
            case "ioprio" ->
                refuseUnless(
                        a[0] != 2 && a[0] != 3 && (a[0] != 1 || a[1] == 0 || (int) a[1] < 0 || (int) a[1] > 1 << 22),
                        "is another's priority");
            case "scheduler" ->
                refuseUnless(
                        (a[0] == 0 || (int) a[0] < 0) && (POLICIES.contains(a[1]) || a[1] > 7 || a[1] < 0),
                        "may take the processor for itself");
            case "prctl" ->
                refuseUnless(
                        HARMLESS_PRCTLS.contains(a[0]) || changesProcess(a[0]) || a[0] > 1 << 20 || (int) a[0] < 0,
                        "changes more than the thread");
            case "archprctl" ->
                refuseUnless(
                        ARCH_READS.contains(a[0]) || Long.compareUnsigned(a[0], HIGHEST_ARCH_CODE) > 0,
                        "changes what the JVM's threads need");
            case "rseq" -> refuseUnless(a[1] != 32 && (a[2] & 1) == 0, "would register");
            case "few" ->
                refuseUnless((int) a[1] < 0 || a[1] > 1 << 20 || (int) a[2] != 0, "takes a descriptor of the JVM");
            case "node" -> refuseUnless(a[0] < 0 || a[0] > 2, "changes /dev/null, which is read-only in the sandbox");
            case "futex" ->
                refuseUnless(!INHERITING.contains(a[1] & FUTEX_COMMAND), "may have locks of the JVM's taken");
            case "futexes" -> futexes(a[0], a[1] & 0xff);
            case "futexes2" -> futexes(a[0], 2);
            case "kcmp" ->
                refuseUnless((int) a[2] != KCMP_EPOLL_TFD || isOurs(a[4]), "reads memory that may be the JVM's");
            case "select" -> select(a);
            case "clone" -> refuseUnless(isRefusedClone(a[0]), "may make a process");
            case "clone3" -> refuseUnless(isRefusedClone3(a[0], a[1]), "may make a process");
            case "shmget" -> ipc().shmget(a[1], a[2]);
            case "shmat" -> ipc().shmat(a[1], a[2]);
            case "semctl" -> ipc().semctl(a[2], a[3]);
            case "ipc" -> ipc().ipc(a);
            case "notify" -> ipc().mqNotify(a[1]);
            case "filter" -> refuseUnless(new SeccompCheck(abi, memory).isHarmless(a), "may filter the JVM's calls");
            default -> Optional.of("has an unknown check, " + check);
        };
    }

    private static Optional<String> refuseUnless(boolean harmless, String reason) {
        return harmless ? Optional.empty() : Optional.of(reason);
    }

    /** The addresses in an array of struct futex_waitv: who waits on a futex of the JVM's takes a wake-up from it. */
    private Optional<String> futexes(long array, long count) {
        long start = abi == Abi.I386 ? array & 0xffff_ffffL : array;
        for (UserBuffer block : memory) {
            for (long i = 0; i < count; i++) {
                long at = start + i * FUTEX_WAITV_SIZE + Long.BYTES - block.address();
                boolean isThere = at >= 0 && at + Long.BYTES <= block.segment().byteSize();
                if (isThere && !isOurs64(block.segment().get(LONG, at))) {
                    return Optional.of("waits on a futex that may be the JVM's");
                }
            }
        }
        return Optional.empty();
    }

    private boolean isOurs64(long address) {
        return (address >>> Integer.SIZE != 0 && abi == Abi.I386) || isOurs(address);
    }

    private Optional<String> fcntl(long operation, long argument) {
        if (SIGNAL_OPERATIONS.contains(operation)) {
            return Optional.of("would have signals sent");
        }
        return refuseUnless(
                !POINTER_OPERATIONS.contains(operation) || isOurs(argument), "uses memory that may be the JVM's");
    }

    /** {@return whether an option of prctl(2) changes the process for good, harmlessly} */
    static boolean changesProcess(long option) {
        return PROCESS_PRCTLS.contains(option);
    }

    /** {@return whether every kernel refuses these flags: each of some without another, or with one} */
    private static boolean isRefusedClone(long flags) {
        boolean thread = (flags & CLONE_THREAD) != 0 && (flags & CLONE_SIGHAND) == 0;
        boolean handlers = (flags & CLONE_SIGHAND) != 0 && (flags & CLONE_VM) == 0;
        boolean directories = (flags & CLONE_FS) != 0 && (flags & (CLONE_NEWNS | CLONE_NEWUSER)) != 0;
        return thread || handlers || directories;
    }

    private static boolean isRefusedClone3(long address, long size) {
        return Long.compareUnsigned(size, LEAST_CLONE_ARGS) < 0
                || Long.compareUnsigned(size, Blocks.PAGE) > 0
                || (address >= 0 && address < LOWEST);
    }

    private IpcCheck ipc() {
        return new IpcCheck(abi, this, mappings, memory);
    }

    /** {@return whether an address leads to the scenario's memory or to where no memory can be} */
    boolean isOurs(long argument) {
        long address = abi == Abi.I386 ? argument & 0xffff_ffffL : argument;
        return Long.compareUnsigned(address, LOWEST) < 0
                || address < 0
                || mappings.contain(address)
                || memory.stream()
                        .anyMatch(block -> address >= block.address()
                                && address < block.address() + block.segment().byteSize() + Blocks.PAGE);
    }

    /** The last arguments of these calls are offsets and lengths; what is negative or beyond any file is refused by the kernel. */
    private Optional<String> room(long... a) {
        boolean large = Arrays.stream(a)
                .anyMatch(argument -> argument > ROOM && argument < Integer.MAX_VALUE && !isOurs(argument));
        return refuseUnless(!large, "may need more room than a test should");
    }

    /** fallocate(2): what its file system does not refuse, it does. */
    private Optional<String> extent(long... a) {
        long length = abi == Abi.I386 ? (a[5] << Integer.SIZE) | (a[4] & 0xffff_ffffL) : a[3];
        return files == Files.UNLIMITED && length > ROOM
                ? Optional.of("may need more room than a test should")
                : room(a[2], a[3], a[4], a[5]);
    }

    private Optional<String> device(long... a) {
        int at = a[3] != 0 || (a[2] & 0170000) != 0 ? 2 : 1;
        long type = a[at] & 0170000;
        boolean isDevice = type == 0020000 || type == 0060000;
        long number = a[at + 1];
        return refuseUnless(
                !isDevice || number == 0 || number == 0x103 || number == 0x105 || number == 0x107, "makes a device");
    }

    private Optional<String> mmap(long... a) {
        if (abi == Abi.I386 && memory.stream().anyMatch(block -> isOurs(a[0]) && a[1] == 0 && a[0] >= LOWEST)) {
            return Optional.of("has its arguments in memory; write mmap2");
        }
        boolean fixed = (a[3] & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0;
        boolean harmless = !fixed
                || a[0] % Blocks.PAGE != 0
                || a[1] == 0
                || (abi != Abi.I386 && a[0] < 0)
                || isOwnRange(a[0], a[1])
                || (a[0] < LOWEST && a[1] <= LOWEST);
        return refuseUnless(harmless && (a[3] & MAP_HUGETLB) == 0, "may replace the JVM's memory");
    }

    private boolean isOwnRange(long address, long size) {
        long start = abi == Abi.I386 ? address & 0xffff_ffffL : address;
        return size > 0 && size < 1L << 40 && mappings.contain(start, size);
    }

    /** These calls round the address down, where others refuse it. */
    private Optional<String> lock(long address, long size) {
        long start = address & -Blocks.PAGE;
        long length = size + address - start;
        boolean low = start >= 0 && start < LOWEST && length >= 0 && start + length <= LOWEST;
        return refuseUnless(low || isOwnRange(start, Math.max(1, length)), "may lock the JVM's memory");
    }

    private Optional<String> range(long address, long size) {
        boolean misplaced = address % Blocks.PAGE != 0;
        boolean low = address >= 0 && address < LOWEST && size >= 0 && size <= LOWEST;
        long start = abi == Abi.I386 ? address & 0xffff_ffffL : address;
        long highest = abi == Abi.I386 ? HIGHEST_32 : HIGHEST;
        boolean outside = Long.compareUnsigned(start, highest) >= 0
                || isEndless(start, abi == Abi.I386 ? size & 0xffff_ffffL : size);
        return refuseUnless(
                misplaced || size == 0 || low || outside || isOwnRange(address, size), "may change the JVM's memory");
    }

    /** Ranges that go around the end of the address space are refused as a whole. */
    private static boolean isEndless(long address, long size) {
        long pages = (size + Blocks.PAGE - 1) & -Blocks.PAGE;
        return pages == 0 || Long.compareUnsigned(address + pages, address) < 0;
    }

    private Optional<String> mremap(long... a) {
        boolean moves = (a[3] & MREMAP_FIXED) != 0 && !isOwnRange(a[4], a[2]);
        return moves ? Optional.of("may replace the JVM's memory") : range(a[0], a[1]);
    }

    /** Advice that loses nothing: MADV_WILLNEED, MADV_COLD, MADV_PAGEOUT, MADV_COLLAPSE, and what no kernel knows. */
    private static boolean isMildAdvice(long advice) {
        return Set.of(3L, 20L, 21L, 25L).contains(advice) || advice >= 1000;
    }

    private Optional<String> unsettable(long... a) {
        boolean noMemory = Arrays.stream(a, 0, 2).allMatch(argument -> argument >= 0 && argument < Blocks.PAGE);
        return refuseUnless(noMemory, "may set the host's clock");
    }

    /** The old select of i386 has its five arguments in memory; n is no address. */
    private Optional<String> select(long... a) {
        if (abi != Abi.I386) {
            return Optional.empty();
        }
        boolean harmless = true;
        for (int i = 1; i < SELECT_ARGUMENTS; i++) {
            harmless &= GuestWords.read32(memory, a[0] + (long) i * Integer.BYTES)
                    .map(address -> address < LOWEST || address >= HIGHEST_32 || isOurs(address))
                    .orElse(true);
        }
        return refuseUnless(harmless, "uses memory that may be the JVM's");
    }

    private Optional<String> limit(long... a) {
        return refuseUnless(a[0] >= 0 && a[0] < 16, "is another's limit");
    }
}

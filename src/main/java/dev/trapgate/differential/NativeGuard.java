package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Parameter;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets a native scenario make harmless calls only, as {@link AllowedCalls} has them. */
final class NativeGuard implements CallGuard {

    /** Below it the kernel maps nothing for anyone: vm.mmap_min_addr. */
    private static final long LOWEST = 1 << 16;

    private static final int VECTOR_LIMIT = 1024;
    private static final int PATH_LIMIT = 4096;
    private static final Set<String> NO_PATHS = Set.of("uname", "name", "domainname");

    /** glibc has every thread of the process change with the calling one, by a signal to each. */
    private static final Set<Syscall> WHOLE_PROCESS_IN_GLIBC = EnumSet.of(
            Syscall.SETUID,
            Syscall.SETGID,
            Syscall.SETREUID,
            Syscall.SETREGID,
            Syscall.SETRESUID,
            Syscall.SETRESGID,
            Syscall.SETGROUPS);

    /** Calls whose text is no path. */
    private static final Set<Syscall> NAMED = EnumSet.of(
            Syscall.SETHOSTNAME,
            Syscall.SETDOMAINNAME,
            Syscall.MEMFD_CREATE,
            Syscall.MQ_OPEN,
            Syscall.MQ_UNLINK,
            Syscall.MQ_TIMEDSEND,
            Syscall.MQ_TIMEDSEND_TIME64);

    /** Calls that leave something behind for others, unless they have a name space of their own. */
    private static final Set<Syscall> SHARED =
            EnumSet.of(Syscall.MSGGET, Syscall.SEMGET, Syscall.SHMGET, Syscall.MQ_OPEN, Syscall.MQ_UNLINK, Syscall.IPC);

    /** Calls that change attributes of what a descriptor stands for. */
    private static final Set<Syscall> ATTRIBUTED = EnumSet.of(Syscall.FSETXATTR, Syscall.FREMOVEXATTR);

    private static final long F_SETFL = 4;
    private static final long O_ASYNC = 020000;
    /** F_SETOWN, F_SETSIG, F_SETOWN_EX. */
    private static final Set<Long> OWNERS = Set.of(8L, 10L, 15L);

    private final Gate gate;
    private final Abi abi;
    private final String directory;
    private final long end;
    private final OwnMappings mappings = new OwnMappings();
    private Sandbox.Network network = Sandbox.Network.PROCESS;
    private final SignalGuard signals;
    private final Leftovers leftovers = new Leftovers();
    private final boolean isolated;
    private AllowedCalls.State state = AllowedCalls.State.KEPT;
    private ArgumentCheck.Files files = ArgumentCheck.Files.LIMITED;
    private boolean hasPidfd;
    private boolean owned;
    private boolean signalling;

    /**
     * Guards one play.
     *
     * @param gate which way it goes
     * @param directory the absolute path of its directory
     * @param end from where on nothing is mapped in this process that the gate's addresses reach
     * @param isolation whether System V objects and message queues are the process's own
     */
    NativeGuard(Gate gate, String directory, long end, Isolation isolation) {
        this.isolated = isolation == Isolation.OWN;
        this.gate = gate;
        this.abi = gate.abi();
        this.directory = directory;
        this.end = end;
        this.signals = new SignalGuard(abi, ProcessHandle.current().pid(), BlockedElsewhere.SIGNALS);
    }

    /** Read once: threads that come later have what those before them have. */
    private static final class BlockedElsewhere {
        private static final long SIGNALS = BlockedSignals.everywhere();
    }

    /** Whose System V objects and message queues a play's are. */
    enum Isolation {
        /** The host's. */
        SHARED,
        /** Its own: CLONE_NEWIPC. */
        OWN
    }

    /** {@return what the play leaves in its process} */
    Leftovers leftovers() {
        return leftovers;
    }

    /** Says whose network the scenario uses: sockets are made in one of its own only. */
    void setNetwork(Sandbox.Network whose) {
        network = whose;
    }

    /** Finds bytes of a scenario's memory. */
    @FunctionalInterface
    interface Memory {

        /** {@return the bytes at an address; empty if they are not all the scenario's} */
        Optional<MemorySegment> find(long address, long size);
    }

    /** {@return what the calls that were made leave to do} */
    AllowedCalls.State state() {
        return state;
    }

    @Override
    public Optional<String> refusal(int number, Optional<Syscall> call, long[] arguments, List<UserBuffer> memory) {
        if (call.isEmpty()) {
            return number < 0 || number > 1000
                    ? Optional.empty()
                    : Optional.of("is not known here, and may do anything");
        }
        if (call.get().standing(abi) != Syscall.Standing.IMPLEMENTED) {
            return Optional.empty();
        }
        Optional<AllowedCalls.Row> row = AllowedCalls.find(call.get());
        if (row.isEmpty()) {
            return Optional.of("is not among the calls that are made natively (allowed-calls.tsv)");
        }
        if (SHARED.contains(call.get()) && !isolated) {
            return Optional.of("would make objects of the host's: no IPC name space can be made here");
        }
        if (call.get() == Syscall.MQ_OPEN) {
            text(abi == Abi.I386 ? arguments[0] & 0xffff_ffffL : arguments[0], memory)
                    .ifPresent(leftovers::queue);
        }
        if (gate == Gate.GLIBC && WHOLE_PROCESS_IN_GLIBC.contains(call.get())) {
            return Optional.of("by glibc changes every thread of its process, the JVM's own too");
        }
        if (call.get() == Syscall.FCNTL || call.get() == Syscall.FCNTL64) {
            Optional<String> signals = signals(arguments[1], arguments[2]);
            if (signals.isPresent()) {
                return signals;
            }
        }
        return pointers(call.get(), arguments, memory)
                .or(() -> signals.refusal(call.get(), memory, arguments))
                .or(() -> new ArgumentCheck(abi, files, mappings, memory)
                        .refusal(row.get().check(), arguments))
                .or(() -> new SocketGuard(
                                network,
                                abi,
                                directory,
                                (at, size) -> segment(at, size, memory),
                                at -> isHarmless(at, memory))
                        .refusal(call.get(), arguments));
    }

    @Override
    public void handler(long address) {
        signals.handler(address);
    }

    @Override
    public void turn(String thread) {
        signals.turn(thread);
    }

    @Override
    public void answered(Optional<Syscall> call, long[] arguments, long result) {
        call.ifPresent(known -> {
            mappings.answered(known, abi, arguments, result);
            leftovers.answered(known, Errno.isError(result) || abi != Abi.I386 ? result : result & 0xffff_ffffL);
            signals.answered(known, result, arguments);
        });
        if (call.filter(known -> known == Syscall.MEMFD_CREATE).isPresent()) {
            files = ArgumentCheck.Files.UNLIMITED;
        }
        boolean changes =
                call.filter(known -> known == Syscall.PRCTL).isPresent() && ArgumentCheck.changesProcess(arguments[0]);
        hasPidfd |= call.filter(known -> known == Syscall.PIDFD_OPEN).isPresent();
        // A process keeps attributes, or at least room for them, until it ends.
        boolean spends = hasPidfd && call.filter(ATTRIBUTED::contains).isPresent();
        AllowedCalls.State special = spends ? AllowedCalls.State.SPENT : AllowedCalls.State.CHANGED;
        call.flatMap(AllowedCalls::find)
                .map(row -> spends || changes ? special : row.state())
                .filter(made -> made != AllowedCalls.State.CHANGED || !Errno.isError(result))
                .filter(made -> made.compareTo(state) > 0)
                .ifPresent(made -> state = made);
    }

    /** A file with an owner, or that signals, sends nothing; one that does both may. */
    private Optional<String> signals(long operation, long argument) {
        owned |= OWNERS.contains(operation);
        signalling |= operation == F_SETFL && (argument & O_ASYNC) != 0;
        return owned && signalling ? Optional.of("would have signals sent") : Optional.empty();
    }

    private Optional<String> pointers(Syscall call, long[] arguments, List<UserBuffer> memory) {
        List<Parameter> parameters = call.parameters(abi);
        Optional<String> refusal = Optional.empty();
        for (int i = 0; i < Math.min(parameters.size(), arguments.length) && refusal.isEmpty(); i++) {
            Parameter parameter = parameters.get(i);
            long next = i + 1 < arguments.length ? arguments[i + 1] : 0;
            if (parameter.isPointer()) {
                refusal = pointer(call, parameter, arguments[i], next, memory);
            }
        }
        return refusal;
    }

    private Optional<String> pointer(
            Syscall call, Parameter parameter, long argument, long next, List<UserBuffer> memory) {
        long address = abi == Abi.I386 ? argument & 0xffff_ffffL : argument;
        if (!isHarmless(address, memory)) {
            return Optional.of("uses an address that may be the JVM's");
        }
        if (parameter.type().equals("const char *") && !NO_PATHS.contains(parameter.name()) && !isName(call)) {
            return text(address, memory).flatMap(path -> ScenarioPath.refusal(path, directory));
        }
        return parameter.type().contains("iovec") ? vector(address, next, memory) : Optional.empty();
    }

    private static boolean isName(Syscall call) {
        return NAMED.contains(call);
    }

    private Optional<String> vector(long address, long count, List<UserBuffer> memory) {
        int size = abi.pointerSize();
        for (long i = 0; i < Math.clamp(count & 0xffff_ffffL, 0, VECTOR_LIMIT); i++) {
            Optional<MemorySegment> element = segment(address + i * 2 * size, 2L * size, memory);
            if (element.isEmpty()) {
                return Optional.empty();
            }
            long base = size == 8 ? element.get().get(LONG, 0) : element.get().get(INT, 0) & 0xffff_ffffL;
            if (!isHarmless(base, memory)) {
                return Optional.of(
                        "leads through an iovec to 0x" + Long.toHexString(base) + ", which may be the JVM's");
            }
        }
        return Optional.empty();
    }

    private boolean isHarmless(long address, List<UserBuffer> memory) {
        return Long.compareUnsigned(address, LOWEST) < 0
                || Long.compareUnsigned(address, end) >= 0
                || mappings.contain(address)
                || memory.stream().anyMatch(block -> isIn(address, block));
    }

    /** The page behind a block, which cannot be reached, belongs to it. */
    private static boolean isIn(long address, UserBuffer block) {
        return address >= block.address()
                && address < block.address() + block.segment().byteSize() + Blocks.PAGE;
    }

    private static Optional<String> text(long address, List<UserBuffer> memory) {
        for (UserBuffer block : memory) {
            long offset = address - block.address();
            if (offset >= 0 && offset < block.segment().byteSize()) {
                long size = Math.min(PATH_LIMIT, block.segment().byteSize() - offset);
                byte[] bytes = block.segment().asSlice(offset, size).toArray(ValueLayout.JAVA_BYTE);
                String all = new String(bytes, StandardCharsets.ISO_8859_1);
                int end = all.indexOf('\0');
                return Optional.of(end < 0 ? all : all.substring(0, end));
            }
        }
        return Optional.empty();
    }

    private static Optional<MemorySegment> segment(long address, long size, List<UserBuffer> memory) {
        for (UserBuffer block : memory) {
            long offset = address - block.address();
            if (offset >= 0 && offset + size <= block.segment().byteSize()) {
                return Optional.of(block.segment().asSlice(offset, size));
            }
        }
        return Optional.empty();
    }

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
}

package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Lets a native scenario make sockets that reach nothing beyond the network of its own: {@link Sandbox} gives it one with a
 * loopback only. Paths of sockets are looked at as other paths are.
 */
final class SocketGuard {

    /** AF_UNSPEC, which is none; AF_UNIX, AF_INET, AF_INET6. */
    private static final Set<Long> FAMILIES = Set.of(0L, 1L, 2L, 10L);

    private static final long NPROTO = 46;
    private static final int AF_UNIX = 1;
    private static final long SOCK_RAW = 3;
    private static final long SOCK_PACKET = 10;
    private static final long TYPE_MASK = 0xf;
    private static final int PATH = 2;
    private static final int STORAGE = 128;
    private static final int VECTOR_LIMIT = 1024;
    private static final long SOL_SOCKET = 1;
    /** Filters: SO_ATTACH_FILTER, SO_DETACH_FILTER, SO_ATTACH_BPF and the others. */
    private static final Set<Long> FILTERS = Set.of(26L, 27L, 50L, 51L, 52L, 68L);

    /** The calls of socketcall(2), from number 1. */
    private static final List<Syscall> CALLS = List.of(
            Syscall.SOCKET,
            Syscall.BIND,
            Syscall.CONNECT,
            Syscall.LISTEN,
            Syscall.ACCEPT,
            Syscall.GETSOCKNAME,
            Syscall.GETPEERNAME,
            Syscall.SOCKETPAIR,
            Syscall.SENDTO,
            Syscall.RECVFROM,
            Syscall.SENDTO,
            Syscall.RECVFROM,
            Syscall.SHUTDOWN,
            Syscall.SETSOCKOPT,
            Syscall.GETSOCKOPT,
            Syscall.SENDMSG,
            Syscall.RECVMSG,
            Syscall.ACCEPT4,
            Syscall.RECVMMSG,
            Syscall.SENDMMSG);

    private final Sandbox.Network network;
    private final Abi abi;
    private final String directory;
    private final NativeGuard.Memory memory;
    private final LongPredicate harmless;

    /**
     * Prepares a look at calls.
     *
     * @param network whose network the scenario uses
     * @param abi by which convention they are made
     * @param directory the absolute path of the scenario's directory
     * @param memory finds bytes of the scenario's memory
     * @param harmless whether an address is the scenario's, or nobody's
     */
    SocketGuard(Sandbox.Network network, Abi abi, String directory, NativeGuard.Memory memory, LongPredicate harmless) {
        this.network = network;
        this.abi = abi;
        this.directory = directory;
        this.memory = memory;
        this.harmless = harmless;
    }

    /**
     * Looks at a call's arguments.
     *
     * @param call the call; others than those of sockets pass
     * @param a its six arguments
     * @return why the call is not made; empty if it may be made
     */
    Optional<String> refusal(Syscall call, long... a) {
        return switch (call) {
            case SOCKET, SOCKETPAIR -> kind(a[0] & 0xffff_ffffL, a[1] & TYPE_MASK, (int) a[2]);
            case BIND, CONNECT -> address(a[1], a[2]);
            case SENDTO -> address(a[4], a[5]);
            case SENDMSG, RECVMSG -> header(a[1]);
            case SENDMMSG, RECVMMSG, RECVMMSG_TIME64 -> headers(a[1], a[2] & 0xffff_ffffL);
            case SETSOCKOPT ->
                (int) a[1] == SOL_SOCKET && FILTERS.contains(a[2])
                        ? Optional.of("would filter packets by a program")
                        : Optional.empty();
            case SOCKETCALL -> socketcall(a[0], a[1]);
            default -> Optional.empty();
        };
    }

    /** Protocols beyond TCP and UDP, which one host has and another has not, are not asked for. */
    private Optional<String> kind(long family, long type, int protocol) {
        if (network != Sandbox.Network.OWN) {
            return Optional.of("would make a socket in the host's network");
        }
        if (family >= NPROTO || type > SOCK_PACKET) {
            return Optional.empty();
        }
        boolean usual = protocol <= 17 || protocol == 255 || protocol > 262;
        boolean raw = family != AF_UNIX && (type == SOCK_RAW || type == SOCK_PACKET);
        return FAMILIES.contains(family) && usual && !raw
                ? Optional.empty()
                : Optional.of("would make a socket that not every host has");
    }

    private Optional<String> address(long pointer, long length) {
        if (!harmless.test(pointer)) {
            return Optional.of("leads to an address that may be the JVM's");
        }
        int size = Math.clamp(length & 0xffff_ffffL, 0, STORAGE);
        Optional<MemorySegment> found = memory.find(pointer, size);
        if (found.isEmpty() || size <= PATH || (found.get().get(SHORT, 0) & 0xffff) != AF_UNIX) {
            return Optional.empty();
        }
        byte[] path = found.get().asSlice(PATH).toArray(ValueLayout.JAVA_BYTE);
        int end = 0;
        while (end < path.length && path[end] != 0) {
            end++;
        }
        return end == 0
                ? Optional.empty()
                : ScenarioPath.refusal(new String(path, 0, end, StandardCharsets.ISO_8859_1), directory);
    }

    private long word(MemorySegment bytes, int index) {
        return abi == Abi.I386 ? bytes.get(INT, index * 4L) & 0xffff_ffffL : bytes.get(LONG, index * 8L);
    }

    private Optional<String> header(long pointer) {
        Optional<MemorySegment> found = memory.find(pointer, 7L * abi.pointerSize());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        MemorySegment header = found.get();
        if (!harmless.test(word(header, 2)) || !harmless.test(word(header, 4))) {
            return Optional.of("leads through a msghdr to what may be the JVM's");
        }
        int length = header.get(INT, abi.pointerSize());
        return address(word(header, 0), Math.max(0, length)).or(() -> vector(word(header, 2), word(header, 3)));
    }

    private Optional<String> vector(long pointer, long count) {
        int size = 2 * abi.pointerSize();
        // More are not looked at by the kernel.
        long looked = Long.compareUnsigned(count, VECTOR_LIMIT) > 0 ? 0 : count;
        for (long i = 0; i < looked; i++) {
            Optional<MemorySegment> piece = memory.find(pointer + i * size, size);
            if (piece.isPresent() && !harmless.test(word(piece.get(), 0))) {
                return Optional.of("leads through a msghdr's iovec to what may be the JVM's");
            }
        }
        return Optional.empty();
    }

    private Optional<String> headers(long pointer, long count) {
        int size = 8 * abi.pointerSize();
        Optional<String> refusal = Optional.empty();
        for (long i = 0; i < Math.min(count, VECTOR_LIMIT) && refusal.isEmpty(); i++) {
            refusal = header(pointer + i * size);
        }
        return refusal;
    }

    private Optional<String> socketcall(long number, long pointer) {
        if (number < 1 || number > CALLS.size()) {
            return Optional.empty();
        }
        long[] a = new long[Player.REGISTERS];
        for (int i = 0; i < a.length; i++) {
            int at = i;
            Optional<MemorySegment> found = memory.find(pointer + 4L * i, 4);
            found.ifPresent(bytes -> a[at] = bytes.get(INT, 0) & 0xffff_ffffL);
        }
        Syscall call = CALLS.get((int) number - 1);
        boolean isShort = number == 9 || number == 10;
        if (isShort) {
            a[4] = 0;
        }
        return pointers(call, a).or(() -> refusal(call, a));
    }

    /** The parameters of a call that socketcall(2) makes are pointers where those of the call itself are. */
    private Optional<String> pointers(Syscall call, long... a) {
        var parameters = call.parameters(Abi.X86_64);
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).isPointer() && !harmless.test(a[i])) {
                return Optional.of("uses an address that may be the JVM's");
            }
        }
        return Optional.empty();
    }

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
}

package dev.trapgate.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.kernel.ConstantNames;
import dev.trapgate.kernel.Gid;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.Uid;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * An option of sockets, with the type of its value.
 *
 * @param <T> the value's type
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>
 */
public final class SocketOption<T> {

    private static final int SOL_SOCKET = 1;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_IPV6 = 41;
    private static final int NANOS = 1_000;

    /** Whether an address may be bound that was in use a moment ago. */
    public static final SocketOption<Boolean> SO_REUSEADDR = ofBoolean(SOL_SOCKET, 2);
    /** The socket's type; can only be asked. */
    public static final SocketOption<SocketType> SO_TYPE = toAsk(3, memory -> new SocketType(word(memory)));
    /** The pending error; asking takes it away. Can only be asked. */
    public static final SocketOption<Optional<Errno>> SO_ERROR = toAsk(4, memory -> Errno.numbered(word(memory)));
    /** Whether datagrams may go to everyone. */
    public static final SocketOption<Boolean> SO_BROADCAST = ofBoolean(SOL_SOCKET, 6);
    /** Room for what is to be sent, in bytes; the kernel doubles what is set. */
    public static final SocketOption<Integer> SO_SNDBUF = ofInt(SOL_SOCKET, 7);
    /** Room for what was received, in bytes; the kernel doubles what is set. */
    public static final SocketOption<Integer> SO_RCVBUF = ofInt(SOL_SOCKET, 8);
    /** Whether an idle connection is tried. */
    public static final SocketOption<Boolean> SO_KEEPALIVE = ofBoolean(SOL_SOCKET, 9);
    /** How long close waits for what is to be sent, in seconds; zero throws it away; empty does not wait. */
    public static final SocketOption<Optional<Duration>> SO_LINGER = new SocketOption<>(
            SOL_SOCKET,
            13,
            2 * Integer.BYTES,
            memory -> word(memory) == 0
                    ? Optional.empty()
                    : Optional.of(Duration.ofSeconds(memory.get(Layouts.INT, Integer.BYTES))),
            (memory, linger) -> {
                memory.set(Layouts.INT, 0, linger.isPresent() ? 1 : 0);
                memory.set(Layouts.INT, Integer.BYTES, (int)
                        linger.orElse(Duration.ZERO).toSeconds());
            });
    /** Whether several sockets may share an address. */
    public static final SocketOption<Boolean> SO_REUSEPORT = ofBoolean(SOL_SOCKET, 15);
    /** Whether messages bring their sender's credentials. */
    public static final SocketOption<Boolean> SO_PASSCRED = ofBoolean(SOL_SOCKET, 16);
    /** Who is at the other end of a connected AF_UNIX socket; can only be asked. */
    public static final SocketOption<Credentials> SO_PEERCRED = new SocketOption<>(
            SOL_SOCKET,
            17,
            3 * Integer.BYTES,
            ucred -> new Credentials(
                    new Pid(word(ucred)),
                    new Uid(ucred.get(Layouts.INT, Integer.BYTES)),
                    new Gid(ucred.get(Layouts.INT, 2 * Integer.BYTES))),
            SocketOption::refuse);
    /** How many bytes must be there for receiving not to wait. */
    public static final SocketOption<Integer> SO_RCVLOWAT = ofInt(SOL_SOCKET, 18);
    /** Whether it listens; can only be asked. */
    public static final SocketOption<Boolean> SO_ACCEPTCONN = toAsk(30, memory -> word(memory) != 0);
    /** The family; can only be asked. */
    public static final SocketOption<AddressFamily> SO_DOMAIN = toAsk(39, memory -> new AddressFamily(word(memory)));
    /** How long receiving and accepting wait, in microseconds' precision; zero for ever. Since Linux 5.1. */
    public static final SocketOption<Duration> SO_RCVTIMEO_NEW = ofTimeval(66);
    /** How long sending and connecting wait, likewise. Since Linux 5.1. */
    public static final SocketOption<Duration> SO_SNDTIMEO_NEW = ofTimeval(67);
    /** Whether small pieces are sent at once. */
    public static final SocketOption<Boolean> TCP_NODELAY = ofBoolean(IPPROTO_TCP, 1);
    /** Whether only whole segments are sent. */
    public static final SocketOption<Boolean> TCP_CORK = ofBoolean(IPPROTO_TCP, 3);
    /** How long a connection is idle until it is tried, in seconds. */
    public static final SocketOption<Duration> TCP_KEEPIDLE = ofSeconds(4);
    /** How long between two tries, in seconds. */
    public static final SocketOption<Duration> TCP_KEEPINTVL = ofSeconds(5);
    /** How many tries without an answer end the connection. */
    public static final SocketOption<Integer> TCP_KEEPCNT = ofInt(IPPROTO_TCP, 6);
    /** Whether IPv4 does not come here too. */
    public static final SocketOption<Boolean> IPV6_V6ONLY = ofBoolean(IPPROTO_IPV6, 26);

    private final int level;
    private final int name;
    private final int size;
    private final Function<MemorySegment, T> reader;
    private final BiConsumer<MemorySegment, T> writer;

    private SocketOption(
            int level, int name, int size, Function<MemorySegment, T> reader, BiConsumer<MemorySegment, T> writer) {
        this.level = level;
        this.name = name;
        this.size = size;
        this.reader = reader;
        this.writer = writer;
    }

    /**
     * {@return any option that is an {@code int}}
     *
     * @param level whose option: {@code SOL_SOCKET}, {@code IPPROTO_TCP}, …
     * @param name the kernel's number of it
     */
    public static SocketOption<Integer> ofInt(int level, int name) {
        return new SocketOption<>(
                level, name, Integer.BYTES, SocketOption::word, (memory, value) -> memory.set(Layouts.INT, 0, value));
    }

    /**
     * {@return any option that is on or off}
     *
     * @param level whose option
     * @param name the kernel's number of it
     */
    public static SocketOption<Boolean> ofBoolean(int level, int name) {
        return new SocketOption<>(
                level,
                name,
                Integer.BYTES,
                memory -> word(memory) != 0,
                (memory, value) -> memory.set(Layouts.INT, 0, value ? 1 : 0));
    }

    private static <T> SocketOption<T> toAsk(int name, Function<MemorySegment, T> reader) {
        return new SocketOption<>(SOL_SOCKET, name, Integer.BYTES, reader, SocketOption::refuse);
    }

    private static SocketOption<Duration> ofSeconds(int name) {
        return new SocketOption<>(
                IPPROTO_TCP,
                name,
                Integer.BYTES,
                memory -> Duration.ofSeconds(word(memory)),
                (memory, value) -> memory.set(Layouts.INT, 0, Math.toIntExact(value.toSeconds())));
    }

    /** {@code struct __kernel_sock_timeval}, alike in every ABI. */
    private static SocketOption<Duration> ofTimeval(int name) {
        return new SocketOption<>(
                SOL_SOCKET,
                name,
                2 * Long.BYTES,
                memory -> Duration.ofSeconds(memory.get(Layouts.LONG, 0), memory.get(Layouts.LONG, Long.BYTES) * NANOS),
                (memory, value) -> {
                    memory.set(Layouts.LONG, 0, value.getSeconds());
                    memory.set(Layouts.LONG, Long.BYTES, value.getNano() / NANOS);
                });
    }

    private static int word(MemorySegment memory) {
        return memory.get(Layouts.INT, 0);
    }

    private static <T> void refuse(MemorySegment memory, T value) {
        throw new UnsupportedOperationException("this option can only be asked, not set to " + value);
    }

    /** {@return whose option: {@code SOL_SOCKET}, {@code IPPROTO_TCP}, …} */
    public int level() {
        return level;
    }

    /** {@return the kernel's number of it} */
    public int name() {
        return name;
    }

    int size() {
        return size;
    }

    T read(MemorySegment memory) {
        return reader.apply(memory);
    }

    void write(MemorySegment memory, T value) {
        writer.accept(memory, value);
    }

    /** {@return its C name, for example {@code TCP_NODELAY}} */
    @Override
    public String toString() {
        String group =
                switch (level) {
                    case SOL_SOCKET -> "so";
                    case IPPROTO_TCP -> "tcp";
                    case IPPROTO_IPV6 -> "ipv6";
                    default -> "level " + level;
                };
        return ConstantNames.render(group, name, Abi.X86_64);
    }
}

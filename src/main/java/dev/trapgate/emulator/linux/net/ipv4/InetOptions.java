package dev.trapgate.emulator.linux.net.ipv4;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import dev.trapgate.emulator.linux.net.core.OptionAnswer;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Options of the levels IPPROTO_IP, IPPROTO_IPV6 and IPPROTO_TCP: net/ipv4/ip_sockglue.c, net/ipv6/ipv6_sockglue.c and
 * {@code do_tcp_setsockopt} of net/ipv4/tcp.c, Linux 6.18, as far as numbers in a range go.
 */
final class InetOptions {

    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IP_TTL = 2;
    private static final int IP_RECVERR = 11;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_RECVERR = 25;
    private static final int IPV6_V6ONLY = 26;
    /** INET_ECN_MASK. */
    private static final int ECN_MASK = 3;

    /**
     * A number that a program may set.
     *
     * @param first what it is before
     * @param least the least that may be set
     * @param most the most
     * @param kept what is kept of it
     */
    private record NumberOption(int first, int least, int most, Kept kept) {

        static NumberOption of(int first, int least, int most) {
            return new NumberOption(first, least, most, Kept.WHOLE);
        }

        static NumberOption any(int first, Kept kept) {
            return new NumberOption(first, Integer.MIN_VALUE, Integer.MAX_VALUE, kept);
        }
    }

    /** What is kept of a number. */
    private enum Kept {
        WHOLE,
        /** Whether it is not 0. */
        TRUTH,
        /** Its low byte; of that, a connection has the congestion bits to itself. */
        SERVICE
    }

    private record Key(int level, int name) {}

    private static final Key KEEPS_ERRORS4 = new Key(IPPROTO_IP, IP_RECVERR);
    private static final Key KEEPS_ERRORS6 = new Key(IPPROTO_IPV6, IPV6_RECVERR);

    private static final Map<Key, NumberOption> KNOWN = Map.ofEntries(
            Map.entry(new Key(IPPROTO_TCP, 1), NumberOption.any(0, Kept.TRUTH)), // TCP_NODELAY
            Map.entry(new Key(IPPROTO_TCP, 3), NumberOption.any(0, Kept.TRUTH)), // TCP_CORK
            Map.entry(new Key(IPPROTO_TCP, 4), NumberOption.of(7200, 1, 32767)), // TCP_KEEPIDLE
            Map.entry(new Key(IPPROTO_TCP, 5), NumberOption.of(75, 1, 32767)), // TCP_KEEPINTVL
            Map.entry(new Key(IPPROTO_TCP, 6), NumberOption.of(9, 1, 127)), // TCP_KEEPCNT
            Map.entry(new Key(IPPROTO_TCP, 7), NumberOption.of(6, 1, 127)), // TCP_SYNCNT
            Map.entry(new Key(IPPROTO_TCP, 18), NumberOption.of(0, 0, Integer.MAX_VALUE)), // TCP_USER_TIMEOUT
            Map.entry(new Key(IPPROTO_IP, IP_TTL), NumberOption.of(64, 1, 255)),
            Map.entry(new Key(IPPROTO_IP, 1), NumberOption.any(0, Kept.SERVICE)), // IP_TOS
            Map.entry(new Key(IPPROTO_IP, 10), NumberOption.of(1, 0, 5)), // IP_MTU_DISCOVER
            Map.entry(KEEPS_ERRORS4, NumberOption.any(0, Kept.TRUTH)),
            Map.entry(KEEPS_ERRORS6, NumberOption.any(0, Kept.TRUTH)),
            Map.entry(new Key(IPPROTO_IPV6, IPV6_UNICAST_HOPS), NumberOption.of(64, 0, 255)),
            Map.entry(new Key(IPPROTO_IPV6, IPV6_V6ONLY), NumberOption.any(0, Kept.TRUTH)));

    private final InetSock sock;
    private final Map<Key, Integer> values = new HashMap<>();

    InetOptions(InetSock sock) {
        this.sock = sock;
    }

    /** {@return whether a socket of version 6 has nothing to do with version 4} */
    boolean isSixOnly() {
        return values.getOrDefault(new Key(IPPROTO_IPV6, IPV6_V6ONLY), 0) != 0;
    }

    /** {@return whether errors of datagrams of version 4 or 6 are kept for the program} */
    boolean keepsErrors(boolean four) {
        return values.getOrDefault(four ? KEEPS_ERRORS4 : KEEPS_ERRORS6, 0) != 0;
    }

    /** An address of version 6 alone leaves version 4 out: {@code __inet6_bind}. */
    void setSixOnly() {
        values.put(new Key(IPPROTO_IPV6, IPV6_V6ONLY), 1);
    }

    void inherit(InetOptions other) {
        values.putAll(other.values);
    }

    /** {@return whether the socket has options of a level} */
    boolean hasLevel(int level) {
        return switch (level) {
            case IPPROTO_TCP -> sock.kind().type() == SocketKind.SOCK_STREAM;
            case IPPROTO_IPV6 -> sock.isSix();
            default -> level == IPPROTO_IP;
        };
    }

    long set(Task current, int level, int name, Sock.OptionValue value) {
        NumberOption known = hasLevel(level) ? KNOWN.get(new Key(level, name)) : null;
        if (level == IPPROTO_TCP && hasLevel(level) && value.length() < Integer.BYTES) {
            return ErrorNumbers.EINVAL;
        }
        if (!hasLevel(level)) {
            return ErrorNumbers.ENOPROTOOPT;
        }
        if (known == null && level == IPPROTO_IP) {
            return ErrorNumbers.ENOPROTOOPT;
        }
        OptionalInt read = read(current, level, value);
        if (read.isEmpty()) {
            return ErrorNumbers.EFAULT;
        }
        return known == null
                ? ErrorNumbers.ENOPROTOOPT
                : put(new Key(level, name), known, read.getAsInt(), value.length());
    }

    /** A number; of IP's options a byte will do, and of those of version 6 NULL is 0. */
    private static OptionalInt read(Task current, int level, Sock.OptionValue value) {
        int size = value.length() >= Integer.BYTES ? Integer.BYTES : Math.min(value.length(), 1);
        if (size == 0 || (level == IPPROTO_IPV6 && (size < Integer.BYTES || value.address() == 0))) {
            return OptionalInt.of(0);
        }
        UserStructure number = UserStructure.from(current.uaccess(), value.address(), size);
        if (number == null) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                size == Integer.BYTES ? number.get32(0) : number.bytes().get(ValueLayout.JAVA_BYTE, 0) & 0xff);
    }

    private long put(Key key, NumberOption known, int value, int length) {
        boolean isSix = key.level() == IPPROTO_IPV6;
        if (isSix && (length < Integer.BYTES || (key.name() == IPV6_V6ONLY && sock.port() != 0))) {
            return ErrorNumbers.EINVAL;
        }
        boolean reset = value == -1
                && (key.equals(new Key(IPPROTO_IP, IP_TTL)) || key.equals(new Key(IPPROTO_IPV6, IPV6_UNICAST_HOPS)));
        if (!reset && (value < known.least() || value > known.most())) {
            return ErrorNumbers.EINVAL;
        }
        values.put(key, reset ? known.first() : kept(key, known, value));
        if (value == 0 && (key.equals(KEEPS_ERRORS4) || key.equals(KEEPS_ERRORS6))) {
            sock.forgetErrors();
        }
        return 0;
    }

    private int kept(Key key, NumberOption known, int value) {
        return switch (known.kept()) {
            case WHOLE -> value;
            case TRUTH -> value == 0 ? 0 : 1;
            case SERVICE -> {
                boolean isStream = sock.kind().type() == SocketKind.SOCK_STREAM;
                int mine = isStream ? 0xff & ~ECN_MASK : 0xff;
                yield (value & mine) | (values.getOrDefault(key, known.first()) & ~mine);
            }
        };
    }

    OptionAnswer get(int level, int name, int room) {
        NumberOption known = hasLevel(level) ? KNOWN.get(new Key(level, name)) : null;
        if (!hasLevel(level) && !sock.isSix()) {
            return OptionAnswer.refused(ErrorNumbers.EOPNOTSUPP);
        }
        if (known == null) {
            return OptionAnswer.refused(ErrorNumbers.ENOPROTOOPT);
        }
        int value = values.getOrDefault(new Key(level, name), known.first());
        boolean asByte = level == IPPROTO_IP && room > 0 && room < Integer.BYTES && value >= 0 && value <= 0xff;
        return asByte ? OptionAnswer.of(new byte[] {(byte) value}) : OptionAnswer.of(value);
    }
}

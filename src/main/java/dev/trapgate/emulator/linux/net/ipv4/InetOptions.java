package dev.trapgate.emulator.linux.net.ipv4;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import dev.trapgate.emulator.linux.net.core.OptionAnswer;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import java.util.HashMap;
import java.util.Map;

/**
 * Options of the levels IPPROTO_IP, IPPROTO_IPV6 and IPPROTO_TCP: net/ipv4/ip_sockglue.c, net/ipv6/ipv6_sockglue.c and
 * {@code do_tcp_setsockopt} of net/ipv4/tcp.c, Linux 6.18, as far as numbers in a range go.
 */
final class InetOptions {

    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;

    /**
     * A number that a program may set.
     *
     * @param first what it is before
     * @param least the least that may be set
     * @param most the most
     * @param flag whether anything but 0 is 1
     */
    private record NumberOption(int first, int least, int most, boolean flag) {

        static NumberOption of(int first, int least, int most) {
            return new NumberOption(first, least, most, false);
        }

        static NumberOption flag(int first) {
            return new NumberOption(first, Integer.MIN_VALUE, Integer.MAX_VALUE, true);
        }
    }

    private record Key(int level, int name) {}

    private static final Map<Key, NumberOption> KNOWN = Map.of(
            new Key(IPPROTO_TCP, 1), NumberOption.flag(0), // TCP_NODELAY
            new Key(IPPROTO_TCP, 3), NumberOption.flag(0), // TCP_CORK
            new Key(IPPROTO_TCP, 4), NumberOption.of(7200, 1, 32767), // TCP_KEEPIDLE
            new Key(IPPROTO_TCP, 5), NumberOption.of(75, 1, 32767), // TCP_KEEPINTVL
            new Key(IPPROTO_TCP, 6), NumberOption.of(9, 1, 127), // TCP_KEEPCNT
            new Key(IPPROTO_TCP, 7), NumberOption.of(6, 1, 127), // TCP_SYNCNT
            new Key(IPPROTO_TCP, 18), NumberOption.of(0, 0, Integer.MAX_VALUE), // TCP_USER_TIMEOUT
            new Key(IPPROTO_IP, 2), NumberOption.of(64, 1, 255), // IP_TTL
            new Key(IPPROTO_IPV6, IPV6_V6ONLY), NumberOption.flag(0));

    private final InetSock sock;
    private final Map<Key, Integer> values = new HashMap<>();

    InetOptions(InetSock sock) {
        this.sock = sock;
    }

    /** {@return whether a socket of version 6 has nothing to do with version 4} */
    boolean isSixOnly() {
        return values.getOrDefault(new Key(IPPROTO_IPV6, IPV6_V6ONLY), 0) != 0;
    }

    void inherit(InetOptions other) {
        values.putAll(other.values);
    }

    private boolean hasLevel(int level) {
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
        int read = 0;
        if (value.length() >= Integer.BYTES) {
            UserStructure number = UserStructure.from(current.uaccess(), value.address(), Integer.BYTES);
            if (number == null) {
                return ErrorNumbers.EFAULT;
            }
            read = number.get32(0);
        }
        return known == null ? ErrorNumbers.ENOPROTOOPT : put(new Key(level, name), known, read, value.length());
    }

    private long put(Key key, NumberOption known, int value, int length) {
        boolean sixOnly = key.name() == IPV6_V6ONLY && key.level() == IPPROTO_IPV6;
        if (sixOnly && (length < Integer.BYTES || sock.port() != 0)) {
            return ErrorNumbers.EINVAL;
        }
        boolean reset = key.level() == IPPROTO_IP && value == -1;
        if (!reset && (value < known.least() || value > known.most())) {
            return ErrorNumbers.EINVAL;
        }
        int kept = known.flag() ? Math.min(1, Math.abs(Integer.signum(value))) : value;
        values.put(key, reset ? known.first() : kept);
        return 0;
    }

    OptionAnswer get(int level, int name) {
        NumberOption known = hasLevel(level) ? KNOWN.get(new Key(level, name)) : null;
        if (!hasLevel(level) && !sock.isSix()) {
            return OptionAnswer.refused(ErrorNumbers.EOPNOTSUPP);
        }
        return known == null
                ? OptionAnswer.refused(ErrorNumbers.ENOPROTOOPT)
                : OptionAnswer.of(values.getOrDefault(new Key(level, name), known.first()));
    }
}

package dev.trapgate.emulator.linux.net.ipv4;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.net.core.ControlMessage;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.SockControl;
import dev.trapgate.emulator.linux.net.core.SockOptions;

/**
 * Ancillary data that goes with a datagram: {@code udp_cmsg_send} of net/ipv4/udp.c, {@code ip_cmsg_send} of
 * net/ipv4/ip_sockglue.c and {@code ip6_datagram_send_ctl} of net/ipv6/datagram.c, Linux 6.18. How long a datagram lives and
 * how it is served does not show on the loopback; addresses to send from, options and routes are refused.
 */
final class UdpControl {

    private static final int SOL_IP = 0;
    private static final int SOL_UDP = 17;
    private static final int SOL_IPV6 = 41;
    private static final int UDP_SEGMENT = 103;
    private static final int UDP_MAX_SEGMENTS = 128;
    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int IPV6_HOPLIMIT = 52;
    private static final int IPV6_DONTFRAG = 62;
    private static final int IPV6_TCLASS = 67;
    private static final int BYTE = 0xff;

    private final boolean six;
    private int segment;
    private boolean isForIp;

    /** Begins with none, for a datagram of version 6 or 4. */
    UdpControl(boolean six) {
        this.six = six;
    }

    /** {@return 0, −EINVAL or −EPERM} */
    long read(Task current, Message message) {
        long error = ControlMessage.forEach(message, this::own);
        return error == 0 && isForIp ? ControlMessage.forEach(message, piece -> ip(current, piece)) : error;
    }

    /** {@return how many bytes go into one datagram, 1 or more} */
    int segment(int size) {
        return segment == 0 ? Math.max(1, size) : segment;
    }

    /** {@return whether there are more segments than one call may send} */
    boolean isTooMuch(long size) {
        return segment != 0 && size > (long) segment * UDP_MAX_SEGMENTS;
    }

    private long own(ControlMessage piece) {
        if (piece.level() != SOL_UDP) {
            isForIp = true;
            return 0;
        }
        if (piece.type() != UDP_SEGMENT || piece.size() != Short.BYTES) {
            return ErrorNumbers.EINVAL;
        }
        segment = piece.get16(0);
        return 0;
    }

    private long ip(Task current, ControlMessage piece) {
        if (piece.level() == SockOptions.SOL_SOCKET) {
            return SockControl.check(current, piece);
        }
        if (piece.level() != (six ? SOL_IPV6 : SOL_IP)) {
            return 0;
        }
        boolean isNumber = piece.size() == Integer.BYTES;
        int number = isNumber ? piece.get32(0) : -1;
        boolean fine = six ? isFine6(piece.type(), isNumber, number) : isFine4(piece, number);
        return fine ? 0 : ErrorNumbers.EINVAL;
    }

    private static boolean isFine6(int type, boolean isNumber, int number) {
        return switch (type) {
            case IPV6_HOPLIMIT, IPV6_TCLASS -> isNumber && number >= -1 && number <= BYTE;
            case IPV6_DONTFRAG -> number == 0 || number == 1;
            default -> false;
        };
    }

    private static boolean isFine4(ControlMessage piece, int number) {
        return switch (piece.type()) {
            case IP_TTL -> number >= 1 && number <= BYTE;
            case IP_TOS -> piece.size() == 1 || (number >= 0 && number <= BYTE);
            default -> false;
        };
    }
}

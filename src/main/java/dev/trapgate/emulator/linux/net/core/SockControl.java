package dev.trapgate.emulator.linux.net.core;

import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/**
 * Ancillary data of level SOL_SOCKET that a socket of the Internet is sent: {@code __sock_cmsg_send} of net/core/sock.c,
 * Linux 6.18. Nothing comes of it here: marks, priorities and time stamps are for networks beyond the loopback.
 */
public final class SockControl {

    private static final int SCM_RIGHTS = 1;
    private static final int SCM_CREDENTIALS = 2;
    private static final int SO_PRIORITY = 12;
    private static final int SO_MARK = 36;
    private static final int SO_TIMESTAMPING_OLD = 37;
    private static final int SO_TIMESTAMPING_NEW = 65;
    /** SOF_TIMESTAMPING_TX_RECORD_MASK. */
    private static final int TIMESTAMPING = 0x4_0303;

    private static final int HIGHEST_PRIORITY = 6;

    private SockControl() {}

    /**
     * Looks at all that comes with a message for a stream: {@code sock_cmsg_send}.
     *
     * @param current the calling task
     * @param message the message
     * @return 0; −EINVAL for a length that does not fit or an unknown type; −EPERM for what the task may not ask for
     */
    public static long check(Task current, Message message) {
        return ControlMessage.forEach(
                message, piece -> piece.level() == SockOptions.SOL_SOCKET ? check(current, piece) : 0);
    }

    /** {@return what comes of one piece of level SOL_SOCKET: 0, −EINVAL or −EPERM} */
    public static long check(Task current, ControlMessage piece) {
        return switch (piece.type()) {
            // These belong to AF_UNIX.
            case SCM_RIGHTS, SCM_CREDENTIALS -> 0;
            case SO_MARK -> isPrivileged(current) ? number(piece) : ErrorNumbers.EPERM;
            case SO_PRIORITY -> priority(current, piece);
            case SO_TIMESTAMPING_OLD, SO_TIMESTAMPING_NEW -> {
                long error = number(piece);
                boolean known = error == 0 && (piece.get32(0) & ~TIMESTAMPING) == 0;
                yield known ? 0 : ErrorNumbers.EINVAL;
            }
            default -> ErrorNumbers.EINVAL;
        };
    }

    private static long number(ControlMessage piece) {
        return piece.size() == Integer.BYTES ? 0 : ErrorNumbers.EINVAL;
    }

    private static long priority(Task current, ControlMessage piece) {
        if (piece.size() != Integer.BYTES) {
            return ErrorNumbers.EINVAL;
        }
        int wanted = piece.get32(0);
        boolean usual = wanted >= 0 && wanted <= HIGHEST_PRIORITY;
        return usual || isPrivileged(current) ? 0 : ErrorNumbers.EPERM;
    }

    private static boolean isPrivileged(Task current) {
        return current.credentials().capable(Capability.CAP_NET_RAW)
                || current.credentials().capable(Capability.CAP_NET_ADMIN);
    }
}

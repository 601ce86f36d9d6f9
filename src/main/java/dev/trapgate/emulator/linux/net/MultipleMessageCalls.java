package dev.trapgate.emulator.linux.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.Sock;

/** Several messages with one call: {@code __sys_sendmmsg} and {@code do_recvmmsg} of net/socket.c, Linux 6.18. */
final class MultipleMessageCalls {

    private static final int MSG_WAITFORONE = 0x1_0000;
    private static final int MSG_BATCH = 0x4_0000;
    private static final long NSEC_PER_SEC = 1_000_000_000;

    private MultipleMessageCalls() {}

    /** {@return the size of {@code struct mmsghdr}: the length behind the header, and padding} */
    private static int entry(Abi abi) {
        return MessageHeader.size(abi) + abi.pointerSize();
    }

    /** {@code sendmmsg(2)}. */
    static long sendmmsg(Task current, Abi abi, long... a) {
        int flags = (int) a[3];
        if (abi != Abi.I386 && (flags & Message.MSG_CMSG_COMPAT) != 0) {
            return ErrorNumbers.EINVAL;
        }
        long count = Math.min(a[2] & 0xffff_ffffL, IovIter.UIO_MAXIOV);
        return SocketCalls.with(current, a[0], (sock, file) -> sendAll(current, abi, sock, file, a[1], count, flags));
    }

    private static long sendAll(Task current, Abi abi, Sock sock, File file, long address, long count, int flags) {
        long error = 0;
        int done = 0;
        boolean whole = true;
        while (done < count && whole) {
            long at = address + (long) done * entry(abi);
            int more = done + 1 < count ? MSG_BATCH : 0;
            error = MessageCalls.sendOne(current, abi, sock, file, at, flags | more);
            if (error >= 0 && !current.uaccess().putUser32(at + MessageHeader.size(abi), error)) {
                error = ErrorNumbers.EFAULT;
            }
            if (error < 0) {
                break;
            }
            done++;
            whole = current.iovIter().count() == 0;
        }
        return done > 0 ? done : Math.min(0, error);
    }

    /** {@code recvmmsg(2)} with the first {@code struct timespec} of the program's convention. */
    static long recvmmsg(Task current, Abi abi, long... a) {
        return recvmmsg(current, abi, abi == Abi.I386 ? Integer.BYTES : Long.BYTES, a);
    }

    /** {@code recvmmsg_time64} of i386. */
    static long recvmmsgTime64(Task current, Abi abi, long... a) {
        return recvmmsg(current, abi, Long.BYTES, a);
    }

    private static long recvmmsg(Task current, Abi abi, int field, long... a) {
        int flags = (int) a[3];
        if (abi != Abi.I386 && (flags & Message.MSG_CMSG_COMPAT) != 0) {
            return ErrorNumbers.EINVAL;
        }
        if (a[4] == 0) {
            return receive(current, abi, Long.MAX_VALUE, a);
        }
        UserStructure time = UserStructure.from(current.uaccess(), a[4], 2 * field);
        if (time == null) {
            return ErrorNumbers.EFAULT;
        }
        long seconds = field == Long.BYTES ? time.get64(0) : time.get32(0);
        long nanos = field == Long.BYTES && abi != Abi.I386 ? time.get64(field) : time.get32(field);
        if (seconds < 0 || nanos < 0 || nanos >= NSEC_PER_SEC) {
            return ErrorNumbers.EINVAL;
        }
        long span = seconds > Long.MAX_VALUE / NSEC_PER_SEC / 4 ? Long.MAX_VALUE / 4 : seconds * NSEC_PER_SEC + nanos;
        long end = System.nanoTime() + span;
        long result = receive(current, abi, end, a);
        if (result <= 0) {
            return result;
        }
        long left = Math.max(0, span == 0 ? 0 : end - System.nanoTime());
        time.setWord(0, left / NSEC_PER_SEC, field);
        time.setWord(field, left % NSEC_PER_SEC, field);
        return time.to(current.uaccess(), a[4]) ? result : ErrorNumbers.EFAULT;
    }

    private static long receive(Task current, Abi abi, long end, long... a) {
        return SocketCalls.with(current, a[0], (sock, file) -> {
            int flags = (int) a[3];
            long error = (flags & Message.MSG_ERRQUEUE) != 0 ? 0 : sock.net().locked(sock::takeError);
            return error != 0
                    ? error
                    : receiveAll(current, abi, sock, file, a[1], a[2] & 0xffff_ffffL, flags, end);
        });
    }

    private static long receiveAll(
            Task current, Abi abi, Sock sock, File file, long address, long count, int wanted, long end) {
        int flags = wanted & ~MSG_WAITFORONE;
        long error = 0;
        long done = 0;
        while (done < count) {
            long at = address + done * entry(abi);
            MessageCalls.Received received = MessageCalls.receiveOne(current, abi, sock, file, at, flags);
            error = received.result();
            if (error >= 0 && !current.uaccess().putUser32(at + MessageHeader.size(abi), error)) {
                error = ErrorNumbers.EFAULT;
            }
            if (error < 0) {
                break;
            }
            done++;
            flags |= (wanted & MSG_WAITFORONE) != 0 ? Message.MSG_DONTWAIT : 0;
            boolean over = end != Long.MAX_VALUE && end - System.nanoTime() <= 0;
            if (over || (received.told() & Message.MSG_OOB) != 0) {
                break;
            }
        }
        return finish(sock, done, error);
    }

    /** What stops a call that has received something is told by the next one. */
    private static long finish(Sock sock, long done, long error) {
        if (error >= 0) {
            return done;
        }
        if (done == 0) {
            return error;
        }
        if (error != ErrorNumbers.EAGAIN) {
            sock.net().lock();
            sock.setError(error);
            sock.net().unlock();
        }
        return done;
    }
}

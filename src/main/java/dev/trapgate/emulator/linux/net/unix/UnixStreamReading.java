package dev.trapgate.emulator.linux.net.unix;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.Scm;
import dev.trapgate.emulator.linux.net.core.ScmCookie;
import dev.trapgate.emulator.linux.net.core.SkBuff;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SockOptions;
import dev.trapgate.emulator.linux.net.core.Ucred;
import org.jspecify.annotations.Nullable;

/** One read of a stream: {@code unix_stream_read_generic} of net/unix/af_unix.c, Linux 6.18. */
final class UnixStreamReading {

    private final Task current;
    private final UnixStream sock;
    private final Message message;
    private final boolean peeks;
    private final boolean tellsSender;
    private long copied;
    private ScmCookie cookie = ScmCookie.NONE;
    private @Nullable Ucred sender;
    private boolean faulted;

    /** Whether a read goes on after a buffer. */
    private enum Next {
        GO_ON,
        STOP
    }

    /**
     * Prepares a read.
     *
     * @param current the calling task
     * @param sock a connected stream
     * @param message what is read goes there
     */
    UnixStreamReading(Task current, UnixStream sock, Message message) {
        this.current = current;
        this.sock = sock;
        this.message = message;
        this.peeks = message.has(Message.MSG_PEEK);
        this.tellsSender = sock.options().has(SockOptions.SO_PASSCRED);
    }

    /** {@return how many bytes were read, or why none were} */
    long run() {
        long enough = sock.options().lowWater(message, message.data().count());
        long deadline = sock.receiveDeadline(message);
        int skip = sock.options().peekOffset(message);
        long error = 0;
        Next next = Next.GO_ON;
        while (error == 0 && next == Next.GO_ON) {
            if (hasMore(skip)) {
                next = peeks ? peek(skip) : take();
            } else if (copied >= enough || (sock.error() == 0 && sock.isShutdown(Sock.RCV_SHUTDOWN))) {
                break;
            } else {
                error = sock.takeError();
                error = error == 0 ? await(deadline, skip) : error;
            }
        }
        return finish(error);
    }

    private long finish(long error) {
        if (error == ErrorNumbers.EINTR || error == ErrorNumbers.ERESTARTSYS) {
            cookie.drop();
        } else {
            Scm.deliver(current, sock, message, cookie);
        }
        if (copied > 0) {
            return copied;
        }
        return faulted ? ErrorNumbers.EFAULT : error;
    }

    private boolean hasMore(int skip) {
        return sock.receiveQueue().stream().mapToLong(SkBuff::length).sum() > skip;
    }

    private long await(long deadline, int skip) {
        return sock.await(
                current,
                sock.queue(),
                WaitQueue.Share.SHARED,
                deadline,
                () -> hasMore(skip) || sock.error() != 0 || sock.isShutdown(Sock.RCV_SHUTDOWN));
    }

    /** Bytes of different senders are not read at once where the program is told the sender. */
    private boolean isOther(SkBuff buffer) {
        Ucred from = buffer.scm().sender();
        if (tellsSender && sender != null) {
            return !sender.equals(from);
        }
        sender = from;
        cookie = new ScmCookie(from, cookie.files());
        return false;
    }

    private long copy(SkBuff buffer, int skip) {
        if (copied == 0 && message.name() == null) {
            message.setName(buffer.from());
        }
        long size = Math.min(buffer.length() - skip, message.data().count());
        faulted = message.data().copyTo(buffer.unread(), skip, size) < size;
        copied += faulted ? 0 : size;
        return size;
    }

    /** Reads from the first buffer. */
    private Next take() {
        SkBuff first = sock.receiveQueue().element();
        if (isOther(first)) {
            return Next.STOP;
        }
        long size = copy(first, 0);
        if (faulted) {
            return Next.STOP;
        }
        first.consume((int) size);
        sock.options().movePeekOffset(message, (int) size);
        boolean hadFiles = !first.scm().files().isEmpty();
        if (hadFiles) {
            cookie = new ScmCookie(cookie.sender(), first.detachFiles());
        }
        if (first.length() > 0) {
            return message.data().count() > 0 ? Next.GO_ON : Next.STOP;
        }
        sock.receiveQueue().remove();
        first.free();
        return hadFiles || message.data().count() == 0 ? Next.STOP : Next.GO_ON;
    }

    /** Looks at the buffers in their order. */
    private Next peek(int offset) {
        int skip = offset;
        for (SkBuff buffer : sock.receiveQueue()) {
            if (skip >= buffer.length()) {
                skip -= buffer.length();
                continue;
            }
            if (isOther(buffer)) {
                break;
            }
            long size = copy(buffer, skip);
            if (faulted) {
                break;
            }
            sock.options().movePeekOffset(message, (int) size);
            if (!buffer.scm().files().isEmpty()) {
                cookie = sock.peeked(buffer.scm());
                break;
            }
            skip = 0;
        }
        return Next.STOP;
    }
}

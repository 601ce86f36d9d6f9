package dev.trapgate.emulator.linux.net;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.util.List;

/** {@code socketcall(2)}, one number for all socket calls of i386: net/socket.c and net/compat.c, Linux 6.18. */
public final class SocketCall {

    /** Which calls there are, and how many words of arguments each has; the first is number 1. */
    private enum Call {
        SOCKET(3, SocketCalls::socket),
        BIND(3, SocketCalls::bind),
        CONNECT(3, SocketCalls::connect),
        LISTEN(2, SocketCalls::listen),
        ACCEPT(3, SocketCalls::accept),
        GETSOCKNAME(3, SocketCalls::getsockname),
        GETPEERNAME(3, SocketCalls::getpeername),
        SOCKETPAIR(4, SocketCalls::socketpair),
        SEND(4, MessageCalls::send),
        RECV(4, MessageCalls::recv),
        SENDTO(6, MessageCalls::sendto),
        RECVFROM(6, MessageCalls::recvfrom),
        SHUTDOWN(2, SocketCalls::shutdown),
        SETSOCKOPT(5, SocketCalls::setsockopt),
        GETSOCKOPT(5, SocketCalls::getsockopt),
        SENDMSG(3, MessageCalls::sendmsg),
        RECVMSG(3, MessageCalls::recvmsg),
        ACCEPT4(4, SocketCalls::accept4),
        RECVMMSG(5, MultipleMessageCalls::recvmmsg),
        SENDMMSG(4, MultipleMessageCalls::sendmmsg);

        private static final List<Call> ALL = List.of(values());

        private final int words;
        private final SocketOperation operation;

        Call(int words, SocketOperation operation) {
            this.words = words;
            this.operation = operation;
        }
    }

    private SocketCall() {}

    /** The number is checked before the arguments are read. */
    public static long socketcall(Task current, PtRegs regs) {
        int number = (int) regs.argument(1);
        if (number < 1 || number > Call.ALL.size()) {
            return ErrorNumbers.EINVAL;
        }
        Call call = Call.ALL.get(number - 1);
        UserStructure words = UserStructure.from(current.uaccess(), regs.argument(2), call.words * Integer.BYTES);
        if (words == null) {
            return ErrorNumbers.EFAULT;
        }
        long[] a = new long[SocketOperation.ARGUMENTS];
        for (int i = 0; i < call.words; i++) {
            a[i] = words.getUnsigned32(i * Integer.BYTES);
        }
        return call.operation.call(current, regs.abi(), a);
    }
}

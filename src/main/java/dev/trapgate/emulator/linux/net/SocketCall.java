package dev.trapgate.emulator.linux.net;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.util.List;

/** {@code socketcall(2)}, one number for all socket calls of i386: net/socket.c and net/compat.c, Linux 6.18. */
public final class SocketCall {

    /**
     * A call.
     *
     * @param words how many words of arguments it has
     * @param operation what makes it
     */
    private record Call(int words, SocketOperation operation) {}

    /** The calls, SYS_SOCKET, which is number 1, first. */
    private static final List<Call> CALLS = List.of(
            new Call(3, SocketCalls::socket),
            new Call(3, SocketCalls::bind),
            new Call(3, SocketCalls::connect),
            new Call(2, SocketCalls::listen),
            new Call(3, SocketCalls::accept),
            new Call(3, SocketCalls::getsockname),
            new Call(3, SocketCalls::getpeername),
            new Call(4, SocketCalls::socketpair),
            new Call(4, MessageCalls::send),
            new Call(4, MessageCalls::recv),
            new Call(6, MessageCalls::sendto),
            new Call(6, MessageCalls::recvfrom),
            new Call(2, SocketCalls::shutdown),
            new Call(5, SocketCalls::setsockopt),
            new Call(5, SocketCalls::getsockopt),
            new Call(3, MessageCalls::sendmsg),
            new Call(3, MessageCalls::recvmsg),
            new Call(4, SocketCalls::accept4),
            new Call(5, MultipleMessageCalls::recvmmsg),
            new Call(4, MultipleMessageCalls::sendmmsg));

    private SocketCall() {}

    /** The number is checked before the arguments are read. */
    public static long socketcall(Task current, PtRegs regs) {
        int number = (int) regs.argument(1);
        if (number < 1 || number > CALLS.size()) {
            return ErrorNumbers.EINVAL;
        }
        Call call = CALLS.get(number - 1);
        UserStructure words = UserStructure.from(current.uaccess(), regs.argument(2), call.words() * Integer.BYTES);
        if (words == null) {
            return ErrorNumbers.EFAULT;
        }
        long[] a = new long[SocketOperation.ARGUMENTS];
        for (int i = 0; i < call.words(); i++) {
            a[i] = words.getUnsigned32(i * Integer.BYTES);
        }
        return call.operation().call(current, regs.abi(), a);
    }
}

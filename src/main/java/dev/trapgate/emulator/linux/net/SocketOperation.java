package dev.trapgate.emulator.linux.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.Task;

/** A socket call with its arguments, wherever they came from: registers, or memory in socketcall(2). */
@FunctionalInterface
interface SocketOperation {

    /** The most arguments that a socket call has. */
    int ARGUMENTS = 6;

    /**
     * Does what the call asks.
     *
     * @param current the calling task
     * @param abi by which convention
     * @param a its six arguments
     * @return the call's value, or an error number negated
     */
    long call(Task current, Abi abi, long... a);

    /** {@return the handler that takes the arguments from registers} */
    default SyscallHandler direct() {
        return (current, regs) -> {
            long[] a = new long[ARGUMENTS];
            for (int i = 0; i < ARGUMENTS; i++) {
                a[i] = regs.argument(i + 1);
            }
            return call(current, regs.abi(), a);
        };
    }
}

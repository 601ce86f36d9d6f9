package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Arguments wider than a register, and values in a program's memory. */
final class Arguments {

    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Arguments() {}

    /** {@return a 64-bit argument of i386: its low half at a position, its high half at the next} */
    static long join(PtRegs regs, int position) {
        return regs.argument(position) | regs.argument(position + 1) << 32;
    }

    /** {@return 0 once eight bytes were written, or −EFAULT} */
    static long putLong(Task current, long to, long value) {
        current.buffer().set(LONG, 0, value);
        return current.copyBufferToUser(to, Long.BYTES);
    }

    /** {@return whether the start of the task's buffer was filled from the program's memory} */
    static boolean fetch(Task current, long from, int size) {
        MemorySegment buffer = current.buffer();
        return current.uaccess().copyFromUser(buffer, from, size) == 0;
    }

    /** {@return 0, or −EFAULT} */
    static long orFault(boolean done) {
        return done ? 0 : ErrorNumbers.EFAULT;
    }
}

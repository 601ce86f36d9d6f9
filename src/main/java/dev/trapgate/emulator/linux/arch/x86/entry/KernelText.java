package dev.trapgate.emulator.linux.arch.x86.entry;

import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's code as addresses: what gates, MSRs and the tables of calls hold, and the Java behind them. Entry points
 * come first, then the functions of the calls, sixteen bytes each.
 */
public final class KernelText {

    private static final int STRIDE_SHIFT = 4;
    private static final int FUNCTIONS = 0x2000 >> STRIDE_SHIFT;
    private static final int FIRST_SIZE = 1024;

    private final long base;
    private volatile @Nullable SyscallHandler[] functions = new @Nullable SyscallHandler[FIRST_SIZE];
    private int count;

    /**
     * Places the code.
     *
     * @param base its first address
     */
    KernelText(long base) {
        this.base = base;
    }

    /** {@return the address of an entry point, one of {@link EntryPoint}'s} */
    long address(int point) {
        return base + ((long) point << STRIDE_SHIFT);
    }

    /** {@return the address of a vector's handler} */
    long exception(int vector) {
        return address(EntryPoint.EXCEPTIONS + vector);
    }

    /** {@return the entry point's number that an address is, see {@link EntryPoint}; −1 if it is none} */
    int entry(long address) {
        long slot = (address - base) >>> STRIDE_SHIFT;
        return (address & 15) == 0 && slot < FUNCTIONS ? (int) slot : -1;
    }

    /** {@return the address of a function, a new one each time} */
    synchronized long place(SyscallHandler function) {
        @Nullable SyscallHandler[] all = count == functions.length ? Arrays.copyOf(functions, 2 * count) : functions;
        all[count] = function;
        // A reader sees the function that was placed before the array was stored.
        functions = all;
        count++;
        return base + ((long) (FUNCTIONS + count - 1) << STRIDE_SHIFT);
    }

    /** {@return the function at an address, or null if none is there} */
    @Nullable
    SyscallHandler function(long address) {
        long index = ((address - base) >>> STRIDE_SHIFT) - FUNCTIONS;
        @Nullable SyscallHandler[] all = functions;
        return (address & 15) == 0 && index >= 0 && index < all.length ? all[(int) index] : null;
    }
}

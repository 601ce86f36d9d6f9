package dev.trapgate.host;

import dev.trapgate.abi.Abi;

/**
 * Clocks with negative ids, made from a process, a thread or the descriptor of a device. A device's clock is read behind
 * a semaphore, so a call that names such a clock may sleep, although reading a clock is otherwise prompt.
 *
 * @see <a href="https://github.com/torvalds/linux/blob/v6.18/kernel/time/posix-clock.c">posix-clock.c</a>
 */
public final class DynamicClock {

    private DynamicClock() {}

    /**
     * Tells whether a call reads such a clock; it must not be made by critical linkage then.
     *
     * @param abi whose numbers {@code number} is one of
     * @param number the call's number
     * @param clock the call's first argument
     * @return whether the call reads a clock, and that clock's id is negative
     */
    public static boolean isReadBy(Abi abi, int number, long clock) {
        return (int) clock < 0 && readsAClock(abi, number);
    }

    /** Numbers of arch/x86/entry/syscalls: clock_gettime, clock_getres, and on i386 their 64-bit forms. */
    private static boolean readsAClock(Abi abi, int number) {
        return abi == Abi.I386
                ? number == 265 || number == 266 || number == 403 || number == 406
                : number == 228 || number == 229;
    }
}

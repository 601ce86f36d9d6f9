package dev.trapgate.host.vdso;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import java.util.Arrays;
import java.util.Optional;

/**
 * The functions that the x86-64 vDSO exports in version {@code LINUX_2.6}, and the system calls they stand for.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/vdso.7.html">vdso(7), "x86-64 functions"</a>
 */
public enum VdsoFunction {
    /** {@code clock_gettime(2)}. */
    CLOCK_GETTIME(Syscall.CLOCK_GETTIME),
    /** {@code gettimeofday(2)}. */
    GETTIMEOFDAY(Syscall.GETTIMEOFDAY),
    /** {@code time(2)}. */
    TIME(Syscall.TIME),
    /** {@code getcpu(2)}. */
    GETCPU(Syscall.GETCPU),
    /** {@code clock_getres(2)}, since Linux 5.3. */
    CLOCK_GETRES(Syscall.CLOCK_GETRES),
    /** {@code getrandom(2)}, since Linux 6.11. */
    GETRANDOM(Syscall.GETRANDOM);

    /** The version of all of them. */
    public static final String VERSION = "LINUX_2.6";

    private final Syscall call;

    VdsoFunction(Syscall call) {
        this.call = call;
    }

    /**
     * Finds the function that stands for a call.
     *
     * @param number the call's number on x86-64
     * @return the function; empty if the vDSO has none for it
     */
    public static Optional<VdsoFunction> of(int number) {
        return Arrays.stream(values())
                .filter(function -> function.number() == number)
                .findFirst();
    }

    /** {@return the system call it stands for} */
    public Syscall call() {
        return call;
    }

    /** {@return that call's number on x86-64} */
    int number() {
        return call.number(Abi.X86_64);
    }

    /** {@return the function's symbol, for example {@code __vdso_clock_gettime}} */
    public String symbol() {
        return "__vdso_" + call.callName();
    }
}

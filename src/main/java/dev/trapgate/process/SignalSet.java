package dev.trapgate.process;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A set of signals, {@code sigset_t} of the kernel.
 *
 * @param bits a bit for each signal, that of number 1 the lowest
 * @see <a href="https://man7.org/linux/man-pages/man3/sigset_t.3type.html">sigset_t(3type)</a>
 */
public record SignalSet(long bits) {

    /** No signal. */
    public static final SignalSet NONE = new SignalSet(0);

    /** Its size in bytes, as calls are told. */
    static final long SIZE = 8;

    /**
     * {@return the set of those signals}
     *
     * @param signals the signals
     */
    public static SignalSet of(Signal... signals) {
        long bits = 0;
        for (Signal signal : signals) {
            bits |= bit(signal);
        }
        return new SignalSet(bits);
    }

    private static long bit(Signal signal) {
        return 1L << (signal.number() - 1);
    }

    /**
     * {@return whether a signal is in it}
     *
     * @param signal the signal
     */
    public boolean contains(Signal signal) {
        return (bits & bit(signal)) != 0;
    }

    /** {@return for example {@code [SIGUSR1, SIGCHLD]}} */
    @Override
    public String toString() {
        return IntStream.range(0, Long.SIZE)
                .filter(index -> (bits >>> index & 1) != 0)
                .mapToObj(index -> new Signal(index + 1).toString())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}

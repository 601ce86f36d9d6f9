package dev.trapgate.bench.call;

import dev.trapgate.entry.UserMemory;
import dev.trapgate.host.i386.Companion;
import dev.trapgate.host.i386.CompanionVdso;
import dev.trapgate.host.i386.CompanionWay;
import dev.trapgate.host.i386.SharedCompanion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Loops in the 32-bit companion process, with the time-stamp counter's advance around each. One thread at a time uses
 * them.
 */
final class CompanionLoops {

    /** How many fast calls a loop makes: the way to the companion and back, some 20 µs, is then lost in the noise. */
    static final int FAST = 20_000;
    /** How many slow calls a loop makes. */
    static final int SLOW = 1000;

    private static final AtomicLong CYCLES = new AtomicLong();

    private final Companion companion;
    private final long buffer;

    private CompanionLoops(Companion companion, long buffer) {
        this.companion = companion;
        this.buffer = buffer;
    }

    static CompanionLoops start() {
        try {
            Companion companion = SharedCompanion.get();
            UserMemory.Scope scope = companion.memory().open(); // for as long as there are benchmarks
            return new CompanionLoops(companion, scope.allocate(16, 16).address());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** {@return what the last of {@code count} calls answered} */
    long run(CompanionWay way, int count, long number, long argument) {
        Companion.Timing timing = companion.time(way, count, number, argument, buffer);
        CYCLES.addAndGet(timing.cycles());
        return timing.result();
    }

    /** {@return the address of a function of the companion's vDSO} */
    long function(String name) {
        return CompanionVdso.of(companion)
                .flatMap(vdso -> vdso.address(name).stream().boxed().findFirst())
                .orElseThrow(() -> new NoSuchElementException("the 32-bit vDSO does not export " + name));
    }

    /** {@return the cycles of all loops so far, by the time-stamp counter} */
    static long allCycles() {
        return CYCLES.get();
    }
}

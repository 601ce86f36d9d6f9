package dev.trapgate.examples;

import dev.trapgate.Linux;
import dev.trapgate.event.TimerSetting;
import dev.trapgate.event.TimerfdFlags;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.time.Clock;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Beats in time: what it misses in one wait is told by the next, so that it never drifts. */
final class Metronome {

    private Metronome() {}

    /** Calls back at each beat, with how many beats there have been. */
    static void beat(Linux linux, Duration interval, long beats, LongConsumer listener) {
        try (FileDescriptor timer = linux.event().timerfd(Clock.CLOCK_MONOTONIC, TimerfdFlags.TFD_CLOEXEC)) {
            linux.event().timerfdSettime(timer, interval, interval, TimerSetting.NONE);
            long all = 0;
            while (all < beats) {
                all += Linux.retryOnEintr(() -> linux.event().take(timer));
                listener.accept(all);
            }
        }
    }

    public static void main(String[] arguments) {
        beat(Linux.host(), Duration.ofMillis(500), 8, all -> System.out.println("beat " + all));
    }
}

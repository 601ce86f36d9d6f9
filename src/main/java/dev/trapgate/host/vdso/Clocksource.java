package dev.trapgate.host.vdso;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel reads time from. It decides whether the vDSO can answer without the kernel. */
public final class Clocksource {

    private static final Path CURRENT = Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource");

    private Clocksource() {}

    /** {@return the current clocksource's name, for example {@code tsc}; why it is not known where /sys does not tell} */
    public static String current() {
        try {
            return Files.readString(CURRENT).strip();
        } catch (IOException unreadable) {
            return "not known: " + unreadable;
        }
    }
}

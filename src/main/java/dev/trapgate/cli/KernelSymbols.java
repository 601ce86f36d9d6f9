package dev.trapgate.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Addresses of some symbols of the running kernel, as far as it tells them. */
final class KernelSymbols {

    /** What an address reads as where {@code kptr_restrict} hides it. */
    private static final long HIDDEN = 0;

    private static final String UNKNOWN = "-";

    private final Map<String, Long> addresses;
    private final Optional<String> obstacle;

    private KernelSymbols(Map<String, Long> addresses, Optional<String> obstacle) {
        this.addresses = addresses;
        this.obstacle = obstacle;
    }

    /**
     * Looks symbols up.
     *
     * @param kallsyms the kernel's symbol table, {@code /proc/kallsyms}: lines of address, type, name
     * @param names the symbols' names
     * @return what could be found; a file that cannot be read leaves its reason in {@link #remark()}
     */
    static KernelSymbols read(Path kallsyms, Collection<String> names) {
        Set<String> wanted = Set.copyOf(names);
        Map<String, Long> addresses = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(kallsyms, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("[ \t]", 4);
                if (fields.length >= 3 && wanted.contains(fields[2])) {
                    addresses.put(fields[2], Long.parseUnsignedLong(fields[0], 16));
                }
            }
        } catch (IOException unreadable) {
            return new KernelSymbols(
                    Map.of(), Optional.of("No addresses: " + kallsyms + " cannot be read (" + unreadable + ")."));
        }
        return new KernelSymbols(addresses, hiding(kallsyms, addresses));
    }

    private static Optional<String> hiding(Path kallsyms, Map<String, Long> addresses) {
        return addresses.containsValue(HIDDEN)
                ? Optional.of("No addresses: " + kallsyms + " shows zeros to this user"
                        + " (/proc/sys/kernel/kptr_restrict; root with CAP_SYSLOG sees them while it is 0 or 1).")
                : Optional.empty();
    }

    /** {@return a symbol's address in sixteen hexadecimal digits; or that this kernel lacks it, or {@code -} if it is hidden} */
    String address(String name) {
        if (obstacle.isPresent()) {
            return UNKNOWN;
        }
        return addresses.containsKey(name) ? String.format("%016x", addresses.get(name)) : "not in this kernel";
    }

    /** {@return why every address is missing, if it is} */
    Optional<String> remark() {
        return obstacle;
    }
}

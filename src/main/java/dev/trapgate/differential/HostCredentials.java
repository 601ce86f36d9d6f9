package dev.trapgate.differential;

import dev.trapgate.emulator.linux.kernel.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whose rights an emulated program has so that they are a native one's: a host, a container say, may keep capabilities even from
 * its superuser. The children that play natively have this process's.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
final class HostCredentials {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int HEXADECIMAL = 16;
    private static final Map<String, String> LINES = read();

    private HostCredentials() {}

    /**
     * Finds the rights of a user.
     *
     * @param userId who: 0, or another to whom the superuser has changed by setresuid(2)
     * @return the credentials; where the host tells nothing, those of an ordinary one
     */
    static Credentials of(int userId) {
        Credentials usual = Credentials.of(userId, userId);
        boolean isOwn = userId == 0;
        return new Credentials(
                usual.uid(),
                usual.gid(),
                usual.suid(),
                usual.sgid(),
                usual.euid(),
                usual.egid(),
                usual.fsuid(),
                usual.fsgid(),
                List.of(),
                set("CapInh", usual.inheritable()),
                isOwn ? set("CapPrm", usual.permitted()) : 0,
                isOwn ? set("CapEff", usual.effective()) : 0,
                set("CapBnd", usual.bounding()),
                isOwn ? set("CapAmb", usual.ambient()) : 0,
                usual.securebits());
    }

    private static long set(String name, long otherwise) {
        String digits = LINES.get(name);
        return digits == null ? otherwise : Long.parseUnsignedLong(digits, HEXADECIMAL);
    }

    private static Map<String, String> read() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("Cap"))
                    .map(line -> line.split(":\\s*", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].strip()));
        } catch (IOException notLinux) {
            return Map.of();
        }
    }
}

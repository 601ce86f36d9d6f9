package dev.trapgate.cli;

import dev.trapgate.emulator.linux.kernel.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who runs this command, for programs that are to run as the same user. */
final class HostUser {

    private static final Path STATUS = Path.of("/proc/self/status");

    /** In /proc/self/status: real, effective, saved, file system. */
    private static final int EFFECTIVE = 2;

    private HostUser() {}

    /** {@return this process's effective user and group, without further groups; an ordinary user where that cannot be known} */
    static Credentials credentials() {
        try {
            String status = Files.readString(STATUS);
            Optional<Integer> uid = id(status, "Uid:");
            Optional<Integer> gid = id(status, "Gid:");
            return uid.isPresent() && gid.isPresent() ? Credentials.of(uid.get(), gid.get()) : Credentials.USER;
        } catch (IOException notLinux) {
            return Credentials.USER;
        }
    }

    private static Optional<Integer> id(String status, String field) {
        return status.lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.split("\\s+", -1))
                .filter(words -> words.length > EFFECTIVE)
                .map(words -> Integer.parseUnsignedInt(words[EFFECTIVE]))
                .findFirst();
    }
}

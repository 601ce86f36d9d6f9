package dev.trapgate.examples;

import static dev.trapgate.fs.MemfdFlags.MFD_ALLOW_SEALING;
import static dev.trapgate.fs.MemfdFlags.MFD_CLOEXEC;
import static dev.trapgate.fs.Seals.F_SEAL_GROW;
import static dev.trapgate.fs.Seals.F_SEAL_SEAL;
import static dev.trapgate.fs.Seals.F_SEAL_SHRINK;
import static dev.trapgate.fs.Seals.F_SEAL_WRITE;

import dev.trapgate.Linux;
import dev.trapgate.kernel.FileDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Shares memory with a child that can read it, and that both know will never change again. */
final class SealedMemory {

    private SealedMemory() {}

    /** {@return a file in memory, for good} */
    static FileDescriptor sealed(Linux linux, String text) {
        FileDescriptor memory = linux.file().memfdCreate("letter", MFD_ALLOW_SEALING.or(MFD_CLOEXEC));
        linux.io().writeFully(memory, text.getBytes(StandardCharsets.UTF_8));
        linux.file()
                .addSeals(memory, F_SEAL_WRITE.or(F_SEAL_GROW).or(F_SEAL_SHRINK).or(F_SEAL_SEAL));
        return memory;
    }

    /** {@return what a child reads in it: through /proc, as ProcessBuilder closes descriptors in children} */
    static String readByChild(Linux linux, FileDescriptor memory) throws IOException {
        String path = "/proc/" + linux.process().getpid() + "/fd/" + memory.number();
        Process cat = new ProcessBuilder("cat", path).redirectErrorStream(true).start();
        try (var output = cat.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public static void main(String[] arguments) throws IOException {
        Linux linux = Linux.host();
        try (FileDescriptor memory = sealed(linux, "never to be changed\n")) {
            System.out.print(readByChild(linux, memory));
            System.out.println("sealed: " + linux.file().getSeals(memory));
        }
    }
}

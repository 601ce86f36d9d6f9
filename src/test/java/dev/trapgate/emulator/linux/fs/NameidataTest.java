package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.entry.Gate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NameidataTest {

    private static final int PATHS = 10_000;
    private static final String[] PARTS = {
        "a",
        "b",
        "dir",
        "link",
        "loop",
        ".",
        "..",
        "",
        "/",
        "//",
        "self",
        "fd",
        "0",
        "proc",
        "dev",
        "null",
        "shm",
        "\u00ff",
        "n".repeat(255),
        "n".repeat(256),
        "cwd",
        "root",
        "1000",
        "x\ny"
    };

    @Test
    void noPathMakesTheKernelFail() {
        try (EmulatedMachine machine = EmulatedFiles.machine(Credentials.USER);
                EmulatedFiles files = new EmulatedFiles(machine, Gate.EMULATED_SYSCALL)) {
            files.call(Syscall.MKDIR, files.name("dir"), 0755);
            files.call(Syscall.SYMLINK, files.name("dir/../dir"), files.name("link"));
            files.call(Syscall.SYMLINK, files.name("loop"), files.name("loop"));
            Random random = new Random(1);
            for (int i = 0; i < PATHS; i++) {
                String path = path(random);
                long result = visit(files, random, path);
                assertThat(result).as(path).isBetween(-133L, 1L << 20);
            }
            assertThat(machine.process().end()).isNull();
            assertThat(files.call(Syscall.STAT, files.name("/work"), files.answer()))
                    .isZero();
        }
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder();
        int parts = random.nextInt(12);
        for (int i = 0; i < parts; i++) {
            path.append(PARTS[random.nextInt(PARTS.length)]).append(random.nextBoolean() ? "/" : "");
        }
        return path.toString();
    }

    private static long visit(EmulatedFiles files, Random random, String path) {
        return switch (random.nextInt(6)) {
            case 0 -> files.call(Syscall.STAT, files.name(path), files.answer());
            case 1 -> {
                long opened = files.call(Syscall.OPEN, files.name(path), random.nextInt(1 << 23) | 0x800, 0600);
                if (opened > 2) {
                    files.call(Syscall.CLOSE, opened);
                }
                yield opened;
            }
            case 2 -> files.call(Syscall.MKDIR, files.name(path), 0700);
            case 3 -> files.call(Syscall.READLINK, files.name(path), files.answer(), 4096);
            case 4 -> files.call(Syscall.RENAME, files.name(path), files.name(path(random)));
            default -> files.call(Syscall.ACCESS, files.name(path), 0);
        };
    }

    @Test
    void fortyLinksAreFollowedAndNotOneMore() {
        try (EmulatedMachine machine = EmulatedFiles.machine(Credentials.USER);
                EmulatedFiles files = new EmulatedFiles(machine, Gate.EMULATED_SYSCALL)) {
            files.call(Syscall.MKDIR, files.name("l0"), 0755);
            for (int i = 1; i <= 41; i++) {
                files.call(Syscall.SYMLINK, files.name("l" + (i - 1)), files.name("l" + i));
            }
            assertThat(files.call(Syscall.STAT, files.name("l40"), files.answer()))
                    .isZero();
            assertThat(files.call(Syscall.STAT, files.name("l41"), files.answer()))
                    .isEqualTo(-Errno.ELOOP.number());
        }
    }

    @Test
    void aRootDirectoryHasNothingAboveIt() {
        try (EmulatedMachine machine = EmulatedFiles.machine(Credentials.ROOT);
                EmulatedFiles files = new EmulatedFiles(machine, Gate.EMULATED_SYSCALL)) {
            files.call(Syscall.MKDIR, files.name("jail"), 0755);
            files.call(Syscall.CHROOT, files.name("jail"));
            assertThat(files.text(files.call(Syscall.GETCWD, files.answer(), 100)))
                    .isEqualTo("(unreachable)/work\0");
            files.call(Syscall.CHDIR, files.name("/../.."));
            assertThat(files.text(files.call(Syscall.GETCWD, files.answer(), 100)))
                    .isEqualTo("/\0");
            assertThat(files.call(Syscall.STAT, files.name("/../jail"), files.answer()))
                    .isEqualTo(-Errno.ENOENT.number());
        }
    }
}

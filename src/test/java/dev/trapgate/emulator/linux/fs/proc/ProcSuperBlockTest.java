package dev.trapgate.emulator.linux.fs.proc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.linux.fs.EmulatedFiles;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.entry.Gate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcSuperBlockTest {

    private final EmulatedMachine machine = EmulatedFiles.machine(Credentials.USER);
    private final EmulatedFiles files = new EmulatedFiles(machine, Gate.EMULATED_SYSCALL);

    @AfterEach
    void close() {
        files.close();
        machine.close();
    }

    @Test
    void selfIsTheCallersProcess() {
        assertThat(files.readlink("/proc/self"))
                .isEqualTo(String.valueOf(machine.process().tgid()));
        assertThat(files.read("/proc/self/status"))
                .contains("\nPid:\t" + machine.process().tgid() + "\n", "\nUid:\t1000\t1000\t1000\t1000\n");
    }

    @Test
    void mapsHasALineForEachMapping() {
        assertThat(files.read("/proc/self/maps").lines())
                .isNotEmpty()
                .allMatch(line -> line.matches("[0-9a-f]{8,}-[0-9a-f]{8,} [r-][w-][x-][ps] [0-9a-f]{8} .*"));
    }

    @Test
    void descriptorsAreLinksToTheirFiles() {
        long descriptor = files.call(Syscall.OPEN, files.name("f"), 0x42, 0600);
        String link = "/proc/self/fd/" + descriptor;
        assertThat(files.readlink(link)).isEqualTo("/work/f");
        files.call(Syscall.UNLINK, files.name("f"));
        assertThat(files.readlink(link)).isEqualTo("/work/f (deleted)");
        long again = files.call(Syscall.OPEN, files.name(link), 0, 0);
        assertThat(again).isGreaterThan(descriptor);
        files.call(Syscall.CLOSE, descriptor);
        assertThat(files.call(Syscall.READLINK, files.name(link), files.answer(), 100))
                .isEqualTo(-Errno.ENOENT.number());
    }

    @Test
    void theKernelSaysItsNameAsUnameDoes() {
        assertThat(files.read("/proc/sys/kernel/ostype")).isEqualTo("Linux\n");
        assertThat(files.read("/proc/version")).startsWith("Linux version 5.17.0 (");
        assertThat(files.readlink("/proc/self/cwd")).isEqualTo("/work");
        assertThat(files.readlink("/proc/self/root")).isEqualTo("/");
    }

    @Test
    void nothingCanBeMadeThere() {
        assertThat(files.call(Syscall.MKDIR, files.name("/proc/x"), 0755)).isEqualTo(-Errno.EACCES.number());
        assertThat(files.call(Syscall.OPEN, files.name("/proc/x"), 0x41, 0600)).isEqualTo(-Errno.EACCES.number());
    }

    @Test
    void aTextThatIsReadInPiecesIsWhole() {
        String whole = files.read("/proc/self/status");
        long descriptor = files.call(Syscall.OPEN, files.name("/proc/self/status"), 0, 0);
        StringBuilder pieces = new StringBuilder();
        long length = files.call(Syscall.READ, descriptor, files.answer(), 7);
        while (length > 0) {
            pieces.append(files.text(length));
            length = files.call(Syscall.READ, descriptor, files.answer(), 7);
        }
        assertThat(pieces.toString()).isEqualTo(whole);
    }
}

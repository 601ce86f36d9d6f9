package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.entry.Gate;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReaddirCallsTest {

    /** As Linux 6.18's tmpfs answered number 89 of i386: position, length and name. */
    @Test
    void readdirGivesOneEntryACall() {
        try (EmulatedMachine machine = EmulatedFiles.machine(Credentials.USER);
                EmulatedFiles files = new EmulatedFiles(machine, Gate.EMULATED_INT80)) {
            files.call(Syscall.MKDIR, files.name("d"), 0755);
            files.call(Syscall.MKNOD, files.name("d/name"), 0644, 0);
            long descriptor = files.call(Syscall.OPEN, files.name("d"), 0, 0);
            List<String> entries = new ArrayList<>();
            while (files.call(Syscall.READDIR, descriptor, files.answer(), 1) == 1) {
                entries.add(files.answered().get(ValueLayout.JAVA_INT, 4) + " "
                        + files.answered().get(ValueLayout.JAVA_SHORT, 8) + " "
                        + files.answered().getString(10));
            }
            assertThat(entries).containsExactly("0 1 .", "1 2 ..", "3 4 name");
        }
    }
}

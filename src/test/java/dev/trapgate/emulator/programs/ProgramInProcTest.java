package dev.trapgate.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedProgram;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.fs.EmulatedFiles;
import dev.trapgate.emulator.linux.fs.exec.LinuxBinprm;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.vdso.ElfClass;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What /proc tells of a program that was loaded. */
class ProgramInProcTest {

    private static final long CODE = 0x40_0000;

    private static byte[] image() {
        return StaticExecutable.of(ElfClass.ELF64, CODE, LoadSegment.of(CODE, Access.READ_EXECUTE, new byte[64]));
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/hello, /usr/bin/hello, hello",
        "./a/../hello, /hello, hello",
        "long-name-of-a-program, /long-name-of-a-program, long-name-of-a-"
    })
    void exeLeadsToItsFile(String name, String path, String comm) throws Exception {
        byte[] image = image();
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL)) {
            EmulatedProgram program =
                    EmulatedProgram.load(machine, new LinuxBinprm(name, image, List.of(name, "x"), List.of()));
            try (EmulatedFiles files = new EmulatedFiles(machine, Gate.EMULATED_SYSCALL)) {
                assertThat(files.readlink("/proc/self/exe")).isEqualTo(path);
                assertThat(files.read("/proc/self/exe").getBytes(StandardCharsets.ISO_8859_1))
                        .isEqualTo(image);
                assertThat(files.read("/proc/self/cmdline")).isEqualTo(name + "\0x\0");
                assertThat(new String(program.thread().task().attributes().name(), StandardCharsets.ISO_8859_1))
                        .isEqualTo(comm);
            }
        }
    }

    @Test
    void withoutAProgramExeLeadsNowhere() {
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
                EmulatedFiles files = new EmulatedFiles(machine, Gate.EMULATED_SYSCALL)) {
            assertThat(files.call(Syscall.READLINK, files.name("/proc/self/exe"), files.answer(), 100))
                    .isEqualTo(-Errno.ENOENT.number());
        }
    }

    @ParameterizedTest
    @CsvSource({"/dev/null/x", "/proc/x", "/tmp", "/"})
    void aProgramWithoutAPlaceRunsAllTheSame(String name) throws Exception {
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL)) {
            assertThat(EmulatedProgram.load(machine, new LinuxBinprm(name, image(), List.of(name), List.of())))
                    .isNotNull();
        }
    }
}

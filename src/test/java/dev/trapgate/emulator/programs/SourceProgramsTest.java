package dev.trapgate.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions.Support;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.MemoryExecutable;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SOURCES.md, row 8: the example programs as ELF images, on the real kernel and on the emulated ones. */
class SourceProgramsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final long CODE = 0x0804_8000L;
    private static final long DATA = 0x0805_0000L;

    private static final MachineCode EXIT_BY_INT_80 = MachineCode.of(
            "b8 01 00 00 00", // mov eax, 1         exit, i386
            "bb 2a 00 00 00", // mov ebx, 42
            "cd 80"); //         int 0x80

    /** AT_SYSINFO is found by walking past envp, as a program without a C library must. */
    private static final MachineCode FIND_SYSINFO = MachineCode.of(
            "8b 04 24", //       mov eax, [esp]     argc
            "8d 74 84 08", //    lea esi, [esp+eax*4+8]
            "ad", //          1: lodsd              the environment
            "85 c0", //          test eax, eax
            "75 fb", //          jne 1b
            "ad", //          2: lodsd              a_type
            "89 c2", //          mov edx, eax
            "ad", //             lodsd              a_val
            "83 fa 20", //       cmp edx, 32        AT_SYSINFO
            "75 f7"); //         jne 2b

    private static final MachineCode EXIT_BY_SYSINFO = FIND_SYSINFO.then(MachineCode.of(
            "89 c7", //          mov edi, eax
            "b8 01 00 00 00", // mov eax, 1
            "bb 2a 00 00 00", // mov ebx, 42
            "ff d7")); //        call edi

    private static final MachineCode EXIT_BY_SYSCALL = MachineCode.of(
            "b8 3c 00 00 00", // mov eax, 60        exit, x86-64
            "bf 2a 00 00 00", // mov edi, 42
            "0f 05"); //         syscall

    /** Keeps AT_SYSINFO where a C library does, then asks for its own id by it, and exits with whether that is right. */
    private static final MachineCode GETPID_BY_GS = FIND_SYSINFO.then(MachineCode.of(
            "a3 10 00 05 08", //             mov [DATA+0x10], eax
            "b8 f3 00 00 00", //             mov eax, 243       set_thread_area
            "bb 20 00 05 08", //             mov ebx, DATA+0x20
            "cd 80", //                      int 0x80
            "a1 20 00 05 08", //             mov eax, [DATA+0x20]
            "8d 04 c5 03 00 00 00", //       lea eax, [eax*8+3]
            "8e e8", //                      mov gs, eax
            "b8 14 00 00 00", //             mov eax, 20        getpid
            "65 ff 15 10 00 00 00", //       call *gs:0x10
            "89 c3", //                      mov ebx, eax
            "b8 14 00 00 00", //             mov eax, 20
            "cd 80", //                      int 0x80
            "31 c3", //                      xor ebx, eax
            "85 c0", //                      test eax, eax
            "7e 03", //                      jle 1f
            "83 c3 2a", //                   add ebx, 42
            "b8 01 00 00 00", //          1: mov eax, 1
            "cd 80")); //                    int 0x80

    /** struct user_desc: any entry, base DATA, limit in pages, 32 bits. */
    private static final byte[] THREAD_AREA = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, //
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, //
        -1, -1, -1, -1, 0, 0, 5, 8, -1, -1, 15, 0, 0x51, 0, 0, 0
    };

    /** A program, and on which of the emulated machines it runs. */
    private record SourceProgram(
            String name, ElfClass elfClass, MachineCode code, KernelGeneration kernel, Vendor vendor) {

        byte[] image() {
            return StaticExecutable.of(
                    elfClass,
                    CODE,
                    LoadSegment.of(CODE, Access.READ_EXECUTE, code.toByteArray()),
                    LoadSegment.of(DATA, Access.READ_WRITE, THREAD_AREA));
        }

        @Override
        public String toString() {
            return name + " on the " + kernel + " kernel, " + vendor;
        }
    }

    static Stream<SourceProgram> programs() {
        return Stream.of(Vendor.values())
                .flatMap(vendor -> Stream.of(
                        new SourceProgram(
                                "exit(42) by int 0x80",
                                ElfClass.ELF32,
                                EXIT_BY_INT_80,
                                KernelGeneration.MODERN,
                                vendor),
                        new SourceProgram(
                                "exit(42) by int 0x80",
                                ElfClass.ELF32,
                                EXIT_BY_INT_80,
                                KernelGeneration.CLASSIC,
                                vendor),
                        new SourceProgram(
                                "exit(42) by call *AT_SYSINFO",
                                ElfClass.ELF32,
                                EXIT_BY_SYSINFO,
                                KernelGeneration.MODERN,
                                vendor),
                        new SourceProgram(
                                "exit(42) by call *AT_SYSINFO",
                                ElfClass.ELF32,
                                EXIT_BY_SYSINFO,
                                KernelGeneration.CLASSIC,
                                vendor),
                        new SourceProgram(
                                "exit(42) by syscall",
                                ElfClass.ELF64,
                                EXIT_BY_SYSCALL,
                                KernelGeneration.MODERN,
                                vendor)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void exitsWith42OnTheEmulatedKernel(SourceProgram program) throws Exception {
        assertThat(ProgramRun.emulated(program.kernel(), program.vendor(), program.image(), "program")
                        .status())
                .isEqualTo(42);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void exitsWith42OnTheRealKernel(SourceProgram program) throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "needs Linux on x86-64");
        assertThat(MemoryExecutable.run(program.image(), DEADLINE)).isEqualTo(42);
    }

    @Test
    void getpidByGsAnswersAsByInt80() throws Exception {
        byte[] image = new SourceProgram(
                        "getpid by call *%gs:0x10", ElfClass.ELF32, GETPID_BY_GS, KernelGeneration.MODERN, Vendor.INTEL)
                .image();
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL)) {
            int number = Syscall.SET_THREAD_AREA.number(Abi.I386);
            assumeTrue(
                    machine.table(Abi.I386).orElseThrow().row(number).support() != Support.ABSENT,
                    "the emulated kernel has no set_thread_area yet");
        }
        for (Vendor vendor : Vendor.values()) {
            assertThat(ProgramRun.emulated(KernelGeneration.MODERN, vendor, image, "program")
                            .status())
                    .isEqualTo(42);
        }
        assertThat(MemoryExecutable.run(image, DEADLINE)).isEqualTo(42);
    }
}

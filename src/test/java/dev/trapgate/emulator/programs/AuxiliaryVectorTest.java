package dev.trapgate.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedProgram;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.fs.exec.LinuxBinprm;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.MemoryExecutable;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SEMANTICS.md 9: the auxiliary vector's entries, in their order. */
class AuxiliaryVectorTest {

    private static final long CODE = 0x40_0000;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int SIZE = 400;
    private static final int AT_PAGESZ = 6;
    private static final int AT_CLKTCK = 17;
    private static final int AT_SECURE = 23;
    private static final int AT_RANDOM = 25;
    private static final int AT_HWCAP2 = 26;
    private static final int AT_RSEQ_FEATURE_SIZE = 27;
    private static final int AT_RSEQ_ALIGN = 28;
    private static final int AT_EXECFN = 31;
    private static final int AT_SYSINFO = 32;
    private static final int AT_MINSIGSTKSZ = 51;

    /** Writes what follows envp to standard output. */
    private static final MachineCode WRITE_64 = MachineCode.of(
            "48 8b 04 24", //       mov rax, [rsp]
            "48 8d 74 c4 10", //    lea rsi, [rsp+rax*8+16]
            "48 ad", //          1: lodsq
            "48 85 c0", //          test rax, rax
            "75 f9", //             jne 1b
            "bf 01 00 00 00", //    mov edi, 1
            "ba 90 01 00 00", //    mov edx, 400
            "b8 01 00 00 00", //    mov eax, 1        write
            "0f 05", //             syscall
            "31 ff", //             xor edi, edi
            "b8 3c 00 00 00", //    mov eax, 60       exit
            "0f 05"); //            syscall

    private static final MachineCode WRITE_32 = MachineCode.of(
            "8b 04 24", //       mov eax, [esp]
            "8d 74 84 08", //    lea esi, [esp+eax*4+8]
            "ad", //          1: lodsd
            "85 c0", //          test eax, eax
            "75 fb", //          jne 1b
            "89 f1", //          mov ecx, esi
            "bb 01 00 00 00", // mov ebx, 1
            "ba 90 01 00 00", // mov edx, 400
            "b8 04 00 00 00", // mov eax, 4           write
            "cd 80", //          int 0x80
            "31 db", //          xor ebx, ebx
            "b8 01 00 00 00", // mov eax, 1           exit
            "cd 80"); //         int 0x80

    private static byte[] image(ElfClass elfClass) {
        MachineCode code = elfClass == ElfClass.ELF64 ? WRITE_64 : WRITE_32;
        return StaticExecutable.of(elfClass, CODE, LoadSegment.of(CODE, Access.READ_EXECUTE, code.toByteArray()));
    }

    private static Map<Long, Long> vector(ElfClass elfClass, byte[] written) {
        ByteBuffer words = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN);
        Map<Long, Long> vector = new LinkedHashMap<>();
        long type = 1;
        while (type != 0) {
            type = elfClass == ElfClass.ELF64 ? words.getLong() : words.getInt();
            vector.put(type, elfClass == ElfClass.ELF64 ? words.getLong() : words.getInt() & 0xffff_ffffL);
        }
        return vector;
    }

    private static Map<Long, Long> emulated(KernelGeneration kernel, ElfClass elfClass) throws Exception {
        try (EmulatedMachine machine = new EmulatedMachine(kernel, Vendor.AMD)) {
            // Arguments so long that what lies above the vector can be read.
            LinuxBinprm bprm =
                    new LinuxBinprm("program", image(elfClass), List.of("program", "a".repeat(SIZE)), List.of("A=B"));
            assertThat(EmulatedProgram.load(machine, bprm).run(DEADLINE).status())
                    .isZero();
            return vector(elfClass, machine.console().written());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNewestKernelHasTheEntriesOfTheRealOne(ElfClass elfClass) throws Exception {
        OpenGate.orSkip(elfClass == ElfClass.ELF64 ? Gate.LIBC_SYSCALL : Gate.I386_VSYSCALL);
        MemoryExecutable.Output output = MemoryExecutable.outputOf(image(elfClass), DEADLINE);
        Map<Long, Long> real = vector(elfClass, output.standardOutput());

        Map<Long, Long> emulated = emulated(KernelGeneration.MODERN, elfClass);

        assertThat(List.copyOf(emulated.keySet())).isEqualTo(List.copyOf(real.keySet()));
        for (long same : new long[] {AT_PAGESZ, AT_CLKTCK, AT_SECURE, AT_RSEQ_FEATURE_SIZE, AT_RSEQ_ALIGN}) {
            assertThat(emulated.get(same)).as("entry %d", same).isEqualTo(real.get(same));
        }
        assertThat(emulated.get((long) AT_MINSIGSTKSZ)).isBetween(1024L, real.get((long) AT_MINSIGSTKSZ));
    }

    @Test
    void olderKernelsHaveFewer() throws Exception {
        assertThat(emulated(KernelGeneration.BEFORE_4_17, ElfClass.ELF64).keySet())
                .contains((long) AT_HWCAP2, (long) AT_RANDOM, (long) AT_EXECFN)
                .doesNotContain((long) AT_MINSIGSTKSZ, (long) AT_RSEQ_ALIGN, (long) AT_SYSINFO);
        assertThat(emulated(KernelGeneration.CLASSIC, ElfClass.ELF32).keySet())
                .contains((long) AT_SYSINFO)
                .doesNotContain((long) AT_HWCAP2, (long) AT_RANDOM, (long) AT_EXECFN, (long) AT_MINSIGSTKSZ);
    }
}

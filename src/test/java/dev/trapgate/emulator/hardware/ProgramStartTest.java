package dev.trapgate.emulator.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedThread;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.MemoryExecutable;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md 6 and 8: what a program finds in its registers, by the real kernel and by the emulated one. */
class ProgramStartTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final long CODE = 0x40_0000;
    private static final long DATA = 0x4000_0000;
    private static final int SELECTORS = 16 * Long.BYTES;
    private static final int FLAGS = SELECTORS + 4 * Integer.BYTES;
    private static final int SIZE = FLAGS + Long.BYTES;

    private static final MachineCode SAVE_64 = MachineCode.of(
            "48 89 04 25 00 00 00 40", // mov [0x40000000], rax
            "48 89 0c 25 08 00 00 40", // mov [0x40000008], rcx
            "48 89 14 25 10 00 00 40", // mov [0x40000010], rdx
            "48 89 1c 25 18 00 00 40", // mov [0x40000018], rbx
            "48 89 2c 25 28 00 00 40", // mov [0x40000028], rbp
            "48 89 34 25 30 00 00 40", // mov [0x40000030], rsi
            "48 89 3c 25 38 00 00 40", // mov [0x40000038], rdi
            "4c 89 04 25 40 00 00 40", // mov [0x40000040], r8
            "4c 89 0c 25 48 00 00 40", // mov [0x40000048], r9
            "4c 89 14 25 50 00 00 40", // mov [0x40000050], r10
            "4c 89 1c 25 58 00 00 40", // mov [0x40000058], r11
            "4c 89 24 25 60 00 00 40", // mov [0x40000060], r12
            "4c 89 2c 25 68 00 00 40", // mov [0x40000068], r13
            "4c 89 34 25 70 00 00 40", // mov [0x40000070], r14
            "4c 89 3c 25 78 00 00 40", // mov [0x40000078], r15
            "8c 0c 25 80 00 00 40", //    mov [0x40000080], cs
            "8c 14 25 84 00 00 40", //    mov [0x40000084], ss
            "8c 1c 25 88 00 00 40", //    mov [0x40000088], ds
            "8c 04 25 8c 00 00 40", //    mov [0x4000008c], es
            "9c", //                      pushfq
            "8f 04 25 90 00 00 40"); //   pop qword [0x40000090]

    private static final MachineCode WRITE_64 = MachineCode.of(
            "bf 01 00 00 00", // mov edi, 1             standard output
            "be 00 00 00 40", // mov esi, 0x40000000
            "ba 98 00 00 00", // mov edx, 0x98
            "b8 01 00 00 00", // mov eax, 1             write
            "0f 05", //          syscall
            "31 ff", //          xor edi, edi
            "b8 e7 00 00 00", // mov eax, 231           exit_group
            "0f 05"); //         syscall

    private static final MachineCode SAVE_32 = MachineCode.of(
            "89 05 00 00 00 40", //   mov [0x40000000], eax
            "89 0d 08 00 00 40", //   mov [0x40000008], ecx
            "89 15 10 00 00 40", //   mov [0x40000010], edx
            "89 1d 18 00 00 40", //   mov [0x40000018], ebx
            "89 2d 28 00 00 40", //   mov [0x40000028], ebp
            "89 35 30 00 00 40", //   mov [0x40000030], esi
            "89 3d 38 00 00 40", //   mov [0x40000038], edi
            "8c 0d 80 00 00 40", //   mov [0x40000080], cs
            "8c 15 84 00 00 40", //   mov [0x40000084], ss
            "8c 1d 88 00 00 40", //   mov [0x40000088], ds
            "8c 05 8c 00 00 40", //   mov [0x4000008c], es
            "9c", //                  pushfd
            "8f 05 90 00 00 40"); //  pop dword [0x40000090]

    private static final MachineCode WRITE_32 = MachineCode.of(
            "bb 01 00 00 00", // mov ebx, 1             standard output
            "b9 00 00 00 40", // mov ecx, 0x40000000
            "ba 98 00 00 00", // mov edx, 0x98
            "b8 04 00 00 00", // mov eax, 4             write, i386
            "cd 80", //          int 0x80
            "31 db", //          xor ebx, ebx
            "b8 fc 00 00 00", // mov eax, 252           exit_group, i386
            "cd 80"); //         int 0x80

    @BeforeAll
    static void needsThisProcessor() {
        OpenGate.orSkip(Gate.INT80);
    }

    private static Map<String, Long> real(ElfClass elfClass, MachineCode code) throws IOException {
        // What is not written stays different from what is there at the start of a program.
        byte[] unwritten = new byte[SIZE];
        Arrays.fill(unwritten, 0, SELECTORS, (byte) 0x5a);
        byte[] image = StaticExecutable.of(
                elfClass,
                CODE,
                LoadSegment.of(CODE, Access.READ_EXECUTE, code.toByteArray()),
                LoadSegment.of(DATA, Access.READ_WRITE, unwritten));
        MemoryExecutable.Output output = MemoryExecutable.outputOf(image, DEADLINE);
        assertThat(output.exitStatus()).isZero();
        ByteBuffer saved = ByteBuffer.wrap(output.standardOutput()).order(ByteOrder.LITTLE_ENDIAN);
        boolean wide = elfClass == ElfClass.ELF64;
        Map<String, Long> found = new TreeMap<>();
        for (int register = 0; register < (wide ? 16 : 8); register++) {
            int at = register * Long.BYTES;
            found.put(GeneralRegisters.name(register), wide ? saved.getLong(at) : saved.getInt(at));
        }
        found.remove(GeneralRegisters.name(GeneralRegisters.RSP));
        found.put("cs", (long) saved.getInt(SELECTORS));
        found.put("ss", (long) saved.getInt(SELECTORS + 4));
        found.put("ds", (long) saved.getInt(SELECTORS + 8));
        found.put("es", (long) saved.getInt(SELECTORS + 12));
        found.put("flags", saved.getLong(FLAGS));
        return found;
    }

    private static Map<String, Long> emulated(Width width) {
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.AMD)) {
            EmulatedThread thread = machine.newThread();
            thread.begin(width);
            Cpu cpu = thread.cpu();
            Map<String, Long> found = new TreeMap<>();
            for (int register = 0; register < (width == Width.BITS_64 ? 16 : 8); register++) {
                found.put(GeneralRegisters.name(register), cpu.registers().get(register));
            }
            found.remove(GeneralRegisters.name(GeneralRegisters.RSP));
            found.put("cs", (long) cpu.segments().cs().selector());
            found.put("ss", (long) cpu.segments().ss().selector());
            found.put("ds", (long) cpu.segments().ds().selector());
            found.put("es", (long) cpu.segments().es().selector());
            found.put("flags", cpu.rflags());
            return found;
        }
    }

    @Test
    void a64BitProgramFindsTheSame() throws IOException {
        assertThat(emulated(Width.BITS_64)).isEqualTo(real(ElfClass.ELF64, SAVE_64.then(WRITE_64)));
    }

    @Test
    void a32BitProgramFindsTheSame() throws IOException {
        assertThat(emulated(Width.BITS_32)).isEqualTo(real(ElfClass.ELF32, SAVE_32.then(WRITE_32)));
    }
}

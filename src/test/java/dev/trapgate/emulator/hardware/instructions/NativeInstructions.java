package dev.trapgate.emulator.hardware.instructions;

import static dev.trapgate.emulator.hardware.instructions.InstructionCase.CODE_SIZE;
import static dev.trapgate.emulator.hardware.instructions.InstructionCase.CODE_START;
import static dev.trapgate.emulator.hardware.instructions.InstructionCase.WINDOW_SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Executes cases on this machine's processor, thousands in one child process: an ELF image that enters each by IRETQ, which
 * loads address, code segment, flags and stack at once, and keeps what the handler of the signal that ends it is told.
 */
final class NativeInstructions {

    private static final long DRIVER = 0x0135_7000;
    private static final long CASES = 0x2000_0000L;
    private static final int CASE_SIZE = 512;
    private static final long OUTCOMES = 0x5000_0000L;
    private static final int OUTCOME_SIZE = 512;

    /** More than the cases or their outcomes take. */
    private static final long MOST = 0x1000_0000L;

    private static final long CONTROL = 0x7000_0000L;
    private static final int CONTROL_SIZE = 0x1_0000;
    private static final int SIGNAL_STACK = 0x40;
    private static final int SIGNAL_ACTION = 0x60;
    private static final int HANDLER_STACK = 0x1000;
    private static final int DEADLINE_SECONDS = 120;

    private static final long ACTION_FLAGS = 4 // SA_SIGINFO
            | 0x0400_0000L // SA_RESTORER
            | 0x0800_0000L // SA_ONSTACK
            | 0x4000_0000L; // SA_NODEFER

    private static final MachineCode START = MachineCode.of(
            "bb 00 00 00 70", //          mov ebx, CONTROL
            "48 8d 7b 40", //             lea rdi, [rbx+0x40]
            "31 f6", //                   xor esi, esi
            "b8 83 00 00 00", //          mov eax, 131              sigaltstack
            "0f 05"); //                  syscall

    /** For the signal whose number goes before it into edi. */
    private static final MachineCode HANDLE = MachineCode.of(
            "48 8d 73 60", //             lea rsi, [rbx+0x60]
            "31 d2", //                   xor edx, edx
            "41 ba 08 00 00 00", //       mov r10d, 8
            "b8 0d 00 00 00", //          mov eax, 13               rt_sigaction
            "0f 05"); //                  syscall

    private static final MachineCode NEXT = MachineCode.of(
            "bb 00 00 00 70", //          mov ebx, CONTROL
            "4c 8b 3b", //                mov r15, [rbx]            which case
            "4c 3b 7b 08", //             cmp r15, [rbx+8]          how many there are
            "74 54", //                   je finish
            "49 c1 e7 09", //             shl r15, 9
            "49 81 c7 00 00 00 20", //    add r15, CASES
            "b8 2b 00 00 00", //          mov eax, 0x2b
            "8e d8", //                   mov ds, eax
            "8e c0", //                   mov es, eax
            "fc", //                      cld
            "bf 00 00 00 30", //          mov edi, DATA
            "b9 00 02 00 00", //          mov ecx, 512
            "31 c0", //                   xor eax, eax
            "f3 48 ab", //                rep stosq
            "49 8d b7 00 01 00 00", //    lea rsi, [r15+0x100]
            "bf 00 07 00 30", //          mov edi, WINDOW
            "b9 20 00 00 00", //          mov ecx, 32
            "f3 48 a5", //                rep movsq
            "4c 89 fc", //                mov rsp, r15
            "58", //                      pop rax
            "59", //                      pop rcx
            "5a", //                      pop rdx
            "5b", //                      pop rbx
            "5d", //                      pop rbp
            "5e", //                      pop rsi
            "5f", //                      pop rdi
            "41 58", //                   pop r8
            "41 59", //                   pop r9
            "41 5a", //                   pop r10
            "41 5b", //                   pop r11
            "41 5c", //                   pop r12
            "41 5d", //                   pop r13
            "41 5e", //                   pop r14
            "41 5f", //                   pop r15
            "48 cf"); //                  iretq

    private static final MachineCode FINISH = MachineCode.of(
            "be 00 00 00 50", //          mov esi, OUTCOMES
            "48 8b 53 08", //             mov rdx, [rbx+8]
            "48 c1 e2 09", //             shl rdx, 9
            "bf 01 00 00 00", //       1: mov edi, 1
            "b8 01 00 00 00", //          mov eax, 1                write
            "0f 05", //                   syscall
            "48 85 c0", //                test rax, rax
            "7e 08", //                   jle 2f
            "48 01 c6", //                add rsi, rax
            "48 29 c2", //                sub rdx, rax
            "75 e7", //                   jnz 1b
            "31 ff", //                2: xor edi, edi
            "b8 e7 00 00 00", //          mov eax, 231              exit_group
            "0f 05"); //                  syscall

    /** Its last jump, to the next case, is put behind it. */
    private static final MachineCode HANDLER = MachineCode.of(
            "6a 02", //                   push 2
            "9d", //                      popfq                     NT would make IRET fault, AC what follows
            "bb 00 00 00 70", //          mov ebx, CONTROL
            "49 89 f1", //                mov r9, rsi               siginfo_t
            "4c 8b 3b", //                mov r15, [rbx]
            "49 c1 e7 09", //             shl r15, 9
            "49 81 c7 00 00 00 50", //    add r15, OUTCOMES
            "48 8d 72 28", //             lea rsi, [rdx+40]         uc_mcontext
            "4c 89 ff", //                mov rdi, r15
            "b9 17 00 00 00", //          mov ecx, 23
            "f3 48 a5", //                rep movsq
            "be 00 07 00 30", //          mov esi, WINDOW
            "49 8d bf 00 01 00 00", //    lea rdi, [r15+0x100]
            "b9 20 00 00 00", //          mov ecx, 32
            "f3 48 a5", //                rep movsq
            "48 ff 03"); //               inc qword [rbx]

    /** Where sigcontext has the general registers, by their numbers: asm/sigcontext.h, struct sigcontext_64. */
    private static final int[] PLACES = {13, 14, 12, 11, 15, 10, 9, 8, 0, 1, 2, 3, 4, 5, 6, 7};

    private static final int PLACE_IP = 16;
    private static final int PLACE_FLAGS = 17;
    private static final int PLACE_ERR = 19;
    private static final int PLACE_TRAPNO = 20;
    private static final int PLACE_CR2 = 22;

    private NativeInstructions() {}

    /** {@return what the cases leave behind, each in a state of its own} */
    static List<InstructionOutcome> run(List<InstructionCase> cases) throws IOException, InterruptedException {
        Path image = Files.createTempFile(
                "trapgate", ".elf", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path output = Files.createTempFile("trapgate", ".out");
        try {
            Files.write(image, image(cases));
            Process child = new ProcessBuilder(image.toString())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!child.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                child.destroyForcibly();
                throw new IOException("the cases were still running after " + DEADLINE_SECONDS + " s");
            }
            byte[] outcomes = Files.readAllBytes(output);
            assertThat(child.exitValue()).as("exit status of the child").isZero();
            assertThat(outcomes).hasSize(cases.size() * OUTCOME_SIZE);
            return outcomes(ByteBuffer.wrap(outcomes).order(ByteOrder.LITTLE_ENDIAN), cases);
        } finally {
            Files.deleteIfExists(image);
            Files.deleteIfExists(output);
        }
    }

    /** {@return whether an address is the driver's, the stack's or the kernel's} */
    static boolean isOwn(long address) {
        boolean low = isWithin(address, DRIVER, CONTROL_SIZE)
                || isWithin(address, CASES, MOST)
                || isWithin(address, OUTCOMES, MOST)
                || isWithin(address, CONTROL, CONTROL_SIZE);
        return low || address >>> 44 != 0;
    }

    private static boolean isWithin(long address, long start, long size) {
        return address >= start && address < start + size;
    }

    /** {@return the bytes of all cases' code} */
    static byte[] code(List<InstructionCase> cases) {
        byte[] code = new byte[(cases.size() + 1) * CODE_SIZE];
        Arrays.fill(code, (byte) 0xcc);
        for (int i = 0; i < cases.size(); i++) {
            byte[] bytes = cases.get(i).code();
            System.arraycopy(bytes, 0, code, i * CODE_SIZE + CODE_START, bytes.length);
        }
        return code;
    }

    private static byte[] image(List<InstructionCase> cases) {
        MachineCode driver = START;
        for (int signal : new int[] {4, 5, 7, 8, 11}) {
            driver = driver.then(MachineCode.of(String.format("bf %02x 00 00 00", signal)))
                    .then(HANDLE);
        }
        int next = driver.toByteArray().length;
        driver = driver.then(NEXT).then(FINISH);
        int handler = driver.toByteArray().length;
        driver = driver.then(HANDLER);
        int back = next - (driver.toByteArray().length + 5);
        driver = driver.then(MachineCode.of(String.format(
                "e9 %02x %02x %02x %02x", back & 0xff, back >> 8 & 0xff, back >> 16 & 0xff, back >> 24 & 0xff)));
        return StaticExecutable.of(
                ElfClass.ELF64,
                DRIVER,
                LoadSegment.of(DRIVER, Access.READ_EXECUTE, driver.toByteArray()),
                LoadSegment.of(InstructionCase.CODE, Access.READ_EXECUTE, code(cases)),
                LoadSegment.of(CASES, Access.READ_EXECUTE, states(cases)),
                new LoadSegment(InstructionCase.DATA, 4096, Access.READ_WRITE, new byte[0]),
                new LoadSegment(OUTCOMES, (long) cases.size() * OUTCOME_SIZE, Access.READ_WRITE, new byte[0]),
                new LoadSegment(CONTROL, CONTROL_SIZE, Access.READ_WRITE, control(cases.size(), DRIVER + handler)));
    }

    private static byte[] control(int cases, long handler) {
        ByteBuffer page = ByteBuffer.allocate(HANDLER_STACK).order(ByteOrder.LITTLE_ENDIAN);
        page.putLong(0).putLong(cases);
        page.position(SIGNAL_STACK).putLong(CONTROL + HANDLER_STACK).putLong(0).putLong(CONTROL_SIZE - HANDLER_STACK);
        page.position(SIGNAL_ACTION)
                .putLong(handler)
                .putLong(ACTION_FLAGS)
                .putLong(handler) // the restorer, to which the handler never returns
                .putLong(0);
        return page.array();
    }

    private static byte[] states(List<InstructionCase> cases) {
        ByteBuffer states = ByteBuffer.allocate(cases.size() * CASE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < cases.size(); i++) {
            InstructionCase one = cases.get(i);
            states.position(i * CASE_SIZE);
            for (int register = 0; register < GeneralRegisters.COUNT; register++) {
                if (register != GeneralRegisters.RSP) {
                    states.putLong(one.registers()[register]);
                }
            }
            states.putLong(InstructionCase.start(i))
                    .putLong(one.width() == Width.BITS_64 ? 0x33 : 0x23)
                    .putLong(one.flags() | 0x202)
                    .putLong(one.registers()[GeneralRegisters.RSP])
                    .putLong(0x2b);
            states.position(i * CASE_SIZE + 256).put(one.window());
        }
        return states.array();
    }

    private static List<InstructionOutcome> outcomes(ByteBuffer bytes, List<InstructionCase> cases) {
        List<InstructionOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            ByteBuffer one = bytes.slice(i * OUTCOME_SIZE, OUTCOME_SIZE).order(ByteOrder.LITTLE_ENDIAN);
            long[] registers = new long[GeneralRegisters.COUNT];
            for (int register = 0; register < registers.length; register++) {
                registers[register] = one.getLong(8 * PLACES[register]);
            }
            int vector = (int) one.getLong(8 * PLACE_TRAPNO);
            long rip = one.getLong(8 * PLACE_IP) - (vector == Vector.BP ? 1 : 0);
            byte[] window = new byte[WINDOW_SIZE];
            one.get(256, window);
            outcomes.add(new InstructionOutcome(
                    registers,
                    rip,
                    one.getLong(8 * PLACE_FLAGS),
                    vector,
                    (int) one.getLong(8 * PLACE_ERR),
                    one.getLong(8 * PLACE_CR2),
                    window));
        }
        return outcomes;
    }
}

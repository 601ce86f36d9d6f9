package dev.trapgate.emulator.hardware.instructions;

import static dev.trapgate.emulator.hardware.instructions.InstructionCase.CODE_SIZE;
import static dev.trapgate.emulator.hardware.instructions.InstructionCase.CODE_START;
import static dev.trapgate.emulator.hardware.instructions.InstructionCase.WINDOW_SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.hardware.SignalState;
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
    private static final int CASE_SIZE = 1024;
    private static final long OUTCOMES = 0x5000_0000L;
    private static final int OUTCOME_SIZE = 1024;

    /** More than the cases or their outcomes take. */
    private static final long MOST = 0x1000_0000L;

    private static final long CONTROL = 0x7000_0000L;
    private static final int CONTROL_SIZE = 0x1_0000;
    private static final int HANDLER_STACK = 0x1000;
    private static final int DEADLINE_SECONDS = 120;

    private static final MachineCode START = MachineCode.of("bb 00 00 00 70"); // mov ebx, CONTROL

    private static final MachineCode NEXT = MachineCode.of(
            "bb 00 00 00 70", //          mov ebx, CONTROL
            "4c 8b 3b", //                mov r15, [rbx]            which case
            "4c 3b 7b 08", //             cmp r15, [rbx+8]          how many there are
            "74 5c", //                   je finish
            "49 c1 e7 0a", //             shl r15, 10
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
            "49 0f ae 8f 00 02 00 00", // fxrstor64 [r15+0x200]
            "4c 89 fc"); //               mov rsp, r15

    private static final MachineCode FINISH = MachineCode.of(
            "be 00 00 00 50", //          mov esi, OUTCOMES
            "48 8b 53 08", //             mov rdx, [rbx+8]
            "48 c1 e2 0a", //             shl rdx, 10
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
            "49 c1 e7 0a", //             shl r15, 10
            "49 81 c7 00 00 00 50", //    add r15, OUTCOMES
            "48 8d 72 28", //             lea rsi, [rdx+40]         uc_mcontext
            "4c 89 ff", //                mov rdi, r15
            "b9 17 00 00 00", //          mov ecx, 23
            "f3 48 a5", //                rep movsq
            "be 00 07 00 30", //          mov esi, WINDOW
            "49 8d bf 00 01 00 00", //    lea rdi, [r15+0x100]
            "b9 20 00 00 00", //          mov ecx, 32
            "f3 48 a5", //                rep movsq
            "48 8b b2 e0 00 00 00", //    mov rsi, [rdx+224]        uc_mcontext.fpstate
            "49 8d bf 00 02 00 00", //    lea rdi, [r15+0x200]
            "b9 40 00 00 00", //          mov ecx, 64
            "f3 48 a5", //                rep movsq
            "48 ff 03"); //               inc qword [rbx]

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
        MachineCode driver = START.then(SignalState.handleFaults());
        int next = driver.toByteArray().length;
        driver = driver.then(NEXT).then(SignalState.enter()).then(FINISH);
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
        SignalState.putHandler(page, handler, CONTROL + HANDLER_STACK, CONTROL_SIZE - HANDLER_STACK);
        return page.array();
    }

    private static byte[] states(List<InstructionCase> cases) {
        ByteBuffer states = ByteBuffer.allocate(cases.size() * CASE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < cases.size(); i++) {
            InstructionCase one = cases.get(i);
            states.position(i * CASE_SIZE);
            SignalState.put(
                    states, register -> one.registers()[register], InstructionCase.start(i), one.width(), one.flags());
            states.position(i * CASE_SIZE + 256).put(one.window());
            states.position(i * CASE_SIZE + 512).put(one.floats().image());
        }
        return states.array();
    }

    private static List<InstructionOutcome> outcomes(ByteBuffer bytes, List<InstructionCase> cases) {
        List<InstructionOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            ByteBuffer one = bytes.slice(i * OUTCOME_SIZE, OUTCOME_SIZE).order(ByteOrder.LITTLE_ENDIAN);
            SignalState state = new SignalState(one, 0);
            long[] registers = new long[GeneralRegisters.COUNT];
            Arrays.setAll(registers, state::register);
            long rip = state.ip() - (state.vector() == Vector.BP ? 1 : 0);
            byte[] window = new byte[WINDOW_SIZE];
            one.get(256, window);
            byte[] floats = new byte[FloatState.SIZE];
            one.get(512, floats);
            outcomes.add(new InstructionOutcome(
                    registers,
                    rip,
                    state.flags(),
                    state.vector(),
                    state.error(),
                    state.cr2(),
                    window,
                    new FloatState(floats)));
        }
        return outcomes;
    }
}

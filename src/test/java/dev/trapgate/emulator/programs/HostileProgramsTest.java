package dev.trapgate.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedProgram;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.fs.exec.ExecException;
import dev.trapgate.emulator.linux.fs.exec.LinuxBinprm;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that mean no good, or nothing: the JVM stays up, and says what happened. */
class HostileProgramsTest {

    private static final long CODE = 0x40_0000;
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(60);

    private static byte[] image(byte[] code) {
        return StaticExecutable.of(ElfClass.ELF64, CODE, LoadSegment.of(CODE, Access.READ_EXECUTE, code));
    }

    private static TaskEnd end(byte[] image, Duration limit) throws Exception {
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.AMD)) {
            return EmulatedProgram.load(machine, new LinuxBinprm("hostile", image, List.of("hostile"), List.of()))
                    .run(limit);
        }
    }

    private static int signal(String... code) throws Exception {
        Signal signal = end(image(MachineCode.of(code).toByteArray()), LONG).signal();
        return signal == null ? 0 : signal.number();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void randomBytesEndInASignalOrATimeout(long seed) throws Exception {
        Random random = new Random(seed);
        for (ElfClass elfClass : ElfClass.values()) {
            byte[] code = new byte[4096];
            random.nextBytes(code);
            byte[] image = StaticExecutable.of(elfClass, CODE, LoadSegment.of(CODE, Access.READ_EXECUTE, code));
            assertThat(end(image, SHORT)).isNotNull();
        }
    }

    @Test
    void aJumpIntoNowhereIsASegmentationFault() throws Exception {
        assertThat(signal("b8 00 00 00 60", "ff e0")).isEqualTo(Signal.SIGSEGV); // mov eax, …; jmp rax
        assertThat(signal("48 b8 00 00 00 00 00 80 00 00", "ff e0")).isEqualTo(Signal.SIGSEGV);
    }

    @Test
    void aStackThatOverflowsIsASegmentationFault() throws Exception {
        assertThat(signal("e8 fb ff ff ff")).isEqualTo(Signal.SIGSEGV); // 1: call 1b
    }

    @Test
    void whatIsNoInstructionIsAnIllegalInstruction() throws Exception {
        assertThat(signal("0f 0b")).isEqualTo(Signal.SIGILL);
        assertThat(signal("66 0f 38 00 c1")).isEqualTo(Signal.SIGILL); // pshufb xmm0, xmm1: SSSE3
    }

    @Test
    void aPrivilegedInstructionIsASegmentationFault() throws Exception {
        assertThat(signal("f4")).isEqualTo(Signal.SIGSEGV);
    }

    @Test
    void divisionByZeroIsAnArithmeticError() throws Exception {
        assertThat(signal("31 c9", "f7 f1")).isEqualTo(Signal.SIGFPE);
    }

    @Test
    void anEndlessLoopIsKilledAtTheTimeout() throws Exception {
        TaskEnd end = end(image(MachineCode.of("eb fe").toByteArray()), SHORT);

        assertThat(end.signal()).isEqualTo(Signal.of(Signal.SIGKILL));
    }

    @Test
    void anEndlessRepetitionIsKilledAtTheTimeout() throws Exception {
        TaskEnd end = end(
                image(MachineCode.of(
                                "48 c7 c1 ff ff ff ff", // mov rcx, -1
                                "48 89 e6", //             mov rsi, rsp
                                "67 f3 ac", //             rep lodsb, by a 32-bit address: it faults
                                "eb f2")
                        .toByteArray()),
                SHORT);

        assertThat(end.signal()).isNotNull();
    }

    @Test
    void aHeapOfTenGibibytesIsRefused() throws Exception {
        byte[] code = MachineCode.of(
                        "b8 0c 00 00 00", //                   mov eax, 12        brk
                        "31 ff", //                            xor edi, edi
                        "0f 05", //                            syscall
                        "48 89 c3", //                         mov rbx, rax
                        "48 bf 00 00 00 80 02 00 00 00", //    mov rdi, 10 GiB
                        "48 01 c7", //                         add rdi, rax
                        "b8 0c 00 00 00", //                   mov eax, 12
                        "0f 05", //                            syscall
                        "31 ff", //                            xor edi, edi
                        "48 39 d8", //                         cmp rax, rbx
                        "40 0f 94 c7", //                      sete dil
                        "b8 3c 00 00 00", //                   mov eax, 60
                        "0f 05") //                            syscall
                .toByteArray();

        assertThat(end(image(code), LONG).status()).isEqualTo(1);
    }

    /** Writes over the constant of an instruction that it is about to execute, three times. */
    @Test
    void codeThatChangesItselfIsExecutedAsItThenIs() throws Exception {
        byte[] code = MachineCode.of(
                        "31 ff", //                xor edi, edi
                        "b9 03 00 00 00", //       mov ecx, 3
                        "83 c7 05", //          1: add edi, 5
                        "fe 05 f9 ff ff ff", //    inc byte [rip-7]   the 5
                        "ff c9", //                dec ecx
                        "75 f3", //                jnz 1b
                        "b8 3c 00 00 00", //       mov eax, 60
                        "0f 05") //                syscall
                .toByteArray();
        byte[] image = writableCode(image(code));

        assertThat(end(image, LONG).status()).isEqualTo(5 + 6 + 7);
    }

    /** The next instruction of the same block is changed right before it is executed. */
    @Test
    void aChangeOfTheVeryNextInstructionCounts() throws Exception {
        byte[] code = MachineCode.of(
                        "bf 01 00 00 00", //       mov edi, 1
                        "c6 05 01 00 00 00 2a", // mov byte [rip+1], 42
                        "bf 07 00 00 00", //       mov edi, 7, but by now 42
                        "b8 3c 00 00 00", //       mov eax, 60
                        "0f 05") //                syscall
                .toByteArray();

        assertThat(end(writableCode(image(code)), LONG).status()).isEqualTo(42);
    }

    /** Makes the first segment writable. */
    private static byte[] writableCode(byte[] image) {
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(64 + 4, 7);
        return image;
    }

    @ParameterizedTest
    @EnumSource(ElfClass.class)
    void aTruncatedOrLyingFileNeverDoesMoreThanFail(ElfClass elfClass) throws Exception {
        byte[] good = StaticExecutable.of(
                elfClass, CODE, LoadSegment.of(CODE, Access.READ_EXECUTE, new byte[] {(byte) 0xeb, (byte) 0xfe}));
        for (int length = 0; length < 256; length += 3) {
            attempt(Arrays.copyOf(good, length));
        }
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            byte[] bad = good.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bad[random.nextInt(180)] = (byte) random.nextInt();
            }
            attempt(bad);
        }
    }

    private static void attempt(byte[] image) {
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL)) {
            assertThat(EmulatedProgram.load(machine, new LinuxBinprm("bad", image, List.of(), List.of())))
                    .isNotNull();
        } catch (ExecException refused) {
            assertThat(refused.errno()).isIn(Errno.ENOEXEC, Errno.EINVAL, Errno.ENOMEM, Errno.ENOENT);
        }
    }

    @Test
    void anEmptyFileAndAScriptAreNoExecutables() {
        for (byte[] image : new byte[][] {{}, "#!/bin/sh\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)}) {
            assertThatThrownBy(() -> end(image, SHORT))
                    .isInstanceOf(ExecException.class)
                    .hasMessageContaining("ENOEXEC");
        }
    }

    @Test
    void argumentsThatAreTooLongAreRefused() {
        byte[] image = image(new byte[] {(byte) 0xf4});
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL)) {
            List<String> arguments = List.of("a".repeat(200_000));
            assertThatThrownBy(() -> EmulatedProgram.load(machine, new LinuxBinprm("x", image, arguments, List.of())))
                    .hasMessageContaining("E2BIG");
        }
    }
}

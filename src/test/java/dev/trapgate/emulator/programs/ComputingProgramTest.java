package dev.trapgate.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedProgram;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.CpuListener;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.fs.exec.LinuxBinprm;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals reach a program that makes no system call: the timer's interrupt brings it to the kernel. */
@Timeout(60)
class ComputingProgramTest {

    private static final long CODE = 0x40_0000;
    private static final long ACTION = 0x50_0000;
    private static final int SIGUSR1 = 10;

    /** Sets a handler for SIGUSR1, which ends with 42, and loops; eax stays 0x1234 while it does. */
    private static final MachineCode HANDLES_32 = MachineCode.of(
            "b8 43 00 00 00", //    mov eax, 67       sigaction
            "bb 0a 00 00 00", //    mov ebx, 10       SIGUSR1
            "b9 00 00 50 00", //    mov ecx, ACTION
            "31 d2", //             xor edx, edx
            "cd 80", //             int 0x80
            "b8 34 12 00 00", //    mov eax, 0x1234
            "3d 34 12 00 00", // 1: cmp eax, 0x1234
            "74 f9", //             je 1b
            "bb 07 00 00 00", //    mov ebx, 7
            "b8 01 00 00 00", //    mov eax, 1        exit
            "cd 80"); //            int 0x80

    private static final MachineCode HANDLER_32 = MachineCode.of(
            "bb 2a 00 00 00", // mov ebx, 42
            "b8 01 00 00 00", // mov eax, 1
            "cd 80"); //         int 0x80

    private static final int HANDLER_AT = 0x100;

    private static byte[] handling() {
        byte[] code = new byte[0x200];
        byte[] main = HANDLES_32.toByteArray();
        byte[] handler = HANDLER_32.toByteArray();
        System.arraycopy(main, 0, code, 0, main.length);
        System.arraycopy(handler, 0, code, HANDLER_AT, handler.length);
        // struct old_sigaction: handler, mask, flags, restorer.
        byte[] action = {0, 1, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        return StaticExecutable.of(
                ElfClass.ELF32,
                CODE,
                LoadSegment.of(CODE, Access.READ_EXECUTE, code),
                LoadSegment.of(ACTION, Access.READ_WRITE, action));
    }

    private static byte[] looping(ElfClass elfClass) {
        return StaticExecutable.of(
                elfClass,
                CODE,
                LoadSegment.of(
                        CODE, Access.READ_EXECUTE, MachineCode.of("eb fe").toByteArray()));
    }

    /** Lets a program run in a thread of its own until it computes, and does something to it. */
    private static TaskEnd end(KernelGeneration kernel, byte[] image, boolean watched) throws Exception {
        try (EmulatedMachine machine = new EmulatedMachine(kernel, Vendor.INTEL)) {
            EmulatedProgram program =
                    EmulatedProgram.load(machine, new LinuxBinprm("computing", image, List.of("computing"), List.of()));
            if (watched) {
                program.thread().cpu().listen(new CpuListener() {});
            }
            BlockingQueue<TaskEnd> ends = new ArrayBlockingQueue<>(1);
            Thread.ofPlatform().daemon().start(() -> ends.add(program.run()));
            while (program.executed() < 1000) {
                Thread.onSpinWait();
            }
            program.thread().task().send(Signal.of(SIGUSR1));
            TaskEnd end = ends.poll(30, TimeUnit.SECONDS);
            assertThat(end).as("how it ended within half a minute").isNotNull();
            return end;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerIsEntered(KernelGeneration kernel) throws Exception {
        assertThat(end(kernel, handling(), false).status()).isEqualTo(42);
    }

    @ParameterizedTest
    @EnumSource
    void aSignalWithoutAHandlerKills(KernelGeneration kernel) throws Exception {
        assertThat(end(kernel, looping(ElfClass.ELF32), false).signal()).isEqualTo(Signal.of(SIGUSR1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSignalKillsWhetherSomebodyWatchesOrNot(boolean watched) throws Exception {
        assertThat(end(KernelGeneration.MODERN, looping(ElfClass.ELF64), watched)
                        .signal())
                .isEqualTo(Signal.of(SIGUSR1));
    }

    @Test
    void theProgramGoesOnWhereItWas() throws Exception {
        // The handler returns by the vDSO's sigreturn; the loop ends once the handler has changed the word it looks at.
        byte[] code = new byte[0x200];
        byte[] main = MachineCode.of(
                        "b8 43 00 00 00", //       mov eax, 67       sigaction
                        "bb 0a 00 00 00", //       mov ebx, 10
                        "b9 00 00 50 00", //       mov ecx, ACTION
                        "31 d2", //                xor edx, edx
                        "cd 80", //                int 0x80
                        "b9 05 00 00 00", //       mov ecx, 5
                        "83 3d 20 00 50 00 00", // 1: cmp dword [ACTION+0x20], 0
                        "74 f7", //                je 1b
                        "89 cb", //                mov ebx, ecx
                        "b8 01 00 00 00", //       mov eax, 1
                        "cd 80") //                int 0x80
                .toByteArray();
        byte[] handler = MachineCode.of(
                        "b9 63 00 00 00", //                mov ecx, 99: it comes back as it was
                        "ff 05 20 00 50 00", //             inc dword [ACTION+0x20]
                        "c3") //                            ret
                .toByteArray();
        System.arraycopy(main, 0, code, 0, main.length);
        System.arraycopy(handler, 0, code, HANDLER_AT, handler.length);
        byte[] action = new byte[0x30];
        action[1] = 1;
        action[2] = 0x40;
        byte[] image = StaticExecutable.of(
                ElfClass.ELF32,
                CODE,
                LoadSegment.of(CODE, Access.READ_EXECUTE, code),
                LoadSegment.of(ACTION, Access.READ_WRITE, action));

        assertThat(end(KernelGeneration.MODERN, image, false).status()).isEqualTo(5);
        assertThat(end(KernelGeneration.CLASSIC, image, false).status()).isEqualTo(5);
    }
}

package dev.trapgate.emulator.semantics;

import static dev.trapgate.emulator.cpu.GeneralRegisters.RAX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RBX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSP;
import static dev.trapgate.emulator.semantics.Profile.ANY;
import static dev.trapgate.emulator.semantics.Profile.CODE_32;
import static dev.trapgate.emulator.semantics.Profile.CODE_64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.UserInstruction;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.linux.kernel.HandlerReturn;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.SignalAction;
import java.util.function.Predicate;

/** Line 31: frames, and the way back from them. */
final class SignalCases {

    private static final long HANDLER = 0x0804_8100L;
    private static final long MARK = 0x1234_5678L;

    private SignalCases() {}

    static void addTo(Cases cases) {
        frames(cases, UserInstruction.INT_80, ANY);
        frames(cases, UserInstruction.SYSCALL, CODE_64);
        returns(cases, UserInstruction.SYSCALL, CODE_64);
        returns(cases, UserInstruction.INT_80, CODE_32);
        cases.add(31, "x86-64 without SA_RESTORER is SIGSEGV", CODE_64, program -> {
            program.machine.process().setAction(Signal.SIGUSR1, SignalAction.handler(HANDLER, 0));
            interrupt(program, UserInstruction.SYSCALL);
            assertThat(program.thread.task().end()).hasToString("killed by SIGSEGV");
        });
        for (long siginfo : new long[] {0, SignalAction.SA_SIGINFO}) {
            String name = siginfo == 0 ? "__kernel_sigreturn" : "__kernel_rt_sigreturn";
            cases.add(31, "i386 returns by the vDSO's " + name, CODE_32, program -> {
                program.machine
                        .process()
                        .setAction(Signal.SIGUSR1, SignalAction.handler(HANDLER, siginfo | SignalAction.SA_IA32_ABI));
                interrupt(program, UserInstruction.INT_80);
                HandlerReturn places = program.machine.process().handlerReturn();
                assertThat(word(program, 0)).isEqualTo(siginfo == 0 ? places.sigreturn() : places.rtSigreturn());
                // The handler returns at once, and the program is behind its call again.
                comeBack(program, siginfo == 0 ? 4 : 3);
                assertThat(program.cpu.rip()).isEqualTo(program.machine.address(UserInstruction.INT_80) + 2);
                assertThat(program.get(RBX)).isEqualTo(MARK);
                assertThat(program.get(RAX)).isEqualTo(7);
            });
        }
        cases.add(31, "a frame that cannot be written is SIGSEGV", ANY, program -> {
            program.handle(Signal.SIGUSR1, HANDLER, 0);
            program.set(RSP, 0x3000);
            interruptAsIs(program, UserInstruction.INT_80);
            assertThat(program.thread.task().end()).hasToString("killed by SIGSEGV");
        });
    }

    private static void interrupt(Program program, UserInstruction way) {
        program.set(RBX, MARK);
        interruptAsIs(program, way);
    }

    private static void interruptAsIs(Program program, UserInstruction way) {
        program.hookGetpid(way, (task, regs) -> {
            task.send(Signal.of(Signal.SIGUSR1));
            return 7;
        });
        program.thread.execute(way);
    }

    private static long word(Program program, int offset) {
        long at = program.get(RSP) + offset;
        return CODE_64.test(program.profile)
                ? program.cpu.mmu().read64(at, Paging.READ)
                : program.cpu.mmu().read32(at, Paging.READ);
    }

    /** The handler's RET, then so many instructions of its restorer. */
    private static void comeBack(Program program, int instructions) {
        program.cpu.setRip(word(program, 0));
        program.set(RSP, program.get(RSP) + (CODE_64.test(program.profile) ? 8 : 4));
        for (int i = 1; i < instructions; i++) {
            assertThat(program.thread.step())
                    .as("%s", program.thread.task().end())
                    .isTrue();
        }
    }

    private static void frames(Cases cases, UserInstruction way, Predicate<Profile> where) {
        for (int misaligned = 0; misaligned < 16; misaligned += 4) {
            int offset = misaligned;
            cases.add(31, "frames are aligned, after " + way + " with a stack at " + offset, where, program -> {
                program.handle(Signal.SIGUSR1, HANDLER, 0);
                program.set(RSP, program.stack() - 64 - offset);
                interrupt(program, way);
                long sp = program.get(RSP);
                boolean wide = CODE_64.test(program.profile);
                assertThat(wide ? sp % 16 : (sp + 4) % 16).isEqualTo(wide ? 8 : 0);
                assertThat(program.cpu.rip()).isEqualTo(HANDLER);
            });
        }
        cases.add(31, "the handler's own signal and its mask are blocked, after " + way, where, program -> {
            long abi = CODE_64.test(program.profile) ? 0 : SignalAction.SA_IA32_ABI;
            long mask = Signal.mask(Signal.SIGTERM);
            program.machine
                    .process()
                    .setAction(
                            Signal.SIGUSR1, new SignalAction(HANDLER, SignalAction.SA_RESTORER | abi, HANDLER, mask));
            interrupt(program, way);
            assertThat(program.thread.task().signals().blocked()).isEqualTo(mask | Signal.mask(Signal.SIGUSR1));
        });
    }

    /** Frames as a program may have changed them. */
    private static void returns(Cases cases, UserInstruction way, Predicate<Profile> where) {
        boolean wide = way == UserInstruction.SYSCALL;
        int context = wide ? 48 : 8;
        cases.add(31, "sigreturn forces CPL 3 on cs and ss, by " + way, where, program -> {
            enterHandler(program, way);
            long at = program.get(RSP) + context;
            int cs = program.cpu.segments().cs().selector();
            program.cpu.mmu().write16(at + (wide ? 144 : 60), cs & ~3, Paging.READ);
            sigreturn(program, way);
            assertThat(program.cpu.cpl()).isEqualTo(3);
            assertThat(program.cpu.segments().cs().selector()).isEqualTo(cs);
            assertThat(program.cpu.segments().ss().selector() & 3).isEqualTo(3);
        });
        cases.add(31, "sigreturn takes only the flags that programs may change, by " + way, where, program -> {
            enterHandler(program, way);
            long at = program.get(RSP) + context + (wide ? 136 : 64);
            program.cpu.mmu().write32(at, Flags.CF | Flags.IOPL | Flags.NT | Flags.VIF | Flags.DF, Paging.READ);
            sigreturn(program, way);
            long flags = program.cpu.rflags();
            assertThat(flags & (Flags.CF | Flags.DF | Flags.IF)).isEqualTo(Flags.CF | Flags.DF | Flags.IF);
            assertThat(flags & (Flags.IOPL | Flags.NT | Flags.VIF)).isZero();
        });
        cases.add(31, "sigreturn's result is the frame's ax, and nothing is restarted, by " + way, where, program -> {
            enterHandler(program, way);
            long at = program.get(RSP) + context + (wide ? 104 : 44);
            program.cpu.mmu().write32(at, -512, Paging.READ);
            program.thread.task().signalWakeUp();
            long ip = program.savedIp();
            sigreturn(program, way);
            assertThat((int) program.get(RAX)).isEqualTo(-512);
            assertThat(program.cpu.rip()).isEqualTo(ip);
        });
        cases.add(31, "sigreturn restores the mask, by " + way, where, program -> {
            enterHandler(program, way);
            assertThat(program.thread.task().signals().blocked()).isEqualTo(Signal.mask(Signal.SIGUSR1));
            sigreturn(program, way);
            assertThat(program.thread.task().signals().blocked()).isZero();
        });
        cases.add(31, "sigreturn without a frame is SIGSEGV, by " + way, where, program -> {
            program.set(RSP, 0x3000);
            program.set(RAX, wide ? 15 : 119);
            program.thread.execute(way);
            assertThat(program.thread.task().end()).hasToString("killed by SIGSEGV");
        });
    }

    private static void enterHandler(Program program, UserInstruction way) {
        program.handle(Signal.SIGUSR1, HANDLER, 0);
        interrupt(program, way);
        assertThat(program.cpu.rip()).isEqualTo(HANDLER);
    }

    /** As a restorer does it, the return address having been popped; i386's sigreturn wants the signal popped too. */
    private static void sigreturn(Program program, UserInstruction way) {
        boolean wide = way == UserInstruction.SYSCALL;
        program.set(RSP, program.get(RSP) + 8);
        program.set(RAX, wide ? 15 : 119);
        assertThat(program.thread.execute(way))
                .as("%s", program.thread.task().end())
                .isTrue();
    }
}

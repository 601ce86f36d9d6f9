package dev.trapgate.emulator.semantics;

import static dev.trapgate.emulator.cpu.GeneralRegisters.RAX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RBP;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RBX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RCX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSP;
import static dev.trapgate.emulator.semantics.Profile.AMD;
import static dev.trapgate.emulator.semantics.Profile.ANY;
import static dev.trapgate.emulator.semantics.Profile.CLASSIC;
import static dev.trapgate.emulator.semantics.Profile.CODE_32;
import static dev.trapgate.emulator.semantics.Profile.CODE_64;
import static dev.trapgate.emulator.semantics.Profile.INTEL;
import static dev.trapgate.emulator.semantics.Profile.MODERN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.CallingWay;
import dev.trapgate.emulator.UserInstruction;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.ModelSpecificRegisters;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.linux.kernel.Signal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/** Lines 21 to 25: SYSENTER, SYSEXIT, and 32-bit SYSCALL. */
final class SysenterCases {

    private static final UserInstruction SYSENTER = UserInstruction.SYSENTER;
    private static final long EFAULT = -Errno.EFAULT.number();
    /** Where SYSENTER is an instruction: not in AMD's long mode. */
    private static final Predicate<Profile> WHERE = CLASSIC.or(INTEL);

    private SysenterCases() {}

    static void addTo(Cases cases) {
        instruction(cases);
        exits(cases);
        vsyscall(cases);
        kernel(cases);
        compatSyscall(cases);
        vendors(cases);
        tracing(cases);
    }

    /** SYSENTER keeps TF, so that the first thing that happens in the kernel is #DB. */
    private static void tracing(Cases cases) {
        cases.add(
                23,
                "TF at SYSENTER traps in the kernel, which goes on",
                MODERN.and(INTEL).and(CODE_32),
                program -> {
                    program.number(SYSENTER, Syscall.GETPID);
                    program.set(RBP, program.stack() - 64);
                    program.cpu.setRflags(program.cpu.rflags() | Flags.TF);
                    assertThat(program.thread.execute(SYSENTER)).isTrue();
                    assertThat(program.recorder.faults).containsExactly(Fault.of(Vector.DB));
                    assertThat(program.get(RAX))
                            .isEqualTo(program.machine.process().tgid());
                    assertThat(program.cpu.rflags() & Flags.TF).isNotZero();
                });
        cases.add(23, "TF at int 0x80 is told at the call's end", CLASSIC, program -> {
            program.number(UserInstruction.INT_80, Syscall.GETPID);
            program.cpu.setRflags(program.cpu.rflags() | Flags.TF);
            assertThat(program.thread.execute(UserInstruction.INT_80)).isFalse();
            assertThat(program.recorder.faults).isEmpty();
            program.assertKilled(Signal.SIGTRAP, Vector.DB, 0);
        });
        cases.add(23, "TF at SYSENTER is told at the call's end", CLASSIC, program -> {
            program.number(SYSENTER, Syscall.GETPID);
            program.set(RBP, program.stack() - 64);
            program.cpu.setRflags(program.cpu.rflags() | Flags.TF);
            assertThat(program.thread.execute(SYSENTER)).isFalse();
            assertThat(program.recorder.faults).containsExactly(Fault.of(Vector.DB));
            program.assertKilled(Signal.SIGTRAP, Vector.DB, 0);
        });
    }

    private static void instruction(Cases cases) {
        cases.add(21, "a null SYSENTER_CS is #GP(0)", WHERE, program -> {
            for (int selector = 0; selector < 4; selector++) {
                program.cpu.msrs().write(ModelSpecificRegisters.IA32_SYSENTER_CS, selector);
                assertThat(Fault.toString(program.cpu.sysenter())).isEqualTo("#GP(0x0)");
            }
        });
        cases.add(21, "SYSENTER clears VM, IF and RF and keeps the rest", WHERE, program -> {
            program.cpu.setRflags(program.cpu.rflags() | Flags.RF | Flags.DF | Flags.TF);
            assertThat(program.cpu.sysenter()).isZero();
            assertThat(program.cpu.rflags()).isEqualTo(Flags.FIXED | Flags.DF | Flags.TF);
        });
        cases.add(21, "SYSENTER takes CS, SS, ESP and EIP from its MSRs", WHERE, program -> {
            program.cpu.msrs().write(ModelSpecificRegisters.IA32_SYSENTER_CS, 0x63);
            program.cpu.msrs().write(ModelSpecificRegisters.IA32_SYSENTER_ESP, 0x1_1000);
            program.cpu.msrs().write(ModelSpecificRegisters.IA32_SYSENTER_EIP, 0x2_2000);
            assertThat(program.cpu.sysenter()).isZero();
            assertThat(program.cpu.segments().cs().selector()).isEqualTo(0x60);
            assertThat(program.cpu.segments().ss().selector()).isEqualTo(0x68);
            assertThat(program.get(RSP)).isEqualTo(0x1_1000);
            assertThat(program.cpu.rip()).isEqualTo(0x2_2000);
            assertThat(program.cpu.cpl()).isZero();
        });
        cases.add(21, "SYSENTER saves nothing: no push, no write, no descriptor read, three MSRs", WHERE, program -> {
            assertThat(program.cpu.sysenter()).isZero();
            assertThat(program.recorder.pushes).isEmpty();
            assertThat(program.recorder.writes).isZero();
            assertThat(program.recorder.descriptors).isZero();
            assertThat(program.recorder.msrs).containsExactlyInAnyOrder(0x174, 0x175, 0x176);
        });
        cases.add(21, "SYSENTER leaves the general registers but ESP alone", WHERE, program -> {
            program.set(RCX, 0x11);
            program.set(RDX, 0x22);
            assertThat(program.cpu.sysenter()).isZero();
            assertThat(program.get(RCX)).isEqualTo(0x11);
            assertThat(program.get(RDX)).isEqualTo(0x22);
        });
    }

    private static void exits(Cases cases) {
        cases.add(21, "SYSEXIT takes CS + 16, SS + 24, EIP from EDX, ESP from ECX", WHERE, program -> {
            int base = (int) program.cpu.msrs().read(ModelSpecificRegisters.IA32_SYSENTER_CS);
            assertThat(program.cpu.sysenter()).isZero();
            program.set(RCX, 0x7000);
            program.set(RDX, 0x8000);
            assertThat(program.cpu.sysexit()).isZero();
            assertThat(program.cpu.segments().cs().selector()).isEqualTo(base + 16 | 3);
            assertThat(program.cpu.segments().ss().selector()).isEqualTo(base + 24 | 3);
            assertThat(program.cpu.rip()).isEqualTo(0x8000);
            assertThat(program.get(RSP)).isEqualTo(0x7000);
            assertThat(program.cpu.cpl()).isEqualTo(3);
        });
        cases.add(21, "64-bit SYSEXIT takes CS + 32, SS + 40", MODERN.and(INTEL), program -> {
            assertThat(program.cpu.sysenter()).isZero();
            program.set(RCX, 0x7000);
            program.set(RDX, 0x8000);
            assertThat(program.cpu.sysexitq()).isZero();
            assertThat(program.cpu.segments().cs().selector()).isEqualTo(0x33);
            assertThat(program.cpu.segments().ss().selector()).isEqualTo(0x3b);
        });
        cases.add(21, "64-bit SYSEXIT to an address that is not canonical is #GP(0)", MODERN.and(INTEL), program -> {
            assertThat(program.cpu.sysenter()).isZero();
            program.set(RDX, 0x1234_0000_0000_0000L);
            assertThat(Fault.toString(program.cpu.sysexitq())).isEqualTo("#GP(0x0)");
        });
        cases.add(21, "SYSEXIT with a null SYSENTER_CS is #GP(0)", WHERE, program -> {
            assertThat(program.cpu.sysenter()).isZero();
            program.cpu.msrs().write(ModelSpecificRegisters.IA32_SYSENTER_CS, 3);
            assertThat(Fault.toString(program.cpu.sysexit())).isEqualTo("#GP(0x0)");
        });
    }

    private static String code(Program program) {
        byte[] bytes = new byte[program.profile.kernel().is64Bit() ? 13 : 20];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) program.cpu.mmu().read8(program.machine.kernelVsyscall() + i, Paging.READ);
            if (program.cpu.mmu().takeFault() != Fault.NONE) {
                assertThat(program.machine.process().mm().handleFault(program.machine.kernelVsyscall(), 0))
                        .isTrue();
                i--;
            }
        }
        return HexFormat.of().formatHex(bytes);
    }

    private static void vsyscall(Cases cases) {
        cases.add(22, "__kernel_vsyscall on Intel", MODERN.and(INTEL), program -> assertThat(code(program))
                .isEqualTo("51525589e50f34cd805d5a59c3"));
        cases.add(22, "__kernel_vsyscall on AMD", MODERN.and(AMD), program -> assertThat(code(program))
                .isEqualTo("51525589cd0f05cd805d5a59c3"));
        cases.add(22, "__kernel_vsyscall of the classic kernel", CLASSIC, program -> assertThat(code(program))
                .isEqualTo("51525589e50f3490909090909090ebf35d5a59c3"));
        cases.add(22, "a call by %gs:0x10 keeps the caller's registers and stack", CODE_32, program -> {
            long answer = program.thread.call(CallingWay.VSYSCALL, Syscall.GETPID.number(Abi.I386), 1, 2, 3, 4, 5, 6);
            assertThat(answer).isEqualTo(program.machine.process().tgid());
            assertThat(program.get(RBX)).isEqualTo(1);
            assertThat(program.get(RCX)).isEqualTo(2);
            assertThat(program.get(RDX)).isEqualTo(3);
            assertThat(program.get(RSI)).isEqualTo(4);
            assertThat(program.get(RDI)).isEqualTo(5);
            assertThat(program.get(RBP)).isEqualTo(6);
            assertThat(program.get(RSP)).isEqualTo(program.stack());
        });
        cases.add(22, "all six arguments arrive by %gs:0x10", CODE_32, program -> {
            List<Long> seen = new ArrayList<>();
            program.hookGetpid(UserInstruction.INT_80, (task, regs) -> {
                for (int i = 1; i <= 6; i++) {
                    seen.add(regs.argument(i));
                }
                return 0;
            });
            program.thread.call(CallingWay.VSYSCALL, Syscall.GETPID.number(Abi.I386), 11, 12, 13, 14, 15, 16);
            assertThat(seen).containsExactly(11L, 12L, 13L, 14L, 15L, 16L);
        });
    }

    /** A bare SYSENTER with a stack pointer in ebp, as the vDSO leaves it. */
    private static void enter(Program program, long flags) {
        long sp = program.stack() - 64;
        program.thread.task().uaccess().putUser32(sp, 0x66);
        program.set(RBP, sp);
        program.cpu.setRflags(program.cpu.rflags() | flags);
        program.thread.execute(SYSENTER);
    }

    private static void kernel(Cases cases) {
        cases.add(23, "the sixth argument is at 0(ebp)", WHERE, program -> {
            long[] seen = {0};
            program.hookGetpid(SYSENTER, (task, regs) -> {
                seen[0] = regs.argument(6);
                return 0;
            });
            enter(program, 0);
            assertThat(seen[0]).isEqualTo(0x66);
        });
        cases.add(23, "ip is forced to the landing pad and the stack taken from ebp", WHERE, program -> {
            program.number(SYSENTER, Syscall.GETPID);
            enter(program, 0);
            int pad = CLASSIC.test(program.profile) ? 16 : 9;
            assertThat(program.cpu.rip()).isEqualTo(program.machine.kernelVsyscall() + pad);
            assertThat(program.get(RSP)).isEqualTo(program.stack() - 64);
            assertThat(program.get(RAX)).isEqualTo(program.machine.process().tgid());
        });
        cases.add(23, "an unreadable ebp is EFAULT and leaves by IRET", WHERE, program -> {
            program.number(SYSENTER, Syscall.GETPID);
            program.set(RBP, 0x10);
            program.thread.execute(SYSENTER);
            assertThat(program.result(SYSENTER)).isEqualTo(EFAULT);
            assertThat(program.recorder.instructions.getLast()).startsWith("iret");
        });
        cases.add(23, "IF is set again", WHERE, program -> {
            program.number(SYSENTER, Syscall.GETPID);
            enter(program, 0);
            assertThat(program.cpu.rflags() & Flags.IF).isNotZero();
        });
        for (long flag : new long[] {Flags.NT, Flags.AC, Flags.TF}) {
            String name = "flag 0x" + Long.toHexString(flag);
            cases.add(23, name + " is clear in the kernel and comes back", MODERN.and(INTEL), program -> {
                long[] seen = {-1};
                program.hookGetpid(SYSENTER, (task, regs) -> {
                    seen[0] = task.cpu().rflags() & flag;
                    return 0;
                });
                enter(program, flag);
                assertThat(seen[0]).isZero();
                assertThat(program.cpu.rflags() & flag).isEqualTo(flag);
            });
        }
    }

    private static void compatSyscall(Cases cases) {
        Predicate<Profile> where = MODERN.and(AMD).and(CODE_32);
        UserInstruction syscall = UserInstruction.SYSCALL;
        cases.add(24, "the second argument is in ebp, the sixth at 0(esp)", where, program -> {
            List<Long> seen = new ArrayList<>();
            program.hookGetpid(syscall, (task, regs) -> {
                for (int i = 1; i <= 6; i++) {
                    seen.add(regs.argument(i));
                }
                return 0;
            });
            program.thread.task().uaccess().putUser32(program.stack() - 64, 6);
            program.set(RSP, program.stack() - 64);
            program.set(RBX, 1);
            program.set(RBP, 2);
            program.set(RCX, 99);
            program.set(RDX, 3);
            program.set(RSI, 4);
            program.set(RDI, 5);
            program.thread.execute(syscall);
            assertThat(seen).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        });
        cases.add(24, "a bare syscall comes back at the landing pad", where, program -> {
            program.number(syscall, Syscall.GETPID);
            program.set(RSP, program.stack() - 64);
            program.thread.execute(syscall);
            assertThat(program.cpu.rip()).isEqualTo(program.machine.kernelVsyscall() + 9);
            assertThat(program.get(RAX)).isEqualTo(program.machine.process().tgid());
            assertThat(program.recorder.instructions.getLast()).isEqualTo("sysretl");
        });
        cases.add(24, "an unreadable stack is EFAULT", where, program -> {
            program.number(syscall, Syscall.GETPID);
            program.set(RSP, 0x10);
            program.thread.execute(syscall);
            assertThat(program.result(syscall)).isEqualTo(EFAULT);
        });
    }

    private static void vendors(Cases cases) {
        cases.add(25, "SYSENTER in long mode is SIGILL, trap 6", MODERN.and(AMD), program -> {
            program.thread.execute(SYSENTER);
            program.assertKilled(Signal.SIGILL, 6, 0);
        });
        cases.add(25, "SYSENTER enters", WHERE, program -> {
            program.number(SYSENTER, Syscall.GETPPID);
            enter(program, 0);
            assertThat(program.get(RAX)).isEqualTo(program.machine.process().parent());
        });
        cases.add(
                25,
                "SYSCALL in compatibility mode is SIGILL, trap 6",
                MODERN.and(INTEL).and(CODE_32),
                program -> {
                    program.thread.execute(UserInstruction.SYSCALL);
                    program.assertKilled(Signal.SIGILL, 6, 0);
                });
        cases.add(25, "SYSCALL under a kernel that does not enable it is SIGILL, trap 6", CLASSIC, program -> {
            program.thread.execute(UserInstruction.SYSCALL);
            program.assertKilled(Signal.SIGILL, 6, 0);
        });
        cases.add(25, "SYSCALL in 64-bit mode enters", MODERN.and(CODE_64), program -> {
            program.number(UserInstruction.SYSCALL, Syscall.GETPPID);
            program.thread.execute(UserInstruction.SYSCALL);
            assertThat(program.get(RAX)).isEqualTo(program.machine.process().parent());
        });
        cases.add(25, "int $0x80 enters everywhere", ANY, program -> {
            program.number(UserInstruction.INT_80, Syscall.GETPPID);
            program.thread.execute(UserInstruction.INT_80);
            assertThat(program.get(RAX)).isEqualTo(program.machine.process().parent());
        });
    }
}

package dev.trapgate.emulator.semantics;

import static dev.trapgate.emulator.cpu.GeneralRegisters.R11;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RCX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSP;
import static dev.trapgate.emulator.semantics.Profile.AMD;
import static dev.trapgate.emulator.semantics.Profile.CODE_64;
import static dev.trapgate.emulator.semantics.Profile.INTEL;
import static dev.trapgate.emulator.semantics.Profile.MODERN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.UserInstruction;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.ModelSpecificRegisters;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.PtRegs64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Lines 17 and 18: SYSCALL, SYSRET, and the kernel's choice of the way out. */
final class SyscallCases {

    private static final UserInstruction SYSCALL = UserInstruction.SYSCALL;
    private static final Predicate<Profile> WHERE = MODERN.and(CODE_64);

    private SyscallCases() {}

    static void addTo(Cases cases) {
        in(cases);
        survivors(cases);
        out(cases);
        wayOut(cases);
    }

    private static void in(Cases cases) {
        cases.add(17, "RCX, R11, RIP, CS and SS after SYSCALL", WHERE, program -> {
            program.cpu.setRip(0x1000);
            program.cpu.setRflags(Flags.IF | Flags.CF | Flags.RF);
            assertThat(program.cpu.syscall()).isZero();
            assertThat(program.get(RCX)).isEqualTo(0x1002);
            assertThat(program.get(R11)).isEqualTo(Flags.FIXED | Flags.IF | Flags.CF);
            assertThat(program.cpu.rip()).isEqualTo(program.cpu.msrs().read(ModelSpecificRegisters.LSTAR));
            assertThat(program.cpu.segments().cs().selector()).isEqualTo(0x10);
            assertThat(program.cpu.segments().ss().selector()).isEqualTo(0x18);
            assertThat(program.cpu.cpl()).isZero();
        });
        cases.add(17, "SYSCALL leaves RSP and memory alone and reads no descriptor", WHERE, program -> {
            program.set(RSP, 0x1234_5678);
            assertThat(program.cpu.syscall()).isZero();
            assertThat(program.get(RSP)).isEqualTo(0x1234_5678);
            assertThat(program.recorder.writes).isZero();
            assertThat(program.recorder.pushes).isEmpty();
            assertThat(program.recorder.descriptors).isZero();
        });
        cases.add(17, "SYSCALL without EFER.SCE is #UD", WHERE, program -> {
            long efer = program.cpu.msrs().efer();
            program.cpu.msrs().write(ModelSpecificRegisters.EFER, efer & ~ModelSpecificRegisters.EFER_SCE);
            assertThat(Fault.toString(program.cpu.syscall())).isEqualTo("#UD");
        });
        cases.add(17, "the program sees its next address in RCX and its flags in R11", WHERE, program -> {
            program.number(SYSCALL, Syscall.GETPID);
            program.set(RCX, 1);
            program.set(R11, 2);
            program.thread.execute(SYSCALL);
            assertThat(program.get(RCX)).isEqualTo(program.machine.address(SYSCALL) + 2);
            assertThat(program.get(R11)).isEqualTo(0x202);
            assertThat(program.cpu.rip()).isEqualTo(program.get(RCX));
        });
    }

    private static void survivors(Cases cases) {
        for (long flag : new long[] {Flags.NT, Flags.AC, Flags.TF, Flags.DF, Flags.CF}) {
            cases.add(17, "flag 0x" + Long.toHexString(flag) + " survives a call", WHERE, program -> {
                program.cpu.setRflags(program.cpu.rflags() | flag);
                program.number(SYSCALL, Syscall.GETPID);
                program.thread.execute(SYSCALL);
                assertThat(program.cpu.rflags()).isEqualTo(Flags.FIXED | Flags.IF | flag);
            });
        }
    }

    private static void out(Cases cases) {
        cases.add(18, "SYSRET takes (R11 & 0x3c7fd7) | 2", WHERE, program -> {
            assertThat(program.cpu.syscall()).isZero();
            program.set(R11, -1);
            program.set(RCX, 0x1000);
            assertThat(program.cpu.sysretq()).isZero();
            assertThat(program.cpu.rflags()).isEqualTo(0x3c7fd7);
            program.cpu.setCpl(0);
            program.cpu.segments().cs().load(0x10, program.cpu.segments().cs().descriptor());
            program.set(R11, 0);
            assertThat(program.cpu.sysretq()).isZero();
            assertThat(program.cpu.rflags()).isEqualTo(2);
        });
        cases.add(18, "SYSRET to an address that is not canonical faults in ring 0", WHERE.and(INTEL), program -> {
            assertThat(program.cpu.syscall()).isZero();
            program.set(RCX, 0x0000_8000_0000_0000L);
            assertThat(Fault.toString(program.cpu.sysretq())).isEqualTo("#GP(0x0)");
            assertThat(program.cpu.cpl()).isZero();
        });
        cases.add(18, "SYSRET to an address that is not canonical faults in ring 3", WHERE.and(AMD), program -> {
            assertThat(program.cpu.syscall()).isZero();
            program.set(RCX, 0x0000_8000_0000_0000L);
            assertThat(program.cpu.sysretq()).isZero();
            assertThat(program.cpu.cpl()).isEqualTo(3);
            program.cpu.segments().gs().load(0, 0);
            program.cpu.msrs().write(ModelSpecificRegisters.GS_BASE, 0);
            program.thread.step();
            assertThat(program.recorder.faults).containsExactly(Fault.of(13));
        });
    }

    /** What was tried first; an IRET that faults is followed by the kernel's way to a signal. */
    private static String wayOut(Program program) {
        return program.recorder.instructions.stream()
                .filter(List.of("sysretq", "iretq")::contains)
                .findFirst()
                .orElse("neither");
    }

    private static void leavesBy(Cases cases, String instruction, String when, Consumer<PtRegs> change) {
        cases.add(18, "the way out is " + instruction + " when " + when, WHERE, program -> {
            program.hookGetpid(SYSCALL, (task, regs) -> {
                change.accept(regs);
                return 0;
            });
            program.thread.execute(SYSCALL);
            assertThat(wayOut(program)).isEqualTo(instruction);
        });
    }

    private static void wayOut(Cases cases) {
        leavesBy(cases, "sysretq", "nothing was changed", regs -> {});
        leavesBy(cases, "iretq", "ip is not cx", regs -> regs.setIp(0x5000));
        leavesBy(cases, "iretq", "cx is not ip", regs -> ((PtRegs64) regs).set(PtRegs64.CX, 0x5000));
        leavesBy(cases, "iretq", "flags are not r11", regs -> regs.setFlags(regs.flags() | Flags.CF));
        leavesBy(cases, "iretq", "r11 is not flags", regs -> ((PtRegs64) regs).set(PtRegs64.R11, 0));
        leavesBy(cases, "iretq", "cs is the 32-bit one", regs -> ((PtRegs64) regs).set(PtRegs64.CS, 0x23));
        leavesBy(cases, "iretq", "ss is not the standard one", regs -> ((PtRegs64) regs).set(PtRegs64.SS, 0x63));
        leavesBy(cases, "iretq", "TF is set", regs -> both(regs, Flags.TF));
        leavesBy(cases, "iretq", "RF is set", regs -> both(regs, Flags.RF));
        cases.add(18, "the way out is iretq, which faults, when ip is not canonical", WHERE, program -> {
            program.hookGetpid(SYSCALL, (task, regs) -> {
                regs.setIp(0x0000_8000_0000_0000L);
                ((PtRegs64) regs).set(PtRegs64.CX, 0x0000_8000_0000_0000L);
                return 0;
            });
            program.thread.execute(SYSCALL);
            assertThat(wayOut(program)).isEqualTo("iretq");
            program.assertKilled(11, 13, 0);
        });
        cases.add(18, "IRET brings the saved rcx and r11 back", WHERE, program -> {
            program.hookGetpid(SYSCALL, (task, regs) -> {
                ((PtRegs64) regs).set(PtRegs64.CX, 0x77);
                ((PtRegs64) regs).set(PtRegs64.R11, 0x88);
                return 0;
            });
            program.thread.execute(SYSCALL);
            assertThat(program.get(RCX)).isEqualTo(0x77);
            assertThat(program.get(R11)).isEqualTo(0x88);
        });
    }

    private static void both(PtRegs regs, long flag) {
        regs.setFlags(regs.flags() | flag);
        ((PtRegs64) regs).set(PtRegs64.R11, regs.flags());
    }
}

package dev.trapgate.emulator.semantics;

import static dev.trapgate.emulator.cpu.GeneralRegisters.R8;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RAX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RBP;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSP;
import static dev.trapgate.emulator.semantics.Profile.ANY;
import static dev.trapgate.emulator.semantics.Profile.CLASSIC;
import static dev.trapgate.emulator.semantics.Profile.CODE_64;
import static dev.trapgate.emulator.semantics.Profile.MODERN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.UserInstruction;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.linux.arch.x86.PtRegs32;
import dev.trapgate.emulator.linux.arch.x86.PtRegs64;
import dev.trapgate.emulator.linux.kernel.Signal;
import java.util.ArrayList;
import java.util.List;

/** Lines 15, 16, 20, 26 and 28: what is on the kernel's stack, and where the arguments are. */
final class FrameCases {

    private static final List<String> SAVE_ALL = List.of(
            "ss",
            "esp",
            "eflags",
            "cs",
            "eip",
            "orig_eax",
            "es",
            "ds",
            "eax",
            "ebp",
            "edi",
            "esi",
            "edx",
            "ecx",
            "ebx");

    private FrameCases() {}

    private static void interruptFlag(Cases cases) {
        cases.add(16, "a call runs with interrupts enabled", ANY, program -> {
            program.hookGetpid(
                    UserInstruction.INT_80, (task, regs) -> task.cpu().rflags() & Flags.IF);
            assertThat(program.thread.execute(UserInstruction.INT_80)).isTrue();
            assertThat(program.get(GeneralRegisters.RAX)).isEqualTo(Flags.IF);
            assertThat(program.cpu.rflags() & Flags.IF).isNotZero();
        });
    }

    private static void badReturn(Cases cases) {
        cases.add(16, "registers that IRET refuses kill with SIGSEGV", ANY, program -> {
            program.hookGetpid(UserInstruction.INT_80, (task, regs) -> {
                long at = task.cpu().tables().gdtBase() + (regs.cs() & 0xfff8);
                return task.cpu().mmu().write64(at, 0, Paging.READ);
            });
            int cs = program.cpu.segments().cs().selector() & 0xfffc;
            assertThat(program.thread.execute(UserInstruction.INT_80)).isFalse();
            boolean classic = CLASSIC.test(program.profile);
            program.assertKilled(Signal.SIGSEGV, classic ? 32 : 13, classic ? 0 : cs);
            assertThat(program.thread.task().oops()).isNull();
        });
    }

    static void addTo(Cases cases) {
        interruptFlag(cases);
        badReturn(cases);
        classic(cases);
        modern(cases);
        arguments(cases);
        int80From64BitCode(cases);
    }

    private static void fill(Program program) {
        for (int register = 0; register < GeneralRegisters.COUNT; register++) {
            if (register != RSP && register != RAX) {
                program.set(register, 0x1_0001L * (register + 1));
            }
        }
    }

    private static void classic(Cases cases) {
        cases.add(15, "what is pushed, in its order", CLASSIC, program -> {
            program.number(UserInstruction.INT_80, Syscall.GETPID);
            program.thread.execute(UserInstruction.INT_80);
            assertThat(program.recorder.pushes).isEqualTo(SAVE_ALL);
        });
        int[] offsets = {
            PtRegs32.BX,
            PtRegs32.CX,
            PtRegs32.DX,
            PtRegs32.SI,
            PtRegs32.DI,
            PtRegs32.BP,
            PtRegs32.AX,
            PtRegs32.DS,
            PtRegs32.ES,
            PtRegs32.ORIG_AX,
            PtRegs32.IP,
            PtRegs32.CS,
            PtRegs32.FLAGS,
            PtRegs32.SP,
            PtRegs32.SS
        };
        String[] names = {
            "ebx",
            "ecx",
            "edx",
            "esi",
            "edi",
            "ebp",
            "eax",
            "ds",
            "es",
            "orig_eax",
            "eip",
            "cs",
            "eflags",
            "oldesp",
            "oldss"
        };
        for (int i = 0; i < offsets.length; i++) {
            int word = i;
            cases.add(15, names[i] + " at 0x" + Integer.toHexString(4 * i), CLASSIC, program -> {
                assertThat(offsets[word]).isEqualTo(4 * word);
                fill(program);
                long[] seen = {-1};
                program.hookGetpid(UserInstruction.INT_80, (task, regs) -> {
                    seen[0] = task.cpu().mmu().read32(task.cpu().registers().get32(RSP) + 4L * word, Paging.READ);
                    return 0;
                });
                program.thread.execute(UserInstruction.INT_80);
                assertThat(seen[0]).isEqualTo(expected(program, names[word]));
            });
        }
        cases.add(15, "ds and es are __USER_DS in the kernel", CLASSIC, program -> {
            program.cpu.segments().es().load(0, 0);
            List<Integer> seen = new ArrayList<>();
            program.hookGetpid(UserInstruction.INT_80, (task, regs) -> {
                seen.add(task.cpu().segments().ds().selector());
                seen.add(task.cpu().segments().es().selector());
                return 0;
            });
            program.thread.execute(UserInstruction.INT_80);
            assertThat(seen).containsExactly(0x7b, 0x7b);
            assertThat(program.cpu.segments().es().selector()).isZero();
        });
        cases.add(15, "the result is stored in eax's place and comes back", CLASSIC, program -> {
            program.hookGetpid(UserInstruction.INT_80, (task, regs) -> 0x1234_5678);
            program.thread.execute(UserInstruction.INT_80);
            assertThat(program.get(RAX)).isEqualTo(0x1234_5678);
        });
        cases.add(15, "dispatch goes through the table in memory", ANY, program -> {
            var table = program.machine.table(Abi.I386).orElseThrow();
            int pointer = CLASSIC.test(program.profile) ? 4 : 8;
            long from = table.address() + (long) pointer * Syscall.GETPPID.number(Abi.I386);
            long to = table.address() + (long) pointer * Syscall.GETPID.number(Abi.I386);
            if (pointer == 4) {
                program.cpu.mmu().write32(to, program.cpu.mmu().read32(from, Paging.READ), Paging.READ);
            } else {
                program.cpu.mmu().write64(to, program.cpu.mmu().read64(from, Paging.READ), Paging.READ);
            }
            program.number(UserInstruction.INT_80, Syscall.GETPID);
            program.thread.execute(UserInstruction.INT_80);
            assertThat(program.get(RAX)).isEqualTo(program.machine.process().parent());
        });
    }

    private static long expected(Program program, String name) {
        long next = program.machine.address(UserInstruction.INT_80) + 2;
        return switch (name) {
            case "ebx" -> 0x4_0004L;
            case "ecx" -> 0x2_0002L;
            case "edx" -> 0x3_0003L;
            case "esi" -> 0x7_0007L;
            case "edi" -> 0x8_0008L;
            case "ebp" -> 0x6_0006L;
            case "eax", "orig_eax" -> Syscall.GETPID.number(Abi.I386);
            case "ds", "es", "oldss" -> 0x7b;
            case "eip" -> next;
            case "cs" -> 0x73;
            case "eflags" -> 0x202;
            default -> program.stack();
        };
    }

    private static void modern(Cases cases) {
        List<UserInstruction> ways = List.of(UserInstruction.SYSCALL, UserInstruction.INT_80);
        for (UserInstruction way : ways) {
            var where = way == UserInstruction.SYSCALL ? MODERN.and(CODE_64) : MODERN;
            cases.add(16, "struct pt_regs after " + way, where, program -> {
                fill(program);
                long[] words = new long[PtRegs64.SIZE / 8];
                program.hookGetpid(way, (task, regs) -> {
                    long frame = task.cpu().registers().get(RSP);
                    for (int i = 0; i < words.length; i++) {
                        words[i] = task.cpu().mmu().read64(frame + 8L * i, Paging.READ);
                    }
                    return 0;
                });
                long next = program.machine.address(way) + 2;
                program.thread.execute(way);
                assertThat(words[PtRegs64.IP / 8]).isEqualTo(next);
                assertThat(words[PtRegs64.SP / 8]).isEqualTo(program.stack());
                assertThat(words[PtRegs64.SS / 8]).isEqualTo(0x2b);
                assertThat(words[PtRegs64.FLAGS / 8]).isEqualTo(0x202);
                assertThat(words[PtRegs64.DI / 8]).isEqualTo(0x8_0008L);
                assertThat(words[PtRegs64.R15 / 8]).isEqualTo(0x10_0010L);
                assertThat(words[PtRegs64.BP / 8]).isEqualTo(0x6_0006L);
            });
            cases.add(16, "ax is preset to −ENOSYS and orig_ax is the number after " + way, where, program -> {
                List<Long> seen = new ArrayList<>();
                program.hookGetpid(way, (task, regs) -> {
                    seen.add(regs.ax());
                    seen.add(regs.origAx());
                    return 0;
                });
                long number = program.get(RAX);
                program.thread.execute(way);
                assertThat(seen).containsExactly((long) -Errno.ENOSYS.number(), number);
            });
            cases.add(16, "the same is saved whether anybody watches or not, through " + way, where, program -> {
                List<List<Long>> frames = new ArrayList<>();
                program.hookGetpid(way, (task, regs) -> {
                    List<Long> words = new ArrayList<>();
                    long frame = task.cpu().registers().get(RSP);
                    for (int i = 0; i < PtRegs64.SIZE / 8; i++) {
                        words.add(task.cpu().mmu().read64(frame + 8L * i, Paging.READ));
                    }
                    frames.add(words);
                    return 7;
                });
                for (int watched = 0; watched < 2; watched++) {
                    program.cpu.listen(watched == 0 ? null : program.recorder);
                    program.thread.begin(program.profile.width());
                    fill(program);
                    program.number(way, Syscall.GETPID);
                    program.thread.execute(way);
                    List<Long> after = new ArrayList<>();
                    for (int register = 0; register < GeneralRegisters.COUNT; register++) {
                        after.add(program.get(register));
                    }
                    frames.add(after);
                }
                assertThat(frames.get(2)).isEqualTo(frames.get(0));
                assertThat(frames.get(3)).isEqualTo(frames.get(1));
            });
        }
    }

    private static void arguments(Cases cases) {
        cases.add(20, "the six arguments of syscall", MODERN.and(CODE_64), program -> {
            fill(program);
            List<Long> seen = new ArrayList<>();
            program.hookGetpid(UserInstruction.SYSCALL, (task, regs) -> {
                for (int i = 1; i <= 6; i++) {
                    seen.add(regs.argument(i));
                }
                return 0;
            });
            program.thread.execute(UserInstruction.SYSCALL);
            assertThat(seen).containsExactly(0x8_0008L, 0x7_0007L, 0x3_0003L, 0xb_000bL, 0x9_0009L, 0xa_000aL);
        });
        cases.add(28, "the six arguments of int $0x80", ANY, program -> {
            fill(program);
            List<Long> seen = new ArrayList<>();
            program.hookGetpid(UserInstruction.INT_80, (task, regs) -> {
                for (int i = 1; i <= 6; i++) {
                    seen.add(regs.argument(i));
                }
                return 0;
            });
            program.thread.execute(UserInstruction.INT_80);
            assertThat(seen).containsExactly(0x4_0004L, 0x2_0002L, 0x3_0003L, 0x7_0007L, 0x8_0008L, 0x6_0006L);
        });
    }

    private static void int80From64BitCode(Cases cases) {
        cases.add(26, "arguments are truncated to 32 bits", MODERN.and(CODE_64), program -> {
            program.set(GeneralRegisters.RBX, 0xffff_ffff_0000_0007L);
            long[] seen = {0};
            program.hookGetpid(UserInstruction.INT_80, (task, regs) -> {
                seen[0] = regs.argument(1);
                return 0;
            });
            program.thread.execute(UserInstruction.INT_80);
            assertThat(seen[0]).isEqualTo(7);
        });
        cases.add(26, "a buffer above 4 GiB is EFAULT", MODERN.and(CODE_64), program -> {
            try (var scope = program.machine.memory(Abi.X86_64).open()) {
                long high = scope.allocate(390, 8).address();
                assertThat(high >>> 32).isNotZero();
                program.number(UserInstruction.INT_80, Syscall.UNAME);
                program.set(GeneralRegisters.RBX, high);
                program.thread.execute(UserInstruction.INT_80);
                assertThat(program.result(UserInstruction.INT_80)).isEqualTo(-Errno.EFAULT.number());
            }
        });
        cases.add(
                26,
                "every register but rax comes back whole; r8 to r11 as zero before 4.17",
                MODERN.and(CODE_64),
                program -> {
                    for (int register = 0; register < GeneralRegisters.COUNT; register++) {
                        if (register != RAX && register != RSP) {
                            program.set(register, 0xabcd_0000_0000_0000L | register);
                        }
                    }
                    program.number(UserInstruction.INT_80, Syscall.GETPPID);
                    program.thread.execute(UserInstruction.INT_80);
                    boolean kept = Profile.NEWEST.test(program.profile);
                    for (int register = GeneralRegisters.RCX; register < GeneralRegisters.COUNT; register++) {
                        if (register == RSP) {
                            continue;
                        }
                        boolean extra = register >= R8 && register <= GeneralRegisters.R11;
                        assertThat(program.get(register))
                                .as(GeneralRegisters.name(register))
                                .isEqualTo(kept || !extra ? 0xabcd_0000_0000_0000L | register : 0);
                    }
                });
        cases.add(26, "the base pointer keeps its high half", MODERN.and(CODE_64), program -> {
            program.set(RBP, -2);
            program.number(UserInstruction.INT_80, Syscall.GETPPID);
            program.thread.execute(UserInstruction.INT_80);
            assertThat(program.get(RBP)).isEqualTo(-2);
        });
    }
}

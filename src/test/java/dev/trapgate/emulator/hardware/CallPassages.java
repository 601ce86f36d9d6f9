package dev.trapgate.emulator.hardware;

import static dev.trapgate.emulator.cpu.GeneralRegisters.R10;
import static dev.trapgate.emulator.cpu.GeneralRegisters.R8;
import static dev.trapgate.emulator.cpu.GeneralRegisters.R9;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RAX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RBP;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RBX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RCX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSP;
import static dev.trapgate.emulator.hardware.Passage.STACK_POINTER;
import static dev.trapgate.emulator.hardware.Passage.narrow;
import static dev.trapgate.emulator.hardware.Passage.wide;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.cpu.Flags;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Lines 1 to 4, 6, 17, 20, 22, 24, 26 and 28: system calls, and what they leave alone. */
final class CallPassages {

    private static final String SYSCALL = "0f 05";
    private static final String INT_80 = "cd 80";
    private static final String NOP = "90";
    private static final String CALL_GS_10 = "65 ff 15 10 00 00 00";

    private static final long GARBAGE = 0xdead_beef_0000_0000L;
    private static final long HOLE = 0x5000_0000;
    private static final long PROT_READ_WRITE = 3;
    private static final long MAP_PRIVATE_FIXED_ANONYMOUS = 0x32;

    private static final Map<String, Long> FLAGS = new TreeMap<>(Map.of(
            "CF", Flags.CF,
            "PF", Flags.PF,
            "AF", Flags.AF,
            "ZF", Flags.ZF,
            "SF", Flags.SF,
            "DF", Flags.DF,
            "OF", Flags.OF,
            "NT", Flags.NT,
            "AC", Flags.AC,
            "ID", Flags.ID));

    private CallPassages() {}

    static Stream<Passage> all() {
        return Stream.of(
                        numbers(),
                        x32(),
                        demultiplexing(),
                        segments(),
                        flags(),
                        singleStep(),
                        registers(),
                        arguments(),
                        compat())
                .flatMap(all -> all);
    }

    private static long i386(Syscall call) {
        return call.number(Abi.I386);
    }

    private static long x8664(Syscall call) {
        return call.number(Abi.X86_64);
    }

    private static Stream<Passage> numbers() {
        Stream<Passage> known = Stream.of(
                wide(1, "getpid by syscall", SYSCALL).with(RAX, x8664(Syscall.GETPID)),
                wide(1, "getpid by int 0x80", INT_80).with(RAX, i386(Syscall.GETPID)),
                narrow(1, "getpid by int 0x80", INT_80).with(RAX, i386(Syscall.GETPID)),
                wide(1, "garbage above bit 31 of rax and syscall", SYSCALL).with(RAX, GARBAGE | x8664(Syscall.GETPID)),
                wide(1, "garbage above bit 31 of rax and int 0x80", INT_80).with(RAX, GARBAGE | i386(Syscall.GETPID)));
        long[] unknown = {-1, 0xffff_ffffL, 1000, 0x7fff_ffff, 0x8000_0000L, 0xffff_f000L};
        return Stream.of(
                        known,
                        numbered(SYSCALL, "syscall", unknown),
                        numbered(INT_80, "int 0x80", unknown),
                        numbered(INT_80, "int 0x80", Arrays.copyOfRange(unknown, 1, unknown.length))
                                .map(Passage::narrowed))
                .flatMap(all -> all);
    }

    private static Stream<Passage> numbered(String instruction, String name, long... numbers) {
        return LongStream.of(numbers)
                .mapToObj(number -> wide(2, name + " number 0x" + Long.toHexString(number), instruction)
                        .with(RAX, number));
    }

    private static Stream<Passage> x32() {
        return LongStream.of(0x4000_0000, 0x4000_0027, 0x4000_0200, 0x4000_0223, 512, 520, 547, 548)
                .mapToObj(number -> wide(3, "syscall number 0x" + Long.toHexString(number), SYSCALL)
                        .with(RAX, number));
    }

    private static Passage demultiplexed(String what, Syscall call, long first, long second) {
        return wide(4, what, INT_80).with(RAX, i386(call)).with(RBX, first).with(RCX, second);
    }

    private static Stream<Passage> demultiplexing() {
        Passage oldMmap = demultiplexed("old_mmap at an unaligned offset", Syscall.MMAP, STACK_POINTER, 0);
        for (int word = 0; word < 3; word++) {
            oldMmap = oldMmap.withWord(8 * word, word == 2 ? 1L << 32 | 4096 : 4096L << 32 | 4096);
        }
        return Stream.of(
                demultiplexed("socketcall 0", Syscall.SOCKETCALL, 0, 1),
                demultiplexed("socketcall 21", Syscall.SOCKETCALL, 21, 1),
                demultiplexed("socketcall −1", Syscall.SOCKETCALL, -1, 1),
                demultiplexed("socketcall 1 with a bad pointer", Syscall.SOCKETCALL, 1, 1),
                demultiplexed("ipc with an unknown call", Syscall.IPC, 99, 0),
                demultiplexed("ipc with a version and an unknown call", Syscall.IPC, 0x1_0063, 0),
                demultiplexed("break", Syscall.BREAK, 0, 0),
                demultiplexed("ftime", Syscall.FTIME, 0, 0),
                demultiplexed("lock", Syscall.LOCK, 0, 0),
                oldMmap);
    }

    private static Stream<Passage> segments() {
        return Stream.of(wide(6, "selectors of 64-bit code"), narrow(6, "selectors of 32-bit code"));
    }

    private static Stream<Passage> flags() {
        return FLAGS.entrySet().stream().flatMap(flag -> Stream.of(
                        wide(17, flag.getKey() + " survives syscall", SYSCALL).with(RAX, x8664(Syscall.GETPID)),
                        wide(17, flag.getKey() + " survives int 0x80", INT_80).with(RAX, i386(Syscall.GETPID)),
                        narrow(17, flag.getKey() + " survives int 0x80", INT_80).with(RAX, i386(Syscall.GETPID)),
                        narrow(17, flag.getKey() + " survives __kernel_vsyscall", CALL_GS_10)
                                .with(RAX, i386(Syscall.GETPID)))
                .map(passage -> passage.withFlags(flag.getValue())));
    }

    /** The trap comes after the first instruction that follows the call's return: with TF set the way out is IRET. */
    private static Stream<Passage> singleStep() {
        return Stream.of(
                        wide(17, "TF survives syscall", SYSCALL, NOP).with(RAX, x8664(Syscall.GETPID)),
                        wide(17, "TF survives int 0x80", INT_80, NOP).with(RAX, i386(Syscall.GETPID)),
                        narrow(17, "TF survives int 0x80", INT_80, NOP).with(RAX, i386(Syscall.GETPID)),
                        narrow(17, "TF stops at the start of __kernel_vsyscall", CALL_GS_10, NOP)
                                .with(RAX, i386(Syscall.GETPID)),
                        wide(17, "TF without a call", NOP, NOP),
                        narrow(17, "TF without a call", NOP, NOP),
                        wide(17, "TF at a fault"),
                        wide(17, "TF at int3", "cc", NOP),
                        narrow(17, "TF at int3", "cc", NOP),
                        wide(17, "TF at int 0x20", "cd 20", NOP),
                        wide(17, "TF at hlt", "f4", NOP),
                        narrow(17, "TF at a pop", "58", NOP),
                        wide(17, "TF at a refused syscall", SYSCALL, NOP).with(RAX, -1),
                        wide(17, "TF and an iretq that clears it", "48 cf", "90", "90", "90", "90")
                                .withWord(0, Passage.CODE + 3)
                                .withWord(8, 0x33)
                                .withWord(16, Flags.IF)
                                .withWord(24, STACK_POINTER - 64)
                                .withWord(32, 0x2b))
                .map(passage -> passage.withFlags(Flags.TF));
    }

    private static Stream<Passage> registers() {
        return Stream.of(
                wide(17, "iretq that sets TF", "48 cf", "90", "90", "90", "90")
                        .withWord(0, Passage.CODE + 3)
                        .withWord(8, 0x33)
                        .withWord(16, Flags.IF | Flags.TF)
                        .withWord(24, STACK_POINTER - 64)
                        .withWord(32, 0x2b),
                wide(17, "syscall with a stack pointer that leads nowhere", SYSCALL)
                        .with(RAX, x8664(Syscall.GETPID))
                        .with(RSP, 0x1234_5678_9abc_def1L),
                wide(17, "syscall with a stack pointer into the kernel", SYSCALL)
                        .with(RAX, x8664(Syscall.GETPID))
                        .with(RSP, 0xffff_ffff_8100_0000L),
                wide(17, "rcx and r11 after an error", SYSCALL)
                        .with(RAX, x8664(Syscall.CLOSE))
                        .with(RDI, -1),
                wide(26, "int 0x80 with a stack pointer that leads nowhere", INT_80)
                        .with(RAX, i386(Syscall.GETPID))
                        .with(RSP, 0x1234_5678_9abc_def1L),
                wide(26, "int 0x80 twice", INT_80, INT_80).with(RAX, i386(Syscall.SCHED_YIELD)),
                wide(26, "arguments of int 0x80 are truncated", INT_80)
                        .with(RAX, i386(Syscall.NANOSLEEP))
                        .with(RBX, GARBAGE | STACK_POINTER)
                        .with(RCX, GARBAGE),
                wide(26, "a buffer above 4 GiB", INT_80)
                        .with(RAX, i386(Syscall.NANOSLEEP))
                        .with(RBX, 0x7fff_0000_1000L)
                        .with(RCX, 0));
    }

    private static Passage mmap(Passage passage, int[] places, Syscall call, long descriptor, long offset) {
        long number = places[0] == RDI ? x8664(call) : i386(call);
        return passage.with(RAX, number)
                .with(places[0], HOLE)
                .with(places[1], 4096)
                .with(places[2], PROT_READ_WRITE)
                .with(places[3], MAP_PRIVATE_FIXED_ANONYMOUS)
                .with(places[4], descriptor)
                .with(places[5], offset);
    }

    private static Stream<Passage> arguments() {
        int[] wide = {RDI, RSI, RDX, R10, R8, R9};
        int[] narrow = {RBX, RCX, RDX, RSI, RDI, RBP};
        Function<Passage, Passage> mapped2 = passage -> mmap(passage, narrow, Syscall.MMAP2, -1 & 0xffff_ffffL, 0);
        return Stream.of(
                mmap(wide(20, "six arguments of syscall", SYSCALL), wide, Syscall.MMAP, -1, 0),
                mmap(wide(20, "the sixth argument of syscall, unaligned", SYSCALL), wide, Syscall.MMAP, -1, 1),
                mapped2.apply(wide(28, "six arguments of int 0x80", INT_80)),
                mapped2.apply(narrow(28, "six arguments of int 0x80", INT_80)),
                mapped2.apply(narrow(22, "six arguments of __kernel_vsyscall", CALL_GS_10)),
                mapped2.apply(narrow(22, "six arguments of __kernel_vsyscall, not anonymous", CALL_GS_10))
                        .with(RSI, 0x12),
                narrow(22, "getpid by __kernel_vsyscall", CALL_GS_10).with(RAX, i386(Syscall.GETPID)),
                narrow(22, "an unknown number by __kernel_vsyscall", CALL_GS_10).with(RAX, 1000));
    }

    /** A bare SYSCALL in 32-bit code: ebp, edx, ecx and a return address are popped at the landing pad. */
    private static Passage bare(String what) {
        return narrow(24, what, SYSCALL, "0f 0b", "90", "90")
                .withWord(0, 0x66)
                .withWord(4, 0x77)
                .withWord(8, 0x88)
                .withWord(12, Passage.CODE + 5);
    }

    private static Stream<Passage> compat() {
        return Stream.of(
                bare("a bare syscall comes back at the landing pad").with(RAX, i386(Syscall.GETPID)),
                bare("a bare syscall with an unknown number").with(RAX, 1000),
                bare("the second argument of a bare syscall is in ebp")
                        .with(RAX, i386(Syscall.MPROTECT))
                        .with(RBX, Passage.DATA)
                        .with(RBP, 4096)
                        .with(RCX, 1)
                        .with(RDX, PROT_READ_WRITE),
                bare("a stack that a bare syscall cannot read")
                        .with(RAX, i386(Syscall.GETPID))
                        .with(RSP, 0x10),
                wide(24, "a bare syscall in 64-bit code comes back after itself", SYSCALL)
                        .with(RAX, x8664(Syscall.SCHED_YIELD)));
    }
}

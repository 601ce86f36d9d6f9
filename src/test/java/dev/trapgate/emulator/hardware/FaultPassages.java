package dev.trapgate.emulator.hardware;

import static dev.trapgate.emulator.cpu.GeneralRegisters.RAX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSP;
import static dev.trapgate.emulator.hardware.Passage.CODE;
import static dev.trapgate.emulator.hardware.Passage.STACK_POINTER;
import static dev.trapgate.emulator.hardware.Passage.narrow;
import static dev.trapgate.emulator.hardware.Passage.wide;

import dev.trapgate.emulator.cpu.Flags;
import java.util.stream.Stream;

/**
 * Lines 13, 27 and 32, and page faults: memory that is not there, the page that old programs call, the tables that programs may
 * not see, and jumps from 32- to 64-bit code and back.
 */
final class FaultPassages {

    private static final long VSYSCALL = 0xffff_ffff_ff60_0000L;
    private static final String RET = "c3";
    private static final String POP_RAX = "58";
    private static final String PUSH_RAX = "50";

    private FaultPassages() {}

    static Stream<Passage> all() {
        return Stream.of(vsyscall(), memory(), alignment(), tables(), transfers()).flatMap(all -> all);
    }

    /** The page is entered with a return address on the stack, as after a call. */
    private static Passage called(String what, int offset) {
        return wide(32, what).from(VSYSCALL + offset).withWord(0, CODE);
    }

    /** A signal by force_sig, without a fault: its frame repeats the thread's last one, from before execve even. */
    private static Passage refused(Passage passage) {
        return passage.apartFrom("trapno", "err", "cr2");
    }

    /** Until Linux 6.8, like the emulated one, the fault of a bad buffer is told; since then it is refused as the rest. */
    private static Passage badBuffer(Passage passage) {
        return passage.apartFrom("trapno", "err", "cr2", "si_code", "si_addr");
    }

    private static Stream<Passage> vsyscall() {
        return Stream.of(
                called("vsyscall gettimeofday of nothing", 0).with(RDI, 0).with(RSI, 0),
                called("vsyscall getcpu of nothing", 0x800).with(RDI, 0).with(RSI, 0),
                badBuffer(called("vsyscall gettimeofday into nowhere", 0)
                        .with(RDI, 0x10)
                        .with(RSI, 0)),
                badBuffer(called("vsyscall time into nowhere", 0x400).with(RDI, 0x10)),
                refused(called("vsyscall at 0xc00", 0xc00)),
                refused(called("vsyscall at a misaligned entry", 1)),
                refused(called("vsyscall at a misaligned entry of time", 0x408)),
                refused(called("vsyscall without a stack", 0x400))
                        .with(RSP, 0x10)
                        .with(RDI, 0),
                wide(32, "reading the vsyscall page", POP_RAX).with(RSP, VSYSCALL),
                wide(32, "writing the vsyscall page", PUSH_RAX).with(RSP, VSYSCALL + 8));
    }

    private static Stream<Passage> memory() {
        return Stream.of(
                wide(13, "running what is not mapped", RET).withWord(0, 0x1000),
                wide(13, "running data", RET).withWord(0, STACK_POINTER),
                wide(13, "running the kernel", RET).withWord(0, 0xffff_ffff_8100_0000L),
                wide(13, "reading what is not mapped", POP_RAX).with(RSP, 0x1000),
                wide(13, "reading the kernel", POP_RAX).with(RSP, 0xffff_ffff_8100_0000L),
                wide(13, "writing code", PUSH_RAX).with(RSP, CODE + 16),
                wide(13, "writing what is not mapped", PUSH_RAX).with(RSP, 0x1000),
                wide(13, "writing the kernel", PUSH_RAX).with(RSP, 0xffff_ffff_8100_0000L),
                wide(13, "reading an address that is not canonical", POP_RAX).with(RSP, 0x1234_0000_0000_0000L),
                wide(13, "writing an address that is not canonical", PUSH_RAX).with(RSP, 0x1234_0000_0000_0000L),
                wide(13, "returning to an address that is not canonical", RET).withWord(0, 0x0000_8000_0000_0000L),
                wide(13, "a stack that works", PUSH_RAX, "5b").with(RAX, 0x1234_5678_9abc_def0L), // push rax; pop rbx
                narrow(13, "a stack that works", PUSH_RAX, "5b"),
                wide(13, "an unaligned stack without AC", PUSH_RAX).with(RSP, STACK_POINTER + 1),
                wide(13, "an aligned stack with AC", PUSH_RAX).withFlags(Flags.AC),
                narrow(13, "running what is not mapped", RET).withWord(0, 0x1000),
                narrow(13, "running data", RET).withWord(0, STACK_POINTER),
                narrow(13, "reading what is not mapped", POP_RAX).with(RSP, 0x1000),
                narrow(13, "writing code", PUSH_RAX).with(RSP, CODE + 16));
    }

    /** With AC set, and CR0.AM as Linux has it, an unaligned access is #AC. */
    private static Stream<Passage> alignment() {
        return Stream.of(
                        wide(13, "pushing to an unaligned stack with AC", PUSH_RAX)
                                .with(RSP, STACK_POINTER + 1),
                        wide(13, "popping from an unaligned stack with AC", POP_RAX)
                                .with(RSP, STACK_POINTER + 4),
                        narrow(13, "pushing to an unaligned stack with AC", PUSH_RAX)
                                .with(RSP, STACK_POINTER + 2),
                        wide(13, "pushing to an unaligned place that is not mapped, with AC", PUSH_RAX)
                                .with(RSP, 0x1001),
                        wide(13, "pushing to unaligned code with AC", PUSH_RAX).with(RSP, CODE + 17),
                        wide(13, "popping from the kernel's unaligned memory with AC", POP_RAX)
                                .with(RSP, 0xffff_ffff_8100_0001L),
                        wide(13, "pushing to an unaligned address that is not canonical, with AC", PUSH_RAX)
                                .with(RSP, 0x1234_0000_0000_0001L),
                        narrow(13, "returning by an unaligned stack with AC", RET)
                                .with(RSP, STACK_POINTER + 1))
                .map(passage -> passage.withFlags(Flags.AC));
    }

    /** UMIP keeps these from programs, and the kernel answers in the processor's place. */
    private static Stream<Passage> tables() {
        String readBack = "48 8b 44 24 10"; // mov rax, [rsp+16]
        String readOn = "48 8b 5c 24 18"; //   mov rbx, [rsp+24]
        return Stream.of(
                wide(13, "sgdt", "0f 01 44 24 10", readBack, readOn),
                wide(13, "sidt", "0f 01 4c 24 10", readBack, readOn),
                wide(13, "smsw to memory", "0f 01 64 24 10", readBack, readOn),
                wide(13, "smsw rax", "48 0f 01 e0"),
                wide(13, "smsw r9d", "41 0f 01 e1"),
                wide(13, "smsw ax", "66 0f 01 e0"),
                wide(13, "str eax", "0f 00 c8"),
                wide(13, "sldt rdx", "48 0f 00 c2"),
                wide(13, "str to memory", "0f 00 4c 24 10", readBack),
                wide(13, "sgdt to nowhere", "0f 01 04 25 10 00 00 00"),
                wide(13, "sgdt beyond the instruction pointer", "0f 01 05 f9 0f 00 10", "48 8b 05 f2 0f 00 10"),
                wide(13, "lgdt", "0f 01 14 24"),
                wide(13, "lar of the processor's number", "b9 7b 00 00 00", "0f 02 c1"),
                narrow(13, "sgdt", "0f 01 44 24 10", "8b 44 24 10", "8b 5c 24 14"),
                narrow(13, "sidt", "0f 01 4c 24 10", "8b 44 24 10", "8b 5c 24 14"),
                narrow(13, "smsw eax", "0f 01 e0"),
                narrow(13, "smsw ax", "66 0f 01 e0"),
                narrow(13, "str ecx", "0f 00 c9"),
                narrow(13, "sldt to memory", "0f 00 44 24 10", "8b 44 24 10"),
                narrow(13, "sidt to nowhere", "0f 01 0d 10 00 00 00"));
    }

    /** Between the programs' three code segments; the word on the stack, or in the instruction, leads behind it. */
    private static Stream<Passage> transfers() {
        return Stream.of(
                wide(27, "jmp far to 32-bit code", "ff 2c 24").withWord(0, 0x23L << 32 | CODE + 3),
                wide(27, "call far to 32-bit code", "ff 1c 24").withWord(0, 0x23L << 32 | CODE + 3),
                wide(27, "ret far to 32-bit code", "cb").withWord(0, 0x23L << 32 | CODE + 1),
                wide(27, "jmp far to the kernel's code", "ff 2c 24").withWord(0, 0x10L << 32 | CODE + 3),
                wide(27, "jmp far by a null selector", "ff 2c 24").withWord(0, CODE + 3),
                wide(27, "jmp far to data", "ff 2c 24").withWord(0, 0x2bL << 32 | CODE + 3),
                narrow(27, "jmp far to 64-bit code", "ea 07 00 00 20 33 00"),
                narrow(27, "call far to 64-bit code", "9a 07 00 00 20 33 00"),
                narrow(27, "jmp far to 32-bit code", "ea 07 00 00 20 23 00"),
                narrow(27, "jmp far to the kernel's code", "ea 07 00 00 20 10 00"),
                narrow(27, "jmp far beyond the table", "ea 07 00 00 20 fb ff"),
                narrow(27, "jmp far to 64-bit code that calls the kernel", "ea 07 00 00 20 33 00", "b8 27 00 00 00", "0f 05"),
                narrow(27, "ret far to 64-bit code", "cb")
                        .withWord(0, CODE + 1)
                        .withWord(4, 0x33));
    }
}

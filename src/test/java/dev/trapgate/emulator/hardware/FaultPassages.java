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

/** Lines 13 and 32, and page faults: memory that is not there, and the page that old programs call. */
final class FaultPassages {

    private static final long VSYSCALL = 0xffff_ffff_ff60_0000L;
    private static final String RET = "c3";
    private static final String POP_RAX = "58";
    private static final String PUSH_RAX = "50";

    private FaultPassages() {}

    static Stream<Passage> all() {
        return Stream.of(vsyscall(), memory(), alignment()).flatMap(all -> all);
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
}

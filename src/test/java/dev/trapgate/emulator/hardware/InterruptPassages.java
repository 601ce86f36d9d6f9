package dev.trapgate.emulator.hardware;

import static dev.trapgate.emulator.cpu.GeneralRegisters.RAX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RBX;
import static dev.trapgate.emulator.hardware.Passage.STACK_POINTER;
import static dev.trapgate.emulator.hardware.Passage.narrow;
import static dev.trapgate.emulator.hardware.Passage.wide;

import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.Vendor;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lines 10, 14, 19 and 25: software interrupts, IRET, and instructions that are refused. */
final class InterruptPassages {

    private static final int[] VECTORS = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x20, 0x7f, 0x81, 0xff
    };

    private InterruptPassages() {}

    static Stream<Passage> all(Vendor vendor) {
        return Stream.of(vectors(), oneByte(), iret(), privileged(), sysenter(vendor))
                .flatMap(all -> all);
    }

    /** Intel's enters from 64-bit code too, but comes back where only a program of i386 has a vDSO. */
    private static Stream<Passage> sysenter(Vendor vendor) {
        return widths(25, "sysenter", "0f 34")
                .filter(passage -> vendor == Vendor.AMD || passage.width() == Width.BITS_32);
    }

    private static Stream<Passage> widths(int line, String what, String... listing) {
        return Stream.of(
                Passage.of(line, what, Width.BITS_64, listing), Passage.of(line, what, Width.BITS_32, listing));
    }

    private static Stream<Passage> vectors() {
        return IntStream.of(VECTORS)
                .boxed()
                .flatMap(vector -> widths(10, String.format("int 0x%02x", vector), String.format("cd %02x", vector)));
    }

    /**
     * By both manuals INT1's #DB is a trap, which tells the address after it. On a virtual Zen 4 under KVM it told that
     * of the instruction itself; a hypervisor that intercepts #DB may well lose the difference. So it is not compared.
     */
    private static Passage addressApart(Passage passage) {
        return passage.apartFrom("ip", "si_addr");
    }

    private static Stream<Passage> oneByte() {
        return Stream.of(
                        widths(10, "int1", "f1").map(InterruptPassages::addressApart),
                        widths(10, "int3", "cc"),
                        Stream.of(
                                narrow(10, "into with OF", "ce").withFlags(Flags.OF),
                                narrow(10, "into without OF", "ce"),
                                wide(10, "into, which 64-bit code does not have", "ce")
                                        .withFlags(Flags.OF),
                                narrow(10, "into with OF and TF", "ce", "90").withFlags(Flags.OF | Flags.TF),
                                narrow(10, "into without OF, with TF", "ce", "90")
                                        .withFlags(Flags.TF)),
                        bound())
                .flatMap(all -> all);
    }

    /** Signed bounds of 32 bits, both inclusive. */
    private static Stream<Passage> bound() {
        return Stream.of(
                bounds("bound within", -3, 7).with(RAX, 7),
                bounds("bound at the lower end", -3, 7).with(RAX, 0xffff_fffdL),
                bounds("bound above", -3, 7).with(RAX, 8),
                bounds("bound below", -3, 7).with(RAX, 0xffff_fffcL),
                bounds("bound below, with TF", -3, 7).with(RAX, 0xffff_fffcL).withFlags(Flags.TF),
                bounds("bound with bounds that are not mapped", 0, 0).with(RBX, 0x1000),
                bounds("bound with unaligned bounds and AC", 0, 0)
                        .with(RBX, STACK_POINTER + 2)
                        .withFlags(Flags.AC));
    }

    private static Passage bounds(String what, int lower, int upper) {
        return narrow(10, what, "62 03", "90") // bound eax, [ebx]
                .with(RBX, STACK_POINTER)
                .withWord(0, lower)
                .withWord(4, upper);
    }

    private static Passage wideFrame(String what, long cs, long flags, long ss) {
        return wide(14, what, "48 cf", "0f 0b", "90", "90") // iretq; ud2; nop; nop
                .withWord(0, Passage.CODE + 5)
                .withWord(8, cs)
                .withWord(16, flags)
                .withWord(24, STACK_POINTER - 64)
                .withWord(32, ss);
    }

    private static Passage narrowFrame(String what, long cs, long flags) {
        return narrow(14, what, "cf", "0f 0b", "90", "90") // iretd; ud2; nop; nop
                .withWord(0, Passage.CODE + 4)
                .withWord(4, cs)
                .withWord(8, flags);
    }

    private static Stream<Passage> iret() {
        long every = Flags.CF | Flags.PF | Flags.AF | Flags.ZF | Flags.SF | Flags.DF | Flags.OF | Flags.NT | Flags.AC
                | Flags.ID;
        long refused = Flags.IOPL | Flags.VIF | Flags.VIP;
        return Stream.of(
                wideFrame("iretq with NT", 0x33, Flags.IF, 0x2b).withFlags(Flags.NT),
                wideFrame("iretq cannot clear IF", 0x33, Flags.CF, 0x2b),
                wideFrame("iretq cannot raise IOPL", 0x33, Flags.IF | refused, 0x2b),
                wideFrame("iretq takes a program's flags", 0x33, every, 0x2b),
                wideFrame("iretq to the kernel's code segment", 0x10, Flags.IF, 0x18),
                wideFrame("iretq to a null code segment", 0, Flags.IF, 0x2b),
                wideFrame("iretq to a data segment as code", 0x2b, Flags.IF, 0x2b),
                wideFrame("iretq to a code segment beyond the table", 0xfff3, Flags.IF, 0x2b),
                wideFrame("iretq to the code segment with RPL 0", 0x30, Flags.IF, 0x2b),
                wideFrame("iretq to the kernel's stack segment", 0x33, Flags.IF, 0x18),
                wideFrame("iretq to a null stack segment", 0x33, Flags.IF, 0),
                wideFrame("iretq to code as stack segment", 0x33, Flags.IF, 0x33),
                wideFrame("iretq to 32-bit code", 0x23, Flags.IF, 0x2b),
                narrowFrame("iretd with NT", 0x23, Flags.IF).withFlags(Flags.NT),
                narrowFrame("iretd cannot clear IF or raise IOPL", 0x23, refused),
                narrowFrame("iretd takes a program's flags", 0x23, every),
                narrowFrame("iretd to the kernel's code segment", 0x10, Flags.IF),
                narrowFrame("iretd to 64-bit code", 0x33, Flags.IF));
    }

    private static Stream<Passage> privileged() {
        return Stream.of(
                        widths(19, "hlt", "f4"),
                        widths(19, "cli", "fa"),
                        widths(19, "sti", "fb"),
                        widths(19, "rdmsr", "0f 32"),
                        widths(19, "wrmsr", "0f 30"),
                        widths(19, "sysexit", "0f 35"),
                        widths(19, "sysretl", "0f 07"),
                        widths(19, "swapgs", "0f 01 f8"),
                        Stream.of(wide(19, "sysretq", "48 0f 07"), wide(19, "64-bit sysexit", "48 0f 35")),
                        widths(25, "an instruction that is none", "0f 0b"))
                .flatMap(all -> all);
    }
}

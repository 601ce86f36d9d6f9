package dev.trapgate.host.i386;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The instruction by which a kernel's {@code __kernel_vsyscall} enters.
 *
 * @see <a href="https://github.com/torvalds/linux/blob/v6.12/arch/x86/entry/vdso/vdso32/system_call.S">system_call.S</a>
 */
public enum VsyscallInstruction {
    /** Intel's fast call. */
    SYSENTER("sysenter"),
    /** AMD's fast call in 32-bit code. */
    SYSCALL("syscall"),
    /** Neither: the processor, or the kernel, has no fast call for 32-bit code. */
    INT80("int $0x80"),
    /** Something that Trapgate does not know. */
    UNKNOWN("an instruction that is not known to Trapgate");

    /**
     * One instruction of the function.
     *
     * @param offset its offset from the function's first byte
     * @param bytes its bytes as hexadecimal numbers
     * @param assembly what it means; {@code (bad)} if it is not one that kernels have put there
     */
    public record Line(int offset, String bytes, String assembly) {}

    /** Longer than any such function so far. */
    private static final int MOST_BYTES = 32;

    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    /** All that has stood in the function since Linux 2.6, by bytes. */
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("51", "push %ecx"),
            Map.entry("52", "push %edx"),
            Map.entry("55", "push %ebp"),
            Map.entry("89 e5", "mov %esp,%ebp"),
            Map.entry("89 cd", "mov %ecx,%ebp"),
            Map.entry("0f 34", "sysenter"),
            Map.entry("0f 05", "syscall"),
            Map.entry("cd 80", "int $0x80"),
            Map.entry("90", "nop"),
            Map.entry("5d", "pop %ebp"),
            Map.entry("5a", "pop %edx"),
            Map.entry("59", "pop %ecx"),
            Map.entry("c3", "ret"));

    private final String displayName;

    VsyscallInstruction(String displayName) {
        this.displayName = displayName;
    }

    /** {@return it as assembly has it} */
    public String displayName() {
        return displayName;
    }

    /** {@return the instruction of a companion's {@code __kernel_vsyscall}, which it must have} */
    public static VsyscallInstruction of(Companion companion) {
        List<String> instructions =
                disassembled(companion).stream().map(Line::assembly).toList();
        if (instructions.contains(SYSENTER.displayName)) {
            return SYSENTER;
        }
        if (instructions.contains(SYSCALL.displayName)) {
            return SYSCALL;
        }
        return instructions.contains(INT80.displayName) ? INT80 : UNKNOWN;
    }

    /** {@return the instructions of a companion's {@code __kernel_vsyscall}, up to its return} */
    public static List<Line> disassembled(Companion companion) {
        return disassembled(companion.read(companion.kernelVsyscall(), MOST_BYTES));
    }

    /**
     * Disassembles the function.
     *
     * @param code its bytes, and whatever follows
     * @return its instructions up to its return, or to the first byte that is not known
     */
    static List<Line> disassembled(byte[] code) {
        List<Line> lines = new ArrayList<>();
        int offset = 0;
        while (offset < code.length) {
            Line line = line(code, offset);
            lines.add(line);
            if (line.assembly().equals("ret") || line.assembly().equals("(bad)")) {
                return lines;
            }
            offset += (line.bytes().length() + 1) / 3;
        }
        return lines;
    }

    private static Line line(byte[] code, int offset) {
        for (int length = 1; length <= 2 && offset + length <= code.length; length++) {
            String bytes = SPACED.formatHex(code, offset, offset + length);
            Optional<String> assembly = Optional.ofNullable(KNOWN.get(bytes));
            if (assembly.isPresent()) {
                return new Line(offset, bytes, assembly.get());
            }
        }
        return new Line(offset, SPACED.formatHex(code, offset, offset + 1), "(bad)");
    }
}

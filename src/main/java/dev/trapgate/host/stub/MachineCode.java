package dev.trapgate.host.stub;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes of x86-64 machine code, written one instruction a line beside its assembly.
 *
 * <p>A piece follows the System V calling convention: arguments in rdi, rsi, rdx, rcx, r8, r9, the seventh at rsp + 8,
 * the result in rax; rbx, rbp and r12 to r15 are the caller's.
 *
 * @see <a href="https://gitlab.com/x86-psABIs/x86-64-ABI">System V ABI, AMD64 supplement, section 3.2</a>
 */
public final class MachineCode {

    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    private final byte[] bytes;

    private MachineCode(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Assembles a listing.
     *
     * @param instructions each instruction's bytes, as two-digit hexadecimal numbers one space apart
     * @return the code
     * @throws IllegalArgumentException if an instruction is not of that form
     */
    public static MachineCode of(String... instructions) {
        return new MachineCode(SPACED.parseHex(String.join(" ", instructions)));
    }

    /**
     * Appends code.
     *
     * @param next what is to run after this
     * @return this code and then that
     */
    public MachineCode then(MachineCode next) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + next.bytes.length);
        System.arraycopy(next.bytes, 0, joined, bytes.length, next.bytes.length);
        return new MachineCode(joined);
    }

    /**
     * Repeats code.
     *
     * @param times how often, 1 or more
     * @return this code that many times over
     * @throws IllegalArgumentException if {@code times} is less than 1
     */
    public MachineCode repeated(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("code cannot be repeated " + times + " times");
        }
        return times == 1 ? this : then(repeated(times - 1));
    }

    /** {@return the bytes} */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** {@return the bytes as two-digit hexadecimal numbers one space apart} */
    @Override
    public String toString() {
        return SPACED.formatHex(bytes);
    }
}

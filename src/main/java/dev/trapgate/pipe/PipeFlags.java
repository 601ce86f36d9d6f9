package dev.trapgate.pipe;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What kind of pipe to make. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/pipe2.2.html">pipe2(2)</a>
 */
public record PipeFlags(int bits) {

    /** None. */
    public static final PipeFlags NONE = new PipeFlags(0);
    /** Calls answer EAGAIN instead of waiting. */
    public static final PipeFlags O_NONBLOCK = new PipeFlags(0x800);
    /** Close both ends when another program is executed. */
    public static final PipeFlags O_CLOEXEC = new PipeFlags(0x80000);
    /** Packets: each write is read by itself. */
    public static final PipeFlags O_DIRECT = new PipeFlags(0x4000);

    /** {@return these flags and more} */
    public PipeFlags or(PipeFlags more) {
        return new PipeFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(PipeFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code O_CLOEXEC}} */
    @Override
    public String toString() {
        return ConstantNames.render("pipe", bits, Abi.X86_64);
    }
}

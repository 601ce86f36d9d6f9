package dev.trapgate.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * How to send or receive, and what came. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</a>
 */
public record MessageFlags(int bits) {

    /** None. */
    public static final MessageFlags NONE = new MessageFlags(0);
    /** Out-of-band data. */
    public static final MessageFlags MSG_OOB = new MessageFlags(1);
    /** Leave what was received to be received again. */
    public static final MessageFlags MSG_PEEK = new MessageFlags(2);
    /** Only to hosts on connected networks. */
    public static final MessageFlags MSG_DONTROUTE = new MessageFlags(4);
    /** Control data were cut off. */
    public static final MessageFlags MSG_CTRUNC = new MessageFlags(8);
    /** The message was cut off; or asks for its whole length. */
    public static final MessageFlags MSG_TRUNC = new MessageFlags(0x20);
    /** Answer EAGAIN instead of waiting. */
    public static final MessageFlags MSG_DONTWAIT = new MessageFlags(0x40);
    /** The end of a record. */
    public static final MessageFlags MSG_EOR = new MessageFlags(0x80);
    /** Wait for all that was asked for. */
    public static final MessageFlags MSG_WAITALL = new MessageFlags(0x100);
    /** The neighbor is reachable. */
    public static final MessageFlags MSG_CONFIRM = new MessageFlags(0x800);
    /** From the error queue. */
    public static final MessageFlags MSG_ERRQUEUE = new MessageFlags(0x2000);
    /** No SIGPIPE. */
    public static final MessageFlags MSG_NOSIGNAL = new MessageFlags(0x4000);
    /** More will follow. */
    public static final MessageFlags MSG_MORE = new MessageFlags(0x8000);
    /** Of several messages, wait for the first only. */
    public static final MessageFlags MSG_WAITFORONE = new MessageFlags(0x10000);
    /** Send from user memory without copying. */
    public static final MessageFlags MSG_ZEROCOPY = new MessageFlags(0x4000000);
    /** Close received descriptors when another program is executed. */
    public static final MessageFlags MSG_CMSG_CLOEXEC = new MessageFlags(0x40000000);

    /**
     * {@return these flags and more}
     *
     * @param more flags to add
     */
    public MessageFlags or(MessageFlags more) {
        return new MessageFlags(bits | more.bits);
    }

    /**
     * {@return whether all of those flags are among these}
     *
     * @param some other flags
     */
    public boolean has(MessageFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code MSG_PEEK}} */
    @Override
    public String toString() {
        return ConstantNames.render("msg", bits, Abi.X86_64);
    }
}

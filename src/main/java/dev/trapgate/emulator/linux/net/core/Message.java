package dev.trapgate.emulator.linux.net.core;

import dev.trapgate.emulator.linux.fs.IovIter;
import org.jspecify.annotations.Nullable;

/** A message under way between a program and a socket: {@code struct msghdr} of the kernel. */
public final class Message {

    /** Urgent bytes. */
    public static final int MSG_OOB = 1;
    /** Look and do not take. */
    public static final int MSG_PEEK = 2;
    /** Ancillary data was cut off. */
    public static final int MSG_CTRUNC = 8;
    /** Bytes were cut off; tell the whole length. */
    public static final int MSG_TRUNC = 0x20;
    /** Do not wait. */
    public static final int MSG_DONTWAIT = 0x40;
    /** The end of a record. */
    public static final int MSG_EOR = 0x80;
    /** Wait for all that was asked for. */
    public static final int MSG_WAITALL = 0x100;
    /** Read the queue of errors. */
    public static final int MSG_ERRQUEUE = 0x2000;
    /** No SIGPIPE. */
    public static final int MSG_NOSIGNAL = 0x4000;
    /** More will follow. */
    public static final int MSG_MORE = 0x8000;
    /** Close descriptors that come with it in execve(2). */
    public static final int MSG_CMSG_CLOEXEC = 0x4000_0000;
    /** The program has 32 bits. */
    public static final int MSG_CMSG_COMPAT = 0x8000_0000;

    private final IovIter data;
    private final ControlBuffer control;
    private final byte[] ancillary;
    private byte @Nullable [] name;
    private int flags;
    private int told;

    private Message(IovIter data, ControlBuffer control, byte[] ancillary, int flags) {
        this.data = data;
        this.control = control;
        this.ancillary = ancillary;
        this.flags = flags;
    }

    /** {@return a message to be sent: where to, null for the peer; its bytes, with ancillary data in the 64-bit layout} */
    public static Message toSend(IovIter data, byte @Nullable [] name, byte[] ancillary, int flags) {
        Message message = new Message(data, ControlBuffer.NONE, ancillary, flags);
        message.name = name;
        return message;
    }

    /** {@return a message to be received} */
    public static Message toReceive(IovIter data, ControlBuffer control, int flags) {
        return new Message(data, control, new byte[0], flags);
    }

    /** {@return the bytes, or where they go} */
    public IovIter data() {
        return data;
    }

    /** {@return where received ancillary data goes} */
    public ControlBuffer control() {
        return control;
    }

    /** {@return ancillary data to be sent, {@code struct cmsghdr}s of 64-bit programs behind each other} */
    public byte[] ancillary() {
        return ancillary;
    }

    /** {@return where it goes, or where it came from; null if that was not said} */
    public byte @Nullable [] name() {
        return name;
    }

    /** Says where it came from. */
    public void setName(byte @Nullable [] from) {
        name = from;
    }

    /** Forgets where it goes: the peer gets it. */
    public void clearName() {
        name = null;
    }

    /** {@return MSG_* flags of the call} */
    public int flags() {
        return flags;
    }

    /** Adds a flag to the call's. */
    public void addFlags(int more) {
        flags |= more;
    }

    /** {@return whether the call has a MSG_* flag} */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** {@return MSG_* flags that the program is told} */
    public int told() {
        return told;
    }

    /** Tells the program a MSG_* flag. */
    public void tell(int flag) {
        told |= flag;
    }
}

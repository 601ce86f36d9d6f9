package dev.trapgate.process;

import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.kernel.Fields;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.Uid;
import java.lang.foreign.MemorySegment;

/**
 * A signal that came, {@code struct signalfd_siginfo}: a view of memory, alike in every ABI. Which fields mean something, the
 * signal and {@link #code()} say.
 *
 * @param buffer its 128 bytes
 * @see <a href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</a>
 */
public record SignalInfo(UserBuffer buffer) {

    private static final Fields FIELDS = Fields.of("signalfd_siginfo");
    /** Its size in bytes. */
    public static final long SIZE = FIELDS.size();

    private static final long SIGNAL = FIELDS.offset("ssi_signo");
    private static final long CODE = FIELDS.offset("ssi_code");
    private static final long PID = FIELDS.offset("ssi_pid");
    private static final long UID = FIELDS.offset("ssi_uid");
    private static final long FD = FIELDS.offset("ssi_fd");
    private static final long STATUS = FIELDS.offset("ssi_status");
    private static final long VALUE = FIELDS.offset("ssi_int");
    private static final long ADDRESS = FIELDS.offset("ssi_addr");

    /**
     * {@return a zeroed one in memory that a kernel can fill} Its life ends with the scope.
     *
     * @param scope whose memory it is to have
     */
    public static SignalInfo in(UserMemory.Scope scope) {
        return new SignalInfo(scope.allocate(SIZE, Long.BYTES));
    }

    /** {@return a copy on the heap} */
    static SignalInfo copyOf(MemorySegment info) {
        MemorySegment copy = MemorySegment.ofArray(new byte[(int) SIZE]);
        copy.copyFrom(info);
        return new SignalInfo(new UserBuffer(0, copy));
    }

    private int word(long offset) {
        return buffer.segment().get(Layouts.INT, offset);
    }

    /** {@return which signal} */
    public Signal signal() {
        return new Signal(word(SIGNAL));
    }

    /** {@return why it was sent: SI_ constants, 0 for kill(2) and −6 for tgkill(2)} */
    public int code() {
        return word(CODE);
    }

    /** {@return who sent it, or which child it is about} */
    public Pid pid() {
        return new Pid(word(PID));
    }

    /** {@return the real user of who sent it} */
    public Uid uid() {
        return new Uid(word(UID));
    }

    /** {@return for SIGIO, which descriptor} */
    public int fd() {
        return word(FD);
    }

    /** {@return for SIGCHLD, the exit status or signal} */
    public int status() {
        return word(STATUS);
    }

    /** {@return the number that sigqueue(3) sent with it} */
    public int value() {
        return word(VALUE);
    }

    /** {@return for faults, the address} */
    public long address() {
        return buffer.segment().get(Layouts.LONG, ADDRESS);
    }

    /** {@return signal, code and sender} */
    @Override
    public String toString() {
        return "SignalInfo[signal=" + signal() + ", code=" + code() + ", pid=" + pid() + ", uid=" + uid() + "]";
    }
}

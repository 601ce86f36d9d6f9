package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import java.nio.charset.StandardCharsets;

/** What a thread has asked of the kernel for itself, mostly by prctl(2): fields of {@code struct task_struct}. */
public final class TaskAttributes {

    /** TASK_COMM_LEN: a name's size with its end. */
    public static final int NAME_SIZE = 16;
    /** PR_MCE_KILL_DEFAULT. */
    public static final int MCE_KILL_DEFAULT = 2;

    private static final long DEFAULT_SLACK = 50_000;
    private static final int PR_TSC_ENABLE = 1;

    private volatile byte[] name = "java".getBytes(StandardCharsets.US_ASCII);
    private int parentDeathSignal;
    private long timerSlack = DEFAULT_SLACK;
    private int tsc = PR_TSC_ENABLE;
    private int mceKill = MCE_KILL_DEFAULT;
    private boolean ioFlusher;
    private boolean restoringTimerIds;
    private int personality;
    private long clearChildTid;
    private long robustList;
    private long compatRobustList;

    /** Makes a new thread's. */
    public TaskAttributes() {}

    /** Takes over what a child has of its parent: all but the signal for the parent's end and what is told of its own end. */
    void copyFrom(TaskAttributes parent) {
        name = parent.name;
        timerSlack = parent.timerSlack;
        tsc = parent.tsc;
        mceKill = parent.mceKill;
        ioFlusher = parent.ioFlusher;
        personality = parent.personality;
    }

    /** {@return its name, at most 15 bytes: PR_GET_NAME, /proc/self/comm} */
    public byte[] name() {
        return name.clone();
    }

    /** Sets its name, at most 15 bytes. */
    public void setName(byte[] value) {
        name = value.clone();
    }

    /** {@return the signal for its parent's end, 0 for none} */
    public int parentDeathSignal() {
        return parentDeathSignal;
    }

    /** Sets the signal for its parent's end. */
    public void setParentDeathSignal(int signal) {
        parentDeathSignal = signal;
    }

    /** {@return by how many nanoseconds its timers may be late} */
    public long timerSlack() {
        return timerSlack;
    }

    /** Sets the slack; 0 for the default. */
    public void setTimerSlack(long nanos) {
        timerSlack = nanos == 0 ? DEFAULT_SLACK : nanos;
    }

    /** {@return PR_TSC_ENABLE or PR_TSC_SIGSEGV} */
    public int tsc() {
        return tsc;
    }

    /** Sets PR_TSC_ENABLE or PR_TSC_SIGSEGV. */
    public void setTsc(int mode) {
        tsc = mode;
    }

    /** {@return PR_MCE_KILL_LATE, _EARLY or _DEFAULT} */
    public int mceKill() {
        return mceKill;
    }

    /** Sets PR_MCE_KILL_*. */
    public void setMceKill(int policy) {
        mceKill = policy;
    }

    /** {@return whether it serves block devices: PR_GET_IO_FLUSHER} */
    public boolean isIoFlusher() {
        return ioFlusher;
    }

    /** Sets whether it serves block devices. */
    public void setIoFlusher(long value) {
        ioFlusher = value != 0;
    }

    /** {@return whether timer_create(2) takes its id from the program: PR_TIMER_CREATE_RESTORE_IDS} */
    public boolean isRestoringTimerIds() {
        return restoringTimerIds;
    }

    /** Sets whether timer_create(2) takes its id from the program. */
    public void setRestoringTimerIds(long value) {
        restoringTimerIds = value != 0;
    }

    /** {@return PER_* and its flags: personality(2)} */
    public int personality() {
        return personality;
    }

    /** Sets PER_* and its flags. */
    public void setPersonality(int value) {
        personality = value;
    }

    /** {@return where a zero goes when it ends, 0 for nowhere: set_tid_address(2)} */
    public long clearChildTid() {
        return clearChildTid;
    }

    /** Sets where a zero goes when it ends. */
    public void setClearChildTid(long address) {
        clearChildTid = address;
    }

    /** {@return the head of its list of robust futexes, 0 for none; programs of each convention have one of their own} */
    public long robustList(Abi abi) {
        return abi == Abi.I386 ? compatRobustList : robustList;
    }

    /** Sets the head of a list of robust futexes. */
    public void setRobustList(Abi abi, long head) {
        if (abi == Abi.I386) {
            compatRobustList = head;
        } else {
            robustList = head;
        }
    }
}

package dev.trapgate.emulator.linux.kernel;

/**
 * What a task knows of signals: the fields of {@code task_struct} from {@code blocked} to {@code sas_ss_flags}, and what
 * {@code thread_struct} keeps of the last exception.
 */
public final class TaskSignals {

    /** Guarded by the process's lock for signals. */
    final SigPending pending;

    private volatile long blocked;
    private volatile long realBlocked;
    private long saved;
    private boolean restore;
    private AlternateStack stack;
    private int trap;
    private int error;
    private long faultAddress;

    TaskSignals(AlternateStack stack, SignalQuota quota) {
        this.pending = new SigPending(quota);
        this.stack = stack;
    }

    /** {@return the signals that are blocked, {@link Signal#mask} of each} */
    public long blocked() {
        return blocked;
    }

    void setBlocked(long mask) {
        blocked = mask;
    }

    /** {@return what sigtimedwait(2) unblocked for a while: {@code real_blocked}} */
    long realBlocked() {
        return realBlocked;
    }

    void setRealBlocked(long mask) {
        realBlocked = mask;
    }

    /** Keeps a mask that comes back when the call is over: {@code saved_sigmask}, {@code set_restore_sigmask}. */
    void restoreLater(long mask) {
        saved = mask;
        restore = true;
    }

    /** {@return whether a mask is to come back} */
    boolean restores() {
        return restore;
    }

    /** Forgets that a mask is to come back. */
    void restored() {
        restore = false;
    }

    /** {@return the mask that a frame keeps for sigreturn(2): {@code sigmask_to_save}} */
    public long maskToSave() {
        return restore ? saved : blocked;
    }

    /** {@return the stack for handlers} */
    public AlternateStack stack() {
        return stack;
    }

    /** Sets the stack for handlers without a check. */
    void setStack(AlternateStack next) {
        stack = next;
    }

    /** Notes an exception that the program raised. */
    public void noteTrap(int vector, int code) {
        trap = vector;
        error = code;
    }

    /** Notes the address of a page fault that the program raised. */
    public void noteFaultAddress(long address) {
        faultAddress = address;
    }

    /** {@return the last exception's vector: {@code thread.trap_nr}} */
    public int trap() {
        return trap;
    }

    /** {@return the last exception's error code: {@code thread.error_code}} */
    public int error() {
        return error;
    }

    /** {@return the last page fault's address: {@code thread.cr2}} */
    public long faultAddress() {
        return faultAddress;
    }
}

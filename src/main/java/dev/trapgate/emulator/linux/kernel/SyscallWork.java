package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.seccomp.Seccomp;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done around a task's calls: the SYSCALL_WORK_* bits of {@code thread_info}, and what they lead to. A task
 * without any has a word of zero, the one thing that the entry looks at.
 */
public final class SyscallWork {

    /** Bit: syscall user dispatch. */
    public static final int USER_DISPATCH = 1;
    /** Bit: a tracer wants to see calls. */
    public static final int TRACE = 1 << 1;
    /** Bit: a tracer makes the calls itself. */
    public static final int EMULATE = 1 << 2;
    /** Bit: seccomp. */
    public static final int SECCOMP = 1 << 3;
    /** Bit: the tracepoints sys_enter and sys_exit. */
    public static final int TRACEPOINT = 1 << 4;
    /** Bit: audit. */
    public static final int AUDIT = 1 << 5;

    /** Somebody who stands beside a task's calls and changes nothing: a tracepoint's probe, or audit. */
    public interface Observer {

        /** A call begins. */
        void enter(Task task, PtRegs regs, long nr);

        /** A call has its result. */
        void exit(Task task, PtRegs regs, long result);
    }

    /** Somebody who stops a task at its calls, as a tracer with PTRACE_SYSCALL does, and may change its registers. */
    public interface Tracer {

        /** A call begins: the number is {@link PtRegs#origAx}, −1 put there skips the call. */
        void enter(Task task, PtRegs regs);

        /** A call has its result. */
        void exit(Task task, PtRegs regs);

        /** A seccomp filter has answered SECCOMP_RET_TRACE: PTRACE_EVENT_SECCOMP with its 16 bits. */
        default void seccomp(Task task, PtRegs regs, int data) {}
    }

    /** How a tracer lets a task go on. */
    public enum Tracing {
        /** PTRACE_SYSCALL: both ends of a call are told, and the kernel makes the call. */
        SYSCALL,
        /** PTRACE_SYSEMU: the beginning is told, and the tracer makes the call. */
        SYSEMU
    }

    /**
     * Where calls are not dispatched to the program: {@code struct syscall_user_dispatch}.
     *
     * @param offset the first address from which calls go to the kernel
     * @param length how many bytes follow
     * @param selector the address of the byte that decides for all others; 0 to dispatch them all
     */
    public record Dispatch(long offset, long length, long selector) {}

    private volatile int bits;
    private @Nullable Dispatch dispatch;
    private boolean dispatched;
    private final Seccomp seccomp = new Seccomp();
    private volatile @Nullable Tracer tracer;
    private volatile @Nullable Observer tracepoint;
    private volatile @Nullable Observer audit;
    private boolean noNewPrivileges;

    SyscallWork() {}

    /** Takes over what a child has of its parent: seccomp, and who stands beside its calls. */
    void copyFrom(SyscallWork parent) {
        seccomp.copyFrom(parent.seccomp);
        put(SECCOMP, (parent.bits & SECCOMP) == 0 ? null : seccomp);
        noNewPrivileges = parent.noNewPrivileges;
        setTracepoint(parent.tracepoint);
        setAudit(parent.audit);
    }

    /** {@return the bits; 0 if nothing is to be done} */
    public int bits() {
        return bits;
    }

    /** Sets or clears a bit. */
    private synchronized void put(int bit, @Nullable Object reason) {
        bits = reason == null ? bits & ~bit : bits | bit;
    }

    /** {@return where calls are not dispatched, or null if none is} */
    public @Nullable Dispatch dispatch() {
        return dispatch;
    }

    /** Dispatches calls to the program; null to stop. */
    public void setDispatch(@Nullable Dispatch next) {
        dispatch = next;
        dispatched = false;
        put(USER_DISPATCH, next);
    }

    /** Notes that the call under way went to the program. */
    public void noteDispatched() {
        dispatched = true;
    }

    /** {@return whether the call under way went to the program; asked once} */
    public boolean takeDispatched() {
        boolean was = dispatched;
        dispatched = false;
        return was;
    }

    /** {@return its seccomp mode and filters} */
    public Seccomp seccomp() {
        return seccomp;
    }

    /** Looks at every call from now on: a mode has been set. */
    public void confine() {
        put(SECCOMP, seccomp);
    }

    /** {@return who traces it, or null} */
    public @Nullable Tracer tracer() {
        return tracer;
    }

    /** Traces it from now on. */
    public void trace(Tracer by, Tracing how) {
        tracer = by;
        put(how == Tracing.SYSCALL ? TRACE : EMULATE, by);
        put(how == Tracing.SYSCALL ? EMULATE : TRACE, null);
    }

    /** Traces it no longer. */
    public void detach() {
        tracer = null;
        put(TRACE, null);
        put(EMULATE, null);
    }

    /** {@return what its tracepoints lead to, or null} */
    public @Nullable Observer tracepoint() {
        return tracepoint;
    }

    /** Attaches to its tracepoints; null to stop. */
    public void setTracepoint(@Nullable Observer probe) {
        tracepoint = probe;
        put(TRACEPOINT, probe);
    }

    /** {@return who audits it, or null} */
    public @Nullable Observer audit() {
        return audit;
    }

    /** Audits it; null to stop. */
    public void setAudit(@Nullable Observer log) {
        audit = log;
        put(AUDIT, log);
    }

    /** {@return whether execve(2) can give it nothing: PR_GET_NO_NEW_PRIVS} */
    public boolean hasNoNewPrivileges() {
        return noNewPrivileges;
    }

    /** Takes the chance of new privileges away for good. */
    public void setNoNewPrivileges() {
        noNewPrivileges = true;
    }
}

package dev.trapgate.emulator.linux.kernel;

/**
 * Where 32-bit handlers return to: the vDSO's functions.
 *
 * @param sigreturn {@code __kernel_sigreturn}; 0 if there is no vDSO
 * @param rtSigreturn {@code __kernel_rt_sigreturn}; 0 if there is no vDSO
 */
public record HandlerReturn(long sigreturn, long rtSigreturn) {

    /** No vDSO: handlers return to code in their frame. */
    public static final HandlerReturn IN_FRAME = new HandlerReturn(0, 0);

    /** Which frame a handler has. */
    public enum Kind {
        /** Without siginfo. */
        OLD,
        /** With siginfo. */
        REAL_TIME
    }

    /** {@return where a handler with such a frame returns to; 0 if to its frame} */
    public long address(Kind kind) {
        return kind == Kind.OLD ? sigreturn : rtSigreturn;
    }
}

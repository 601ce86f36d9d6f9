package dev.trapgate.emulator.linux.kernel;

/**
 * The stack that sigaltstack(2) sets for a task's handlers: {@code stack_t}.
 *
 * @param address its lowest address
 * @param size its size in bytes; 0 if there is none
 * @param flags {@code ss_flags} as they were given
 */
public record AlternateStack(long address, long size, int flags) {

    /** {@code ss_flags}: the task is on it. */
    public static final int SS_ONSTACK = 1;
    /** {@code ss_flags}: there is none. */
    public static final int SS_DISABLE = 2;
    /** {@code ss_flags}: a handler that is entered on it takes it out of use. */
    public static final int SS_AUTODISARM = 1 << 31;
    /** The least size that is accepted: MINSIGSTKSZ. */
    static final int LEAST = 2048;

    /** None. */
    static final AlternateStack NONE = new AlternateStack(0, 0, SS_DISABLE);

    /** {@return whether a stack pointer lies in it: {@code __on_sig_stack}} */
    public boolean holds(long sp) {
        return Long.compareUnsigned(sp, address) > 0 && Long.compareUnsigned(sp - address, size) <= 0;
    }

    /** {@return whether a task with that stack pointer counts as being on it: {@code on_sig_stack}} */
    public boolean isUsedAt(long sp) {
        return (flags & SS_AUTODISARM) == 0 && holds(sp);
    }

    /** {@return SS_DISABLE, SS_ONSTACK or 0: {@code sas_ss_flags}} */
    public int state(long sp) {
        if (size == 0) {
            return SS_DISABLE;
        }
        return isUsedAt(sp) ? SS_ONSTACK : 0;
    }

    /** {@return it, or none if it is taken out of use by a handler's entry} */
    AlternateStack afterEntry() {
        return (flags & SS_AUTODISARM) != 0 ? NONE : this;
    }
}

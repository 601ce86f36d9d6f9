package dev.trapgate.emulator.linux.kernel;

/** What a program has asked of its memory as a whole: {@code mm_struct.flags} and {@code membarrier_state}. */
public final class MmFlags {

    /** No core is dumped and nobody may trace: what a change of identity leaves. */
    public static final int SUID_DUMP_DISABLE = 0;
    /** Cores are dumped as the limit allows. */
    public static final int SUID_DUMP_USER = 1;

    /** PR_MDWE_REFUSE_EXEC_GAIN: no memory becomes executable that was not. */
    public static final int PR_MDWE_REFUSE_EXEC_GAIN = 1;

    private volatile int dumpable = SUID_DUMP_USER;
    private volatile int hugePagesDisabled;
    private volatile boolean merging;
    private volatile int denyWriteExecute;
    private volatile int membarrier;

    /** Makes an ordinary program's. */
    public MmFlags() {}

    /** {@return the same for a child's memory: {@code mmf_init_flags}} */
    MmFlags copy() {
        MmFlags copy = new MmFlags();
        copy.dumpable = dumpable;
        copy.hugePagesDisabled = hugePagesDisabled;
        copy.merging = merging;
        copy.denyWriteExecute = denyWriteExecute;
        copy.membarrier = membarrier;
        return copy;
    }

    /** {@return SUID_DUMP_*: PR_GET_DUMPABLE} */
    public int dumpable() {
        return dumpable;
    }

    /** Sets SUID_DUMP_*. */
    public void setDumpable(int value) {
        dumpable = value;
    }

    /** {@return what PR_GET_THP_DISABLE answers: 0, 1, or 3 for all but advised memory} */
    public int hugePagesDisabled() {
        return hugePagesDisabled;
    }

    /** Sets what PR_GET_THP_DISABLE answers. */
    public void setHugePagesDisabled(int value) {
        hugePagesDisabled = value;
    }

    /** {@return whether equal pages may be merged: PR_GET_MEMORY_MERGE} */
    public boolean isMerging() {
        return merging;
    }

    /** Sets whether equal pages may be merged. */
    public void setMerging(long value) {
        merging = value != 0;
    }

    /** {@return PR_MDWE_* bits: what mmap(2) and mprotect(2) have to refuse} */
    public int denyWriteExecute() {
        return denyWriteExecute;
    }

    /** Sets PR_MDWE_* bits. */
    public void setDenyWriteExecute(int bits) {
        denyWriteExecute = bits;
    }

    /** {@return the registrations of membarrier(2): MEMBARRIER_CMD_REGISTER_* bits} */
    public int membarrier() {
        return membarrier;
    }

    /** Adds a registration. */
    public synchronized void registerMembarrier(int command) {
        membarrier |= command;
    }
}

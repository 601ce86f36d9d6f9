package dev.trapgate.emulator.linux.mm;

/** What came of a page fault: {@code vm_fault_t}, and what the program is told. */
public enum FaultOutcome {
    /** The access can be made again. */
    HANDLED,
    /** There is no mapping: SIGSEGV with SEGV_MAPERR. */
    NOT_MAPPED,
    /** The mapping does not allow it: SIGSEGV with SEGV_ACCERR. */
    NOT_ALLOWED,
    /** The file ends before the page: SIGBUS with BUS_ADRERR. */
    BEYOND_FILE,
    /** There is no memory left: the program is killed. */
    OUT_OF_MEMORY
}

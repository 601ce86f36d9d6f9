package dev.trapgate.emulator.cpu.decode;

/** The repeat prefixes. */
public enum Repeat {
    /** None. */
    ONCE,
    /** F3: REP, REPE. */
    WHILE_EQUAL,
    /** F2: REPNE. */
    WHILE_NOT_EQUAL
}

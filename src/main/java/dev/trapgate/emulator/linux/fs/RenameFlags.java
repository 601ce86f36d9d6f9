package dev.trapgate.emulator.linux.fs;

/** Flags of renameat2(2). */
public final class RenameFlags {

    /** Fail if the new name exists. */
    public static final int RENAME_NOREPLACE = 1;
    /** Exchange the two names. */
    public static final int RENAME_EXCHANGE = 2;
    /** Leave a whiteout under the old name. */
    public static final int RENAME_WHITEOUT = 4;

    private RenameFlags() {}
}

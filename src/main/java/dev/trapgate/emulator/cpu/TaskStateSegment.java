package dev.trapgate.emulator.cpu;

/** Where things are in a task state segment (SDM vol. 3, 9.2.1 and 9.7; APM vol. 2, 12.2.4 and 12.2.5). */
public final class TaskStateSegment {

    /** 32-bit: the stack pointer for ring 0, four bytes. */
    public static final int ESP0 = 4;
    /** 32-bit: the stack segment for ring 0, two bytes. */
    public static final int SS0 = 8;
    /** 64-bit: the stack pointer for ring 0, eight bytes. */
    public static final int RSP0 = 4;
    /** 64-bit: the stack pointer for ring 2, which no ring uses under Linux and entry_64.S keeps the user's in. */
    public static final int RSP2 = 20;
    /** 64-bit: the first of seven interrupt stack pointers. */
    public static final int IST1 = 36;
    /** Both: the size without an I/O permission bitmap. */
    public static final int SIZE = 104;

    private static final int STACK_POINTER_SIZE = 8;

    private TaskStateSegment() {}

    /** {@return the offset of a ring's stack pointer: in a 32-bit segment the selector follows four bytes on} */
    static int stackOffset(int ring) {
        return ESP0 + ring * STACK_POINTER_SIZE;
    }

    /** {@return the offset of an interrupt stack pointer, {@code entry} 1 to 7} */
    static int interruptStackOffset(int entry) {
        return IST1 + (entry - 1) * STACK_POINTER_SIZE;
    }
}

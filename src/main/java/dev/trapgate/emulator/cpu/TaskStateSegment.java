package dev.trapgate.emulator.cpu;

/** Where things are in a task state segment (SDM vol. 3, 9.2.1 and 9.7; APM vol. 2, 12.2.4 and 12.2.5). */
public final class TaskStateSegment {

    /** 32-bit: the selector of the task that this one is nested in, two bytes. */
    static final int BACK_LINK = 0;
    /** 32-bit: the first of the words that a task switch saves and loads: CR3, which is only loaded. */
    public static final int CR3 = 28;
    /** 32-bit: the instruction pointer. */
    public static final int EIP = 32;
    /** 32-bit: the flags. */
    public static final int EFLAGS = 36;
    /** 32-bit: the first of eight general registers, in the order of their numbers. */
    public static final int EAX = 40;
    /** 32-bit: the first of six selectors, four bytes apart: es, cs, ss, ds, fs, gs. */
    public static final int ES = 72;
    /** 32-bit: the selector of the local descriptor table, two bytes. */
    static final int LDTR = 96;
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
    private static final int SP0_16 = 2;
    private static final int STACK_POINTER_SIZE_16 = 4;

    private TaskStateSegment() {}

    /** {@return the offset of a ring's stack pointer: in a 32-bit segment the selector follows four bytes on} */
    static int stackOffset(int ring) {
        return ESP0 + ring * STACK_POINTER_SIZE;
    }

    /** {@return the offset of a ring's stack pointer, two bytes, in a 16-bit segment: the selector follows two bytes on} */
    static int stackOffset16(int ring) {
        return SP0_16 + ring * STACK_POINTER_SIZE_16;
    }

    /** {@return the offset of an interrupt stack pointer, {@code entry} 1 to 7} */
    static int interruptStackOffset(int entry) {
        return IST1 + (entry - 1) * STACK_POINTER_SIZE;
    }
}

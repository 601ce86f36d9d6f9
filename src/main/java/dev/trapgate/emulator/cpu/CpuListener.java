package dev.trapgate.emulator.cpu;

/**
 * Watches a processor, step by step. Without a listener a step costs one comparison with null.
 *
 * <p>Every method does nothing unless overridden. A listener is called by the thread that runs the processor, in the
 * order in which things happen, and must not change the processor.
 */
public interface CpuListener {

    /** Which descriptor table was read. */
    enum Table {
        /** The interrupt descriptor table; the index is a vector. */
        IDT,
        /** The global descriptor table; the index is a selector. */
        GDT,
        /** The local descriptor table; the index is a selector. */
        LDT
    }

    /**
     * An instruction begins.
     *
     * @param name its mnemonic
     */
    default void instruction(String name) {}

    /**
     * A descriptor was read.
     *
     * @param table from which table
     * @param index a vector or a selector
     * @param low its first eight bytes
     * @param high its second eight bytes in long mode's IDT, else 0
     */
    default void descriptorRead(Table table, int index, long low, long high) {}

    /**
     * A stack pointer was read from the task state segment.
     *
     * @param field the field's name: {@code esp0}, {@code ss0}, {@code rsp0}, {@code ist1}…
     * @param address where the field is
     * @param value what it holds
     */
    default void taskStateRead(String field, long address, long value) {}

    /** A check passed. */
    default void passed(Check check) {}

    /**
     * A check failed, and so the instruction.
     *
     * @param check the check
     * @param fault the {@link Fault} it raises
     */
    default void failed(Check check, int fault) {}

    /**
     * Something was pushed on the stack.
     *
     * @param address where it now is
     * @param size its size in bytes
     * @param value the value
     * @param meaning what it is: {@code ss}, {@code eip}, {@code orig_eax}…
     */
    default void pushed(long address, int size, long value, String meaning) {}

    /**
     * Something was popped from the stack.
     *
     * @param address where it was
     * @param size its size in bytes
     * @param value the value
     * @param meaning what it is
     */
    default void popped(long address, int size, long value, String meaning) {}

    /** A model-specific register was read. */
    default void msrRead(int number, long value) {}

    /** A register was written by an entry or exit instruction. */
    default void registerWritten(String name, long value) {}

    /** The current privilege level changed. */
    default void privilegeChanged(int from, int to) {}

    /** Memory was read; pushes, pops and descriptor reads are also told as such. */
    default void memoryRead(long linear, int size, long value) {}

    /** Memory was written. */
    default void memoryWritten(long linear, int size, long value) {}

    /**
     * An exception is about to be delivered.
     *
     * @param fault the {@link Fault}
     */
    default void exception(int fault) {}

    /**
     * The kernel's own code says where it is.
     *
     * @param where the kernel's name for the place, for example {@code system_call}
     * @param what what happens there, one line
     */
    default void kernel(String where, String what) {}
}

package dev.trapgate.emulator.cpu.execute;

/** A register, a part of one, or a place in memory, with its width. Values are zero-extended; more bits are dropped. */
interface Place extends Source {

    /** {@return the value, which is about to be replaced: a place in memory that cannot be written faults now} */
    long getForUpdate(Core core);

    /** Replaces the value. */
    void set(Core core, long value);
}

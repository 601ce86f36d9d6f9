package dev.trapgate.emulator.cpu.execute;

/** Where a value comes from, zero-extended. */
@FunctionalInterface
interface Source {

    /** {@return the value} */
    long get(Core core);
}

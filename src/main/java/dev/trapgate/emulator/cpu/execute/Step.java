package dev.trapgate.emulator.cpu.execute;

/** One instruction, ready to be executed any number of times, by any processor. */
@FunctionalInterface
interface Step {

    /**
     * Executes the instruction.
     *
     * @param core the state that it changes; one that does not go on with the instruction after it says so in
     *     {@link Core#next}
     * @throws dev.trapgate.emulator.cpu.RaisedFault if it faults, having changed nothing but what the manuals allow
     */
    void execute(Core core);
}

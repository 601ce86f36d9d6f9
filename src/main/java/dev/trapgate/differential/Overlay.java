package dev.trapgate.differential;

import dev.trapgate.abi.Structure;
import dev.trapgate.differential.Normalizations.Rule;
import java.util.Optional;

/**
 * What lies at a place of a scenario's memory.
 *
 * @param label what to call it
 * @param block in which block it lies
 * @param offset where in the block
 * @param size its size in bytes
 * @param structure the layout of what lies there, once or more often
 * @param rule how all of it is compared
 * @param clock the clock that was read, for a rule that asks for it
 */
record Overlay(
        String label,
        int block,
        int offset,
        int size,
        Optional<Structure> structure,
        Optional<Rule> rule,
        String clock) {

    /** {@return a structure whose fields have rules of their own} */
    static Overlay of(String label, int block, int offset, int size, Structure structure) {
        return new Overlay(label, block, offset, size, Optional.of(structure), Optional.empty(), "");
    }

    /** {@return whether it has a byte in a range of its block} */
    boolean meets(int otherBlock, int from, int end) {
        return block == otherBlock && offset < end && offset + size > from;
    }
}

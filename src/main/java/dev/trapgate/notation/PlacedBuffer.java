package dev.trapgate.notation;

import dev.trapgate.abi.Structure;
import dev.trapgate.entry.UserBuffer;
import java.util.Optional;

/**
 * Memory that the kernel may have written to.
 *
 * @param parameter the place, from 0, of the parameter that leads there
 * @param label what to call it: the parameter's name, and the field's if a structure leads there
 * @param memory the memory
 * @param structure the layout of what lies there, once or more often; empty if it is bytes
 */
public record PlacedBuffer(int parameter, String label, UserBuffer memory, Optional<Structure> structure) {}

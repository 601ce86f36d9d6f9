package dev.trapgate.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Structure;
import dev.trapgate.abi.Structures;

/**
 * Where a structure's fields are, by the layouts of {@link Structures}.
 *
 * @param structure the layout in one ABI
 */
public record Fields(Structure structure) {

    /**
     * {@return the fields of a structure}
     *
     * @param name the structure's name in C
     * @param abi whose layout
     */
    public static Fields of(String name, Abi abi) {
        return new Fields(Structures.named(name, abi)
                .orElseThrow(() -> new IllegalArgumentException("no structure " + name + " is known for " + abi)));
    }

    /**
     * {@return the fields of a structure that all ABIs lay out alike}
     *
     * @param name the structure's name in C
     */
    public static Fields of(String name) {
        return of(name, Abi.X86_64);
    }

    /** {@return the structure's size in bytes} */
    public long size() {
        return structure.size();
    }

    /** {@return where a field begins, in bytes from the structure's start} */
    public long offset(String field) {
        return structure
                .field(field)
                .orElseThrow(() -> new IllegalArgumentException("struct " + structure.name() + " has no " + field))
                .offset();
    }
}

package dev.trapgate.abi;

import java.util.Map;
import java.util.OptionalLong;

/**
 * A constant of the C headers, for example {@code O_CLOEXEC}.
 *
 * @param name C's name
 * @param values by ABI, sign-extended to 64 bits where C's type is signed; an ABI whose headers lack it has no entry
 */
public record Constant(String name, Map<Abi, Long> values) {

    /** Keeps its own copy of the values. */
    public Constant {
        values = Map.copyOf(values);
    }

    /**
     * {@return the value in that ABI, if it is defined there}
     *
     * @param abi the ABI
     */
    public OptionalLong value(Abi abi) {
        Long value = values.get(abi);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** {@return the name} */
    @Override
    public String toString() {
        return name;
    }
}

package dev.trapgate.security;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A set of capabilities. It does not change.
 *
 * @param bits a bit for each capability, that of number 0 the lowest
 */
public record CapabilitySet(long bits) {

    /** No capability. */
    public static final CapabilitySet NONE = new CapabilitySet(0);

    /**
     * {@return the set of those capabilities}
     *
     * @param capabilities the capabilities
     */
    public static CapabilitySet of(Capability... capabilities) {
        long bits = 0;
        for (Capability capability : capabilities) {
            bits |= 1L << capability.number();
        }
        return new CapabilitySet(bits);
    }

    /**
     * {@return whether a capability is in it}
     *
     * @param capability the capability
     */
    public boolean contains(Capability capability) {
        return (bits >>> capability.number() & 1) != 0;
    }

    /**
     * {@return this set without some}
     *
     * @param capabilities what to leave out
     */
    public CapabilitySet without(Capability... capabilities) {
        return new CapabilitySet(bits & ~of(capabilities).bits);
    }

    /** {@return for example {@code [CAP_KILL, CAP_SYS_ADMIN]}} */
    @Override
    public String toString() {
        return IntStream.range(0, Long.SIZE)
                .filter(number -> (bits >>> number & 1) != 0)
                .mapToObj(number -> new Capability(number).toString())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}

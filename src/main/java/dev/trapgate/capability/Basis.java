package dev.trapgate.capability;

/** How something is known. */
public enum Basis {
    /** It was seen: the call was made, or the kernel says so itself. */
    OBSERVED,
    /** It follows from other facts, which may mislead: a distributor's kernel has calls that its release number does not promise. */
    INFERRED
}

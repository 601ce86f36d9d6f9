package dev.trapgate.differential;

/** Thrown for a call that has not come back at its deadline. */
final class BlockedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BlockedException() {
        super("a call did not come back");
    }
}

package dev.trapgate.bench.peer;

/** Thrown when C cannot be compiled here. Its message says why. */
public final class CompilerException extends Exception {

    private static final long serialVersionUID = 1L;

    CompilerException(String reason) {
        super(reason);
    }
}

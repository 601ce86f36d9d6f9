package dev.trapgate.host.libc;

/** Thrown when the C library lacks a function. */
public final class MissingFunctionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingFunctionException(String name) {
        super("the C library of this host has no function " + name);
    }
}

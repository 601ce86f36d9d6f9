package dev.trapgate.host.vdso;

/** Thrown when bytes are not an ELF image that symbols can be looked up in. Its message says what is wrong. */
public final class MalformedElfException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedElfException(String message) {
        super("not a usable ELF image: " + message);
    }
}

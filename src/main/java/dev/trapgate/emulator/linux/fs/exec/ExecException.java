package dev.trapgate.emulator.linux.fs.exec;

import dev.trapgate.abi.Errno;

/** A program that cannot be executed: what execve(2) would answer, and why. */
public final class ExecException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /**
     * Says why.
     *
     * @param errno what execve(2) answers
     * @param reason what is wrong with the program or its arguments
     */
    public ExecException(Errno errno, String reason) {
        super(reason + ": " + errno.name() + " (" + errno.message() + ")");
        this.errno = errno;
    }

    /** {@return what execve(2) answers} */
    public Errno errno() {
        return errno;
    }
}

package dev.trapgate.emulator.linux.fs.hostfs;

import dev.trapgate.abi.Errno;
import java.util.List;

/** A file of the machine that the JVM runs on that cannot be had. */
public final class HostFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /**
     * Says why.
     *
     * @param errno what the emulated program is to be answered
     * @param reason what happened
     */
    public HostFileException(Errno errno, String reason) {
        super(reason);
        this.errno = errno;
    }

    /**
     * {@return that a file is not what it was}
     *
     * @param path which file
     */
    public static HostFileException stale(List<String> path) {
        return new HostFileException(Errno.ESTALE, String.join("/", path) + " has changed while it was read");
    }

    /** {@return what the emulated program is to be answered} */
    public Errno errno() {
        return errno;
    }
}

package dev.trapgate.bench.peer;

import jnr.posix.FileStat;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.posix.Timeval;

/** Glibc's functions by jnr-posix. */
public final class JnrPosix {

    /** The functions. */
    public static final POSIX C = POSIXFactory.getNativePOSIX();

    private static final FileStat STATUS = C.allocateStat();
    private static final Timeval TIME = C.allocateTimeval();

    private JnrPosix() {}

    /**
     * Asks for an open file's status, always into the same memory.
     *
     * @param fd the descriptor
     * @return 0, or −1
     */
    public static int fstat(int fd) {
        return C.fstat(fd, STATUS);
    }

    /** {@return 0, or −1; the time of day goes always into the same memory} */
    public static int gettimeofday() {
        return C.gettimeofday(TIME);
    }
}

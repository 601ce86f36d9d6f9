package dev.trapgate.security;

import dev.trapgate.abi.Errno;

/**
 * What a seccomp filter answers to a call.
 *
 * @param number what the filter returns: SECCOMP_RET_ of linux/seccomp.h, and data in the low 16 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/seccomp.2.html">seccomp(2)</a>
 */
public record SeccompAction(int number) {

    private static final int ERRNO = 0x5_0000;
    private static final int DATA = 0xffff;

    /** The call is made. */
    public static final SeccompAction SECCOMP_RET_ALLOW = new SeccompAction(0x7fff_0000);
    /** The call is made and written to the audit log; since Linux 4.14. */
    public static final SeccompAction SECCOMP_RET_LOG = new SeccompAction(0x7ffc_0000);
    /** The thread gets SIGSYS, of which a JVM dies with a crash report. */
    public static final SeccompAction SECCOMP_RET_TRAP = new SeccompAction(0x3_0000);
    /** The thread ends as if by SIGSYS; the JVM waits for ever for what it was to do. */
    public static final SeccompAction SECCOMP_RET_KILL_THREAD = new SeccompAction(0);
    /** The process ends as if by SIGSYS, with a core dump; since Linux 4.14. */
    public static final SeccompAction SECCOMP_RET_KILL_PROCESS = new SeccompAction(0x8000_0000);

    /**
     * {@return not making the call, which answers an error: SECCOMP_RET_ERRNO}
     *
     * @param error the error
     */
    public static SeccompAction errno(Errno error) {
        return new SeccompAction(ERRNO | error.number());
    }

    /** {@return for example {@code SECCOMP_RET_ALLOW} or {@code SECCOMP_RET_ERRNO(EPERM)}} */
    @Override
    public String toString() {
        int data = number & DATA;
        return switch (number & ~DATA) {
            case 0x7fff_0000 -> "SECCOMP_RET_ALLOW";
            case 0x7ffc_0000 -> "SECCOMP_RET_LOG";
            case 0x3_0000 -> "SECCOMP_RET_TRAP";
            case 0 -> "SECCOMP_RET_KILL_THREAD";
            case 0x8000_0000 -> "SECCOMP_RET_KILL_PROCESS";
            case ERRNO ->
                "SECCOMP_RET_ERRNO(" + Errno.numbered(data).map(Errno::name).orElseGet(() -> Integer.toString(data))
                        + ")";
            default -> "0x" + Integer.toHexString(number);
        };
    }
}

package dev.trapgate.host.i386;

/** How the companion process carries out what it is asked for. */
public enum CompanionWay {
    /** A system call by {@code int $0x80}. */
    INT80(0),
    /** A system call by {@code call *AT_SYSINFO}: {@code __kernel_vsyscall}. */
    KERNEL_VSYSCALL(1),
    /** A system call by {@code call *%gs:0x10}, where a C library keeps AT_SYSINFO. */
    THREAD_AREA(2),
    /** A call of the C function at an address, in the place of a number: arguments on the stack. */
    FUNCTION(3),
    /** A copy within the companion's memory: to the first argument, from the second, so many bytes as the third says. */
    COPY(4);

    private final int code;

    CompanionWay(int code) {
        this.code = code;
    }

    /** {@return the first word of a request for it} */
    int code() {
        return code;
    }
}

package dev.trapgate.host.glibc;

import dev.trapgate.host.libc.CapturedErrno;
import java.lang.foreign.MemorySegment;

/** How a function of glibc's tells a value from an error. */
enum WrapperAnswer {

    /** −1 is an error, and errno says which. Nearly every wrapper. */
    MINUS_ONE_AND_ERRNO,

    /** Every answer is a value, of 32 bits without a sign where it is not wider. */
    NEVER_FAILS,

    /** 0, or the error number itself, and errno is left alone: functions that POSIX threads brought. */
    ERROR_NUMBER,

    /** A null pointer is an error, and errno says which. */
    POINTER_OR_NULL;

    /**
     * Turns an answer into the kernel's form.
     *
     * @param result what the function returned, sign-extended
     * @param errno what its call saved
     * @return a value, or an error number negated
     */
    long kernelForm(long result, MemorySegment errno) {
        return switch (this) {
            case MINUS_ONE_AND_ERRNO -> CapturedErrno.kernelForm(result, errno);
            case NEVER_FAILS -> result & 0xffff_ffffL;
            case ERROR_NUMBER -> -result;
            case POINTER_OR_NULL -> result == 0 ? -CapturedErrno.number(errno) : result;
        };
    }
}

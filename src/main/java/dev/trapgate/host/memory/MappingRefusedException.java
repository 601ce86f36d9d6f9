package dev.trapgate.host.memory;

import dev.trapgate.abi.Errno;

/** Thrown when the kernel does not map the memory that was asked for. */
public final class MappingRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    MappingRefusedException(long byteSize, int errno) {
        super("mmap(2) of " + byteSize + " bytes failed with "
                + Errno.numbered(errno).map(Errno::name).orElse("error number " + errno));
        this.errno = errno;
    }

    /** {@return the error number, as {@code errno(3)} has it: ENOMEM (12), EINVAL (22), … } */
    public int errno() {
        return errno;
    }
}

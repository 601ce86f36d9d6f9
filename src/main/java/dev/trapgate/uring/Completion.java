package dev.trapgate.uring;

import dev.trapgate.abi.Errno;

/**
 * The answer to a submitted call, {@code struct io_uring_cqe}.
 *
 * @param id the number that submitting it gave
 * @param result what the call answers: a value, or −errno
 * @param flags IORING_CQE_F_ bits
 */
public record Completion(long id, int result, int flags) {

    /** {@return whether the result is an error} */
    public boolean isError() {
        return Errno.isError(result);
    }
}

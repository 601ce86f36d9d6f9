package dev.trapgate.kernel;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to look at where a call's error is a usual stumbling block.
 */
final class Hints {

    private static final Call PRLIMIT = Call.of(Syscall.PRLIMIT64);
    private static final Call FACCESSAT = Call.of(Syscall.FACCESSAT);
    private static final Call FCNTL = Call.of(Syscall.FCNTL);
    private static final long RLIMIT_SIZE = 16;
    private static final int RLIMIT_NOFILE = 7;
    private static final int RLIMIT_MEMLOCK = 8;
    private static final int F_GETFL = 3;
    private static final int O_DIRECT = 0x4000;
    private static final int X_OK = 1;
    private static final int AT_FDCWD = -100;
    /** A filter is a thread's. */
    private static final Path THREAD_STATUS = Path.of("/proc/thread-self/status");

    private final Kernel kernel;
    private final Syscall call;
    private final int number;
    private final long[] arguments;
    private final ArgumentStrings strings;

    Hints(Kernel kernel, Syscall call, int number, long[] arguments, ArgumentStrings strings) {
        this.kernel = kernel;
        this.call = call;
        this.number = number;
        this.arguments = arguments;
        this.strings = strings;
    }

    Optional<String> hint() {
        return Errno.numbered(number).flatMap(this::hint);
    }

    private Optional<String> hint(Errno errno) {
        return switch (errno) {
            case EACCES, ENOENT, ENOTDIR -> missingStep();
            case EPERM -> filter();
            case ENOSYS -> Optional.of("this kernel does not have the call, or a seccomp filter hides it");
            case EMFILE ->
                Optional.of("this process may have " + limit(RLIMIT_NOFILE)
                        + " descriptors open (RLIMIT_NOFILE): close some, or raise the limit with prlimit");
            case ENOMEM, EAGAIN -> exhausted(errno);
            case EINTR -> Optional.of("a signal came first; Linux.retryOnEintr makes the call again");
            case EINVAL -> alignment();
            case EBADF -> Optional.of("no open descriptor of this process has that number, or not for this use");
            default -> Optional.empty();
        };
    }

    private Optional<String> exhausted(Errno errno) {
        return switch (call) {
            case MLOCK, MLOCK2, MLOCKALL ->
                Optional.of("this process may lock " + limit(RLIMIT_MEMLOCK) + " bytes (RLIMIT_MEMLOCK)");
            case READ, WRITE, PREAD64, PWRITE64, READV, WRITEV, RECVFROM, SENDTO, RECVMSG, SENDMSG, ACCEPT4 ->
                errno == Errno.EAGAIN
                        ? Optional.of("the descriptor does not block and is not ready: wait with poll or epoll")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private String limit(int resource) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.zeroed(RLIMIT_SIZE, Long.BYTES);
            long answer = kernel.enter(PRLIMIT, 0, resource, 0, address, 0, 0);
            return Errno.isError(answer)
                    ? "only so many"
                    : Long.toUnsignedString(scratch.at(address, RLIMIT_SIZE).get(Layouts.LONG, 0));
        }
    }

    private Optional<String> filter() {
        if (kernel.gate().kind() == Gate.Kind.EMULATED) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(THREAD_STATUS).contains("Seccomp:\t2")
                    ? Optional.of("a seccomp filter is on, as in most containers, and may have refused the call")
                    : Optional.empty();
        } catch (IOException masked) {
            return Optional.empty();
        }
    }

    private Optional<String> alignment() {
        boolean transfers =
                switch (call) {
                    case READ, WRITE, PREAD64, PWRITE64, READV, WRITEV, PREADV, PWRITEV, PREADV2, PWRITEV2 -> true;
                    default -> false;
                };
        long flags = transfers ? kernel.enter(FCNTL, arguments[0], F_GETFL, 0, 0, 0, 0) : 0;
        return flags > 0 && (flags & O_DIRECT) != 0
                ? Optional.of(
                        "the file is open with O_DIRECT: address, length and offset must be multiples of what statx"
                                + " answers for STATX_DIOALIGN, often 512 or 4096")
                : Optional.empty();
    }

    /** The first directory on the way that is missing or that this process may not search. */
    private Optional<String> missingStep() {
        int index = strings.firstString();
        if (index < 0) {
            return Optional.empty();
        }
        String path = strings.string(index).orElseThrow();
        boolean relativeToDescriptor = index > 0 && call.callName().contains("at");
        long directory = relativeToDescriptor ? arguments[index - 1] : AT_FDCWD;
        try (Scratch scratch = kernel.scratch()) {
            for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                String parent = path.substring(0, slash);
                long answer = kernel.enter(FACCESSAT, directory, scratch.string(parent), X_OK, 0, 0, 0);
                if (Errno.isError(answer)) {
                    return Optional.of("it is \"" + parent + "\" on the way that answers "
                            + Errno.of(answer).map(Errno::message).orElse("error " + -answer));
                }
            }
        }
        return Optional.empty();
    }
}

package dev.trapgate.kernel;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the kernel answered a call with an error.
 *
 * <p>The message names the call, its arguments, the error's name, number and meaning, and a hint where people usually
 * stumble. Message and hint are made when first asked for, so that a program which only looks at {@link #errno()} does not
 * pay for them; a hint that asks the kernel (a limit, which part of a path) tells how things stand then.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
 */
public final class SyscallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The call, as the gate's ABI names it. */
    private final Syscall call;
    /** The error's number. */
    private final int number;
    /** The call as C would write it. */
    private final String text;
    /** The arguments as the kernel got them. */
    private final long[] arguments;

    private final transient @Nullable Hints hints;

    private SyscallException(Kernel kernel, Syscall call, int number, String text, long[] arguments, Hints hints) {
        super(null, null, true, kernel.stackTraces() == StackTraces.RECORDED);
        this.call = call;
        this.number = number;
        this.text = text;
        this.arguments = arguments;
        this.hints = hints;
    }

    static SyscallException of(Kernel kernel, Syscall call, int number, long[] arguments) {
        ArgumentStrings strings = ArgumentStrings.of(kernel, call, arguments);
        return new SyscallException(
                kernel, call, number, strings.text(), arguments, new Hints(kernel, call, number, arguments, strings));
    }

    /** {@return the call, as the gate's ABI names it} */
    public Syscall call() {
        return call;
    }

    /** {@return the error's number, 1 to 4095} */
    public int number() {
        return number;
    }

    /** {@return the error; empty for a number that has no name outside the kernel} */
    public Optional<Errno> errno() {
        return Errno.numbered(number);
    }

    /**
     * {@return whether this is that error}
     *
     * @param error an error
     */
    public boolean is(Errno error) {
        return error.number() == number;
    }

    /** {@return the arguments as the kernel got them; pointers may point to memory that is used for other things by now} */
    public List<Long> arguments() {
        return LongStream.of(arguments).boxed().toList();
    }

    /** {@return what to look at, or do, where this error is a usual stumbling block; a sentence without its full stop} */
    public Optional<String> hint() {
        return hints == null ? Optional.empty() : hints.hint();
    }

    /** {@return for example {@code openat(AT_FDCWD, "/x", O_RDONLY): ENOENT (2), No such file or directory; …}} */
    @Override
    public String getMessage() {
        String error = errno().map(known -> known + " (" + number + "), " + known.message())
                .orElse("error " + number);
        return text + ": " + error + hint().map(hint -> "; " + hint).orElse("");
    }
}

package dev.trapgate.kernel;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * A file descriptor that a program owns, or borrows.
 *
 * <p>An owned one is closed by {@link #close()}, once: closing again does nothing, and using it after that is an
 * {@link IllegalStateException}, never a call on whatever file got the number next. Where other threads' calls are using it,
 * the last of them closes it; a call that blocks is not interrupted by that. One that is lost unclosed is closed by a
 * {@link Cleaner}, which logs a warning to {@code dev.trapgate}.
 *
 * <p>Any thread may use it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</a>
 */
public final class FileDescriptor implements AutoCloseable {

    /** The property that makes leak warnings tell where a descriptor was opened: {@code true} or {@code false}. */
    public static final String TRACE = "dev.trapgate.descriptors.trace";

    private static final Cleaner CLEANER = Cleaner.create();
    private static final boolean TRACED = Boolean.getBoolean(TRACE);

    private final Gate.Kind kind;
    private final int number;
    private final OpenDescriptor open;
    private final Cleaner.@Nullable Cleanable cleanable;

    private FileDescriptor(Kernel kernel, int number, Ownership ownership) {
        this.kind = kernel.gate().kind();
        this.number = number;
        Throwable here = TRACED && ownership == Ownership.OWNED ? new Throwable("opened here") : null;
        this.open = new OpenDescriptor(kernel, number, here);
        this.cleanable = ownership == Ownership.OWNED ? CLEANER.register(this, open) : null;
    }

    private enum Ownership {
        OWNED,
        BORROWED
    }

    /**
     * Takes ownership of a number that a call answered.
     *
     * @param kernel whose number it is
     * @param number 0 or more
     * @return the descriptor, to be closed
     */
    public static FileDescriptor own(Kernel kernel, int number) {
        return new FileDescriptor(kernel, requireNumber(number), Ownership.OWNED);
    }

    /**
     * Uses a number that belongs to other code, which must keep it open.
     *
     * @param kernel whose number it is
     * @param number 0 or more
     * @return the descriptor, which cannot be closed
     */
    public static FileDescriptor borrow(Kernel kernel, int number) {
        return new FileDescriptor(kernel, requireNumber(number), Ownership.BORROWED);
    }

    private static int requireNumber(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("descriptor " + number + " is negative");
        }
        return number;
    }

    /**
     * {@return the kernel's number} It means the same file only until this is closed.
     *
     * @throws IllegalStateException if this is closed
     */
    public int number() {
        if (!open.isOpen()) {
            throw closed();
        }
        return number;
    }

    /** {@return whether it has not been closed} */
    public boolean isOpen() {
        return open.isOpen();
    }

    /**
     * Keeps the number from being closed during a call. {@link #letGo()} must follow, in a finally block.
     *
     * @param kernel the kernel to be called
     * @return the number
     * @throws IllegalStateException if this is closed
     * @throws IllegalArgumentException if this is a descriptor of another kernel
     */
    public int hold(Kernel kernel) {
        if (kernel.gate().kind() != kind) {
            throw new IllegalArgumentException(
                    this + " was opened through a gate into a kernel or process of its own, not " + kernel.gate());
        }
        if (!open.hold()) {
            throw closed();
        }
        return number;
    }

    /** Ends what {@link #hold} began; closes the descriptor if that was asked for meanwhile. */
    public void letGo() {
        try {
            open.letGo();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Gives the number away: this object no longer closes it.
     *
     * @return the number
     * @throws IllegalStateException if this is closed, or a call is using it
     */
    public int detach() {
        requireOwned();
        if (!open.detach()) {
            throw open.isOpen()
                    ? new IllegalStateException(this + " is in use by another thread's call; wait for that")
                    : closed();
        }
        forget();
        return number;
    }

    private void requireOwned() {
        if (cleanable == null) {
            throw new RefusedCallException(
                    Syscall.CLOSE,
                    "descriptor " + number
                            + " belongs to other code, which would use whatever file got the number next",
                    "let its owner close it, or use descriptor().dup to have one of your own");
        }
    }

    private void forget() {
        if (cleanable != null) {
            cleanable.clean();
        }
    }

    private IllegalStateException closed() {
        return new IllegalStateException("file descriptor " + number + " is closed; open the file again");
    }

    /**
     * Closes the descriptor, as {@code close(2)}. It is closed even where an error is thrown: do not try again.
     *
     * @throws SyscallException EIO, ENOSPC or EDQUOT if earlier writes turn out to have failed; EINTR says nothing of them
     * @throws RefusedCallException if the descriptor is borrowed
     */
    @Override
    public void close() {
        requireOwned();
        long answer = open.close();
        forget();
        if (answer < 0) {
            throw open.failure(answer);
        }
    }

    /** {@return for example {@code fd 7} or {@code fd 7 (closed)}} */
    @Override
    public String toString() {
        return "fd " + number + (open.isOpen() ? "" : " (closed)");
    }
}

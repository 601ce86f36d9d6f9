package dev.trapgate.uring;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.event.PollEvents;
import dev.trapgate.fs.AtFlags;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.fs.Statx;
import dev.trapgate.fs.StatxMask;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.Timespec;
import dev.trapgate.net.SocketFlags;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An io_uring: calls are put in a ring, submitted together, and done while the program goes on; their answers come in another
 * ring, in any order.
 *
 * <p>Only through a native gate. It belongs to the thread that opened it. Buffers and descriptors are kept until their call is
 * answered; closing waits for those answers.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/io_uring.7.html">io_uring(7)</a>
 */
public final class IoUring implements AutoCloseable {

    private static final Call ENTER = Call.of(Syscall.IO_URING_ENTER);

    private static final int ENTER_GETEVENTS = 1;
    private static final int AT_FDCWD = -100;
    private static final int NO_FILE = -1;
    private static final int ONE = 1;

    /** What a call needs until it is answered. */
    private record Pending(
            Optional<FileDescriptor> descriptor, MemorySegment buffer, Optional<UserMemory.Scope> memory) {

        void end() {
            descriptor.ifPresent(FileDescriptor::letGo);
            memory.ifPresent(UserMemory.Scope::close);
        }
    }

    private final Kernel kernel;
    private final Rings rings;
    private final Map<Long, Pending> pending = new HashMap<>();
    private long lastId;
    private int prepared;

    /**
     * Makes a ring, as {@code io_uring_setup(2)}.
     *
     * @param kernel the kernel, behind a native gate
     * @param size how many calls may be prepared at once, 1 to 32768
     * @throws SyscallException EPERM if /proc/sys/kernel/io_uring_disabled says so, ENOSYS before Linux 5.1, or under a filter
     * @throws UnsupportedOperationException if the gate's memory is not Java's
     */
    public IoUring(Kernel kernel, int size) {
        this.kernel = kernel;
        this.rings = new Rings(kernel, size);
    }

    /** In which order calls are done. */
    public enum Order {
        /** In any. */
        FREE(0),
        /** The next waits, and is not made if this one fails or moves fewer bytes than asked: {@code IOSQE_IO_LINK}. */
        BEFORE_NEXT(4),
        /** The next waits, and is made whatever this one answers: {@code IOSQE_IO_HARDLINK}; since Linux 5.5. */
        BEFORE_NEXT_IN_ANY_CASE(8),
        /** After all that were prepared before, and before all that come after: {@code IOSQE_IO_DRAIN}. */
        AFTER_ALL(2);

        private final int flags;

        Order(int flags) {
            this.flags = flags;
        }

        byte flags() {
            return (byte) flags;
        }
    }

    /**
     * Prepares a read at an offset.
     *
     * @param file where from
     * @param into what to fill: native memory
     * @param offset 0 or more, or −1 for the file's own
     * @param order whether the next call waits for it
     * @return the number that its completion will have
     */
    public long read(FileDescriptor file, MemorySegment into, long offset, Order order) {
        return transfer(Submission.READ, file, requireWritable(into), offset, order);
    }

    /**
     * Prepares a write at an offset.
     *
     * @param file where to
     * @param from the bytes: native memory
     * @param offset 0 or more, or −1 for the file's own
     * @param order whether the next call waits for it
     * @return the number that its completion will have
     */
    public long write(FileDescriptor file, MemorySegment from, long offset, Order order) {
        return transfer(Submission.WRITE, file, from, offset, order);
    }

    /**
     * {@return the number of a prepared {@code recv(2)}, whose completion says how many bytes came}
     *
     * @param socket the socket
     * @param into what to fill
     * @param order whether the next call waits for it
     */
    public long recv(FileDescriptor socket, MemorySegment into, Order order) {
        return transfer(Submission.RECV, socket, requireWritable(into), 0, order);
    }

    /**
     * {@return the number of a prepared {@code send(2)}, whose completion says how many bytes were taken}
     *
     * @param socket the socket
     * @param from the bytes
     * @param order whether the next call waits for it
     */
    public long send(FileDescriptor socket, MemorySegment from, Order order) {
        return transfer(Submission.SEND, socket, from, 0, order);
    }

    /**
     * {@return the number of a prepared {@code fsync(2)}}
     *
     * @param file the file
     * @param order whether the next call waits for it
     */
    public long fsync(FileDescriptor file, Order order) {
        return onFile(Submission.FSYNC, file, MemorySegment.NULL, 0, 0, order);
    }

    /**
     * {@return the number of a prepared wait for a descriptor, whose completion has the events that came}
     *
     * @param file the file
     * @param events what to wait for
     */
    public long poll(FileDescriptor file, PollEvents events) {
        return onFile(Submission.POLL_ADD, file, MemorySegment.NULL, 0, events.bits(), Order.FREE);
    }

    /**
     * {@return the number of a prepared call that does nothing}
     *
     * @param order whether the next call waits for it
     */
    public long nop(Order order) {
        rings.requireRoom();
        Pending nothing = new Pending(Optional.empty(), MemorySegment.NULL, Optional.empty());
        return put(new Submission(Submission.NOP, NO_FILE, 0, 0, 0, 0), nothing, order);
    }

    private static MemorySegment requireWritable(MemorySegment buffer) {
        if (buffer.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        return buffer;
    }

    private long transfer(byte operation, FileDescriptor file, MemorySegment buffer, long offset, Order order) {
        if (!kernel.reaches(buffer)) {
            throw new IllegalArgumentException(
                    "the kernel uses the buffer after the call returns, so it has to be native memory, not " + buffer);
        }
        return onFile(operation, file, buffer, offset, 0, order);
    }

    private long onFile(
            byte operation, FileDescriptor file, MemorySegment buffer, long offset, int flags, Order order) {
        rings.requireRoom();
        int length = Math.toIntExact(buffer.byteSize());
        int number = file.hold(kernel);
        return put(
                new Submission(operation, number, buffer.address(), length, offset, flags),
                new Pending(Optional.of(file), buffer, Optional.empty()),
                order);
    }

    private long put(Submission call, Pending needs, Order order) {
        long id = ++lastId;
        pending.put(id, needs);
        rings.put(call, order, id);
        prepared++;
        return id;
    }

    /**
     * Prepares {@code open(2)} of a path; {@link #opened} makes its completion a descriptor.
     *
     * @param path the file, from the working directory unless it begins with a slash
     * @param flags an access mode and flags
     * @param mode the permissions if it is made, less the umask
     * @param order whether the next call waits for it
     * @return the number that its completion will have
     */
    public long open(String path, OpenFlags flags, Mode mode, Order order) {
        rings.requireRoom();
        UserMemory.Scope scope = kernel.memory().open();
        long name = string(scope, path);
        return put(
                new Submission(Submission.OPENAT, AT_FDCWD, name, mode.bits(), 0, flags.bits()),
                new Pending(Optional.empty(), MemorySegment.NULL, Optional.of(scope)),
                order);
    }

    /** Memory of the call's own: scratch memory is another call's when this one is made. */
    private static long string(UserMemory.Scope scope, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (text.indexOf(0) >= 0) {
            scope.close();
            throw new IllegalArgumentException(
                    "the kernel would stop at the NUL in \"" + text.replace("\0", "\\0") + '"');
        }
        UserBuffer buffer = scope.allocate(bytes.length + 1L, 1);
        MemorySegment.copy(bytes, 0, buffer.segment(), ValueLayout.JAVA_BYTE, 0, bytes.length);
        return buffer.address();
    }

    /**
     * {@return the descriptor that an open or accept answered, to be closed}
     *
     * @param completion its completion
     * @throws SyscallException the error that it answered
     */
    public FileDescriptor opened(Completion completion) {
        if (completion.isError()) {
            throw kernel.failure(ENTER, completion.result(), rings.descriptor().number(), 0, 0, 0, 0, 0);
        }
        return FileDescriptor.own(kernel, completion.result());
    }

    /**
     * Prepares {@code statx(2)}.
     *
     * @param path the file
     * @param flags whether to follow a link, and how fresh the answer must be
     * @param mask what to ask for
     * @param into what to fill: {@link Statx#in} makes one, whose scope must stay open until the completion
     * @param order whether the next call waits for it
     * @return the number that its completion will have
     */
    public long statx(String path, AtFlags flags, StatxMask mask, Statx into, Order order) {
        rings.requireRoom();
        long to = kernel.address(into.buffer(), Statx.SIZE);
        UserMemory.Scope scope = kernel.memory().open();
        long name = string(scope, path);
        return put(
                new Submission(Submission.STATX, AT_FDCWD, name, mask.bits(), to, flags.bits()),
                new Pending(Optional.empty(), into.buffer().segment(), Optional.of(scope)),
                order);
    }

    /**
     * {@return the number of a prepared {@code accept4(2)}, whose completion {@link #opened} makes a descriptor}
     *
     * @param socket one that listens
     * @param flags how the new one begins
     * @param order whether the next call waits for it
     */
    public long accept(FileDescriptor socket, SocketFlags flags, Order order) {
        return onFile(Submission.ACCEPT, socket, MemorySegment.NULL, 0, flags.bits(), order);
    }

    /**
     * {@return the number of a prepared wait for time, whose completion answers −ETIME when it is over}
     *
     * @param duration how long, 0 or more
     * @param order whether the next call waits for it; it fails, so BEFORE_NEXT cancels the next
     */
    public long timeout(Duration duration, Order order) {
        return timed(Submission.TIMEOUT, duration, order);
    }

    /**
     * Gives the call prepared just before, in the order {@link Order#BEFORE_NEXT}, a limit of time: it answers −ECANCELED or −EINTR
     * then, and this one −ETIME. Since Linux 5.5.
     *
     * @param duration how long, 0 or more
     * @return the number that its completion will have; −ECANCELED if the call was done in time
     */
    public long linkTimeout(Duration duration) {
        return timed(Submission.LINK_TIMEOUT, duration, Order.FREE);
    }

    private long timed(byte operation, Duration duration, Order order) {
        rings.requireRoom();
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a duration of " + duration + " is negative");
        }
        UserMemory.Scope scope = kernel.memory().open();
        UserBuffer time = scope.allocate(Timespec.SIZE, Long.BYTES);
        Timespec.write(time.segment(), 0, duration);
        return put(
                new Submission(operation, NO_FILE, time.address(), ONE, 0, 0),
                new Pending(Optional.empty(), MemorySegment.NULL, Optional.of(scope)),
                order);
    }

    /**
     * Hands what is prepared to the kernel, as {@code io_uring_enter(2)}.
     *
     * @return how many calls it took
     * @throws SyscallException EBUSY, EAGAIN if it cannot take more before answers are taken; EINTR
     */
    public int submit() {
        return enter(0, 0);
    }

    private int enter(int wanted, int flags) {
        int taken = (int) kernel.callOn(ENTER, rings.descriptor(), prepared, wanted, flags);
        prepared -= taken;
        return taken;
    }

    /**
     * Waits for the answer to a call; submits what is prepared first. Blocks the thread, a virtual one's carrier too.
     *
     * @return the answer
     * @throws IllegalStateException if no call is unanswered
     * @throws SyscallException EINTR if a signal came first
     */
    public Completion await() {
        if (pending.isEmpty()) {
            throw new IllegalStateException("no call is unanswered; prepare one first");
        }
        Optional<Completion> answer = rings.take();
        while (answer.isEmpty()) {
            enter(1, ENTER_GETEVENTS);
            answer = rings.take();
        }
        Completion completion = answer.get();
        Pending done = pending.remove(completion.id());
        if (done != null) {
            done.end();
        }
        return completion;
    }

    /** {@return how many calls are prepared or submitted, and not answered} */
    public int unanswered() {
        return pending.size();
    }

    /** Waits for all answers, then closes the ring. Closing again does nothing. */
    @Override
    public void close() {
        if (!rings.descriptor().isOpen()) {
            return;
        }
        try {
            while (!pending.isEmpty()) {
                awaitThroughSignals();
            }
        } finally {
            rings.close();
        }
    }

    private void awaitThroughSignals() {
        try {
            await();
        } catch (SyscallException signal) {
            if (!signal.is(Errno.EINTR)) {
                throw signal;
            }
        }
    }
}

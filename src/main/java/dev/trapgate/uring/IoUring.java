package dev.trapgate.uring;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.event.PollEvents;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.Fields;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.mm.MapFlags;
import dev.trapgate.mm.MmCalls;
import dev.trapgate.mm.Protection;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ReadOnlyBufferException;
import java.util.HashMap;
import java.util.Map;

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

    private static final Call SETUP = Call.of(Syscall.IO_URING_SETUP);
    private static final Call ENTER = Call.of(Syscall.IO_URING_ENTER);

    private static final Fields PARAMETERS = Fields.of("io_uring_params");
    private static final Fields SUBMISSION = Fields.of("io_sqring_offsets");
    private static final Fields COMPLETION = Fields.of("io_cqring_offsets");

    private static final long OFF_CQ_RING = 0x800_0000;
    private static final long OFF_SQES = 0x1000_0000;
    private static final int ENTER_GETEVENTS = 1;
    private static final Protection READ_WRITE = Protection.PROT_READ.or(Protection.PROT_WRITE);

    private static final long SQE = 64;
    private static final long CQE = 16;
    private static final byte IOSQE_IO_LINK = 4;

    private static final byte NOP = 0;
    private static final byte FSYNC = 3;
    private static final byte POLL_ADD = 6;
    private static final byte READ = 22;
    private static final byte WRITE = 23;
    private static final byte SEND = 26;
    private static final byte RECV = 27;

    // struct io_uring_sqe
    private static final long FLAGS_AT = 1;
    private static final long DESCRIPTOR_AT = 4;
    private static final long OFFSET_AT = 8;
    private static final long ADDRESS_AT = 16;
    private static final long LENGTH_AT = 24;
    private static final long OPERATION_FLAGS_AT = 28;
    private static final long ID_AT = 32;

    /** What a call needs until it is answered. */
    private record Pending(FileDescriptor descriptor, MemorySegment buffer) {}

    private final Kernel kernel;
    private final Arena arena = Arena.ofConfined();
    private final FileDescriptor descriptor;
    private final Ring submissions;
    private final Ring completions;
    private final MemorySegment entries;
    private final MemorySegment indexes;
    private final MemorySegment answers;
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
        MmCalls mm = new MmCalls(kernel);
        MemorySegment parameters = arena.allocate(PARAMETERS.size(), Long.BYTES);
        this.descriptor = setup(kernel, size, parameters);
        try {
            MemorySegment first = map(mm, 0, sizeOfSubmissions(parameters));
            MemorySegment second = map(mm, OFF_CQ_RING, sizeOfCompletions(parameters));
            this.entries = map(mm, OFF_SQES, word(parameters, "sq_entries") * SQE);
            this.submissions = Ring.ofSubmissions(first, parameters);
            this.completions = Ring.ofCompletions(second, parameters);
            this.indexes = first.asSlice(offset(parameters, "sq_off", SUBMISSION, "array"));
            this.answers = second.asSlice(offset(parameters, "cq_off", COMPLETION, "cqes"));
        } catch (RuntimeException failure) {
            descriptor.close();
            arena.close();
            throw failure;
        }
    }

    private static FileDescriptor setup(Kernel kernel, int size, MemorySegment parameters) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.copy(parameters, Long.BYTES);
            FileDescriptor descriptor = kernel.open(SETUP, size, address, 0);
            parameters.copyFrom(scratch.at(address, parameters.byteSize()));
            return descriptor;
        }
    }

    private MemorySegment map(MmCalls mm, long offset, long length) {
        return mm.mmap(arena, descriptor, offset, length, READ_WRITE, MapFlags.MAP_SHARED.or(MapFlags.MAP_POPULATE));
    }

    private static long word(MemorySegment parameters, String field) {
        return parameters.get(Layouts.INT, PARAMETERS.offset(field));
    }

    private static long offset(MemorySegment parameters, String ring, Fields offsets, String field) {
        return parameters.get(Layouts.INT, PARAMETERS.offset(ring) + offsets.offset(field));
    }

    private static long sizeOfSubmissions(MemorySegment parameters) {
        return offset(parameters, "sq_off", SUBMISSION, "array") + word(parameters, "sq_entries") * Integer.BYTES;
    }

    private static long sizeOfCompletions(MemorySegment parameters) {
        return offset(parameters, "cq_off", COMPLETION, "cqes") + word(parameters, "cq_entries") * CQE;
    }

    /** Whether the next call waits for this one. */
    public enum Order {
        /** It does not. */
        FREE,
        /** It does, and is not made if this one fails or moves fewer bytes than asked: {@code IOSQE_IO_LINK}. */
        BEFORE_NEXT
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
        return transfer(READ, file, requireWritable(into), offset, order);
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
        return transfer(WRITE, file, from, offset, order);
    }

    /**
     * {@return the number of a prepared {@code recv(2)}, whose completion says how many bytes came}
     *
     * @param socket the socket
     * @param into what to fill
     * @param order whether the next call waits for it
     */
    public long recv(FileDescriptor socket, MemorySegment into, Order order) {
        return transfer(RECV, socket, requireWritable(into), 0, order);
    }

    /**
     * {@return the number of a prepared {@code send(2)}, whose completion says how many bytes were taken}
     *
     * @param socket the socket
     * @param from the bytes
     * @param order whether the next call waits for it
     */
    public long send(FileDescriptor socket, MemorySegment from, Order order) {
        return transfer(SEND, socket, from, 0, order);
    }

    /**
     * {@return the number of a prepared {@code fsync(2)}}
     *
     * @param file the file
     * @param order whether the next call waits for it
     */
    public long fsync(FileDescriptor file, Order order) {
        return prepare(FSYNC, file, MemorySegment.NULL, 0, 0, order);
    }

    /**
     * {@return the number of a prepared wait for a descriptor, whose completion has the events that came}
     *
     * @param file the file
     * @param events what to wait for
     */
    public long poll(FileDescriptor file, PollEvents events) {
        return prepare(POLL_ADD, file, MemorySegment.NULL, 0, events.bits(), Order.FREE);
    }

    /**
     * {@return the number of a prepared call that does nothing}
     *
     * @param order whether the next call waits for it
     */
    public long nop(Order order) {
        return prepare(NOP, descriptor, MemorySegment.NULL, 0, 0, order);
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
        return prepare(operation, file, buffer, offset, 0, order);
    }

    private long prepare(
            byte operation, FileDescriptor file, MemorySegment buffer, long offset, int flags, Order order) {
        int tail = submissions.readTail();
        if (tail - submissions.readHead() > submissions.mask()) {
            throw new IllegalStateException(
                    "all " + (submissions.mask() + 1) + " entries are prepared; submit them first");
        }
        int number = file.hold(kernel);
        long id = ++lastId;
        int index = tail & submissions.mask();
        MemorySegment entry = entries.asSlice(index * SQE, SQE).fill((byte) 0);
        entry.set(ValueLayout.JAVA_BYTE, 0, operation);
        entry.set(ValueLayout.JAVA_BYTE, FLAGS_AT, order == Order.BEFORE_NEXT ? IOSQE_IO_LINK : 0);
        entry.set(Layouts.INT, DESCRIPTOR_AT, operation == NOP ? -1 : number);
        entry.set(Layouts.LONG, OFFSET_AT, offset);
        entry.set(Layouts.LONG, ADDRESS_AT, buffer.address());
        entry.set(Layouts.INT, LENGTH_AT, Math.toIntExact(buffer.byteSize()));
        entry.set(Layouts.INT, OPERATION_FLAGS_AT, flags);
        entry.set(Layouts.LONG, ID_AT, id);
        indexes.set(Layouts.INT, (long) index * Integer.BYTES, index);
        pending.put(id, new Pending(file, buffer));
        submissions.moveTail(tail + 1);
        prepared++;
        return id;
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
        int taken = (int) kernel.callOn(ENTER, descriptor, prepared, wanted, flags);
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
        int head = completions.readHead();
        while (head == completions.readTail()) {
            enter(1, ENTER_GETEVENTS);
        }
        MemorySegment answer = answers.asSlice((head & completions.mask()) * CQE, CQE);
        Completion completion =
                new Completion(answer.get(Layouts.LONG, 0), answer.get(Layouts.INT, 8), answer.get(Layouts.INT, 12));
        completions.moveHead(head + 1);
        Pending done = pending.remove(completion.id());
        if (done != null) {
            done.descriptor().letGo();
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
        if (!descriptor.isOpen()) {
            return;
        }
        try {
            while (!pending.isEmpty()) {
                awaitThroughSignals();
            }
        } finally {
            descriptor.close();
            arena.close();
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

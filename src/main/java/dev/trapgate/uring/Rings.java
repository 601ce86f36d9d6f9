package dev.trapgate.uring;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.Fields;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.mm.MapFlags;
import dev.trapgate.mm.MmCalls;
import dev.trapgate.mm.Protection;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Both rings and their entries, mapped. */
final class Rings implements AutoCloseable {

    private static final Call SETUP = Call.of(Syscall.IO_URING_SETUP);

    private static final Fields PARAMETERS = Fields.of("io_uring_params");
    private static final Fields SUBMISSION = Fields.of("io_sqring_offsets");
    private static final Fields COMPLETION = Fields.of("io_cqring_offsets");

    private static final long OFF_CQ_RING = 0x800_0000;
    private static final long OFF_SQES = 0x1000_0000;
    private static final Protection READ_WRITE = Protection.PROT_READ.or(Protection.PROT_WRITE);
    private static final long CQE = 16;

    private final Arena arena = Arena.ofConfined();
    private final FileDescriptor descriptor;
    private final Ring submissions;
    private final Ring completions;
    private final MemorySegment entries;
    private final MemorySegment indexes;
    private final MemorySegment answers;

    Rings(Kernel kernel, int size) {
        MmCalls mm = new MmCalls(kernel);
        MemorySegment parameters = arena.allocate(PARAMETERS.size(), Long.BYTES);
        this.descriptor = setup(kernel, size, parameters);
        try {
            MemorySegment first = map(mm, 0, sizeOfSubmissions(parameters));
            MemorySegment second = map(mm, OFF_CQ_RING, sizeOfCompletions(parameters));
            this.entries = map(mm, OFF_SQES, word(parameters, "sq_entries") * Submission.SIZE);
            this.submissions = Ring.ofSubmissions(first, parameters);
            this.completions = Ring.ofCompletions(second, parameters);
            this.indexes = first.asSlice(offset(parameters, "sq_off", SUBMISSION, "array"));
            this.answers = second.asSlice(offset(parameters, "cq_off", COMPLETION, "cqes"));
        } catch (RuntimeException failure) {
            close();
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

    FileDescriptor descriptor() {
        return descriptor;
    }

    /**
     * Refuses to go on where no entry is free.
     *
     * @throws IllegalStateException if all are prepared
     */
    void requireRoom() {
        if (submissions.readTail() - submissions.readHead() > submissions.mask()) {
            throw new IllegalStateException(
                    "all " + (submissions.mask() + 1) + " entries are prepared; submit them first");
        }
    }

    /** Puts a call in the ring, where there is room. */
    void put(Submission call, IoUring.Order order, long id) {
        int tail = submissions.readTail();
        int index = tail & submissions.mask();
        call.write(entries.asSlice(index * Submission.SIZE, Submission.SIZE), order, id);
        indexes.set(Layouts.INT, (long) index * Integer.BYTES, index);
        submissions.moveTail(tail + 1);
    }

    /** {@return the next answer, taken from the ring} */
    Optional<Completion> take() {
        int head = completions.readHead();
        if (head == completions.readTail()) {
            return Optional.empty();
        }
        MemorySegment answer = answers.asSlice((head & completions.mask()) * CQE, CQE);
        Completion completion =
                new Completion(answer.get(Layouts.LONG, 0), answer.get(Layouts.INT, 8), answer.get(Layouts.INT, 12));
        completions.moveHead(head + 1);
        return Optional.of(completion);
    }

    @Override
    public void close() {
        descriptor.close();
        arena.close();
    }
}

package dev.trapgate.uring;

import dev.trapgate.kernel.Fields;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * One of the two rings: a head that its reader moves, a tail that its writer moves. The kernel is the other side, so both are
 * read with acquire and written with release order.
 *
 * @param memory the mapping that holds it
 * @param head where the head is, in bytes
 * @param tail where the tail is
 * @param mask the number of entries less one
 */
record Ring(MemorySegment memory, long head, long tail, int mask) {

    private static final VarHandle INDEX = ValueLayout.JAVA_INT.varHandle();
    private static final Fields PARAMETERS = Fields.of("io_uring_params");
    private static final Fields SUBMISSION = Fields.of("io_sqring_offsets");
    private static final Fields COMPLETION = Fields.of("io_cqring_offsets");

    static Ring ofSubmissions(MemorySegment memory, MemorySegment parameters) {
        return of(memory, parameters.asSlice(PARAMETERS.offset("sq_off")), SUBMISSION);
    }

    static Ring ofCompletions(MemorySegment memory, MemorySegment parameters) {
        return of(memory, parameters.asSlice(PARAMETERS.offset("cq_off")), COMPLETION);
    }

    private static Ring of(MemorySegment memory, MemorySegment offsets, Fields fields) {
        int maskAt = offsets.get(ValueLayout.JAVA_INT, fields.offset("ring_mask"));
        return new Ring(
                memory,
                offsets.get(ValueLayout.JAVA_INT, fields.offset("head")),
                offsets.get(ValueLayout.JAVA_INT, fields.offset("tail")),
                memory.get(ValueLayout.JAVA_INT, maskAt));
    }

    int readHead() {
        return (int) INDEX.getAcquire(memory, head);
    }

    int readTail() {
        return (int) INDEX.getAcquire(memory, tail);
    }

    void moveHead(int to) {
        INDEX.setRelease(memory, head, to);
    }

    void moveTail(int to) {
        INDEX.setRelease(memory, tail, to);
    }
}

package dev.trapgate.emulator.load;

import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The structure {@code epoll_event} of x86-64: packed, 12 bytes. */
final class EpollEvents {

    static final int SIZE = 12;
    static final long IN = 1;
    static final long EXCLUSIVE = 1L << 28;
    static final long ONE_SHOT = 1L << 30;
    static final long EDGE = 1L << 31;
    static final int ADD = 1;
    static final int DEL = 2;
    static final int MOD = 3;
    private static final ValueLayout.OfLong DATA = ValueLayout.JAVA_LONG_UNALIGNED;

    private EpollEvents() {}

    /** {@return one event of the program's} */
    static UserBuffer of(ManyThreads threads, long events, long data) {
        UserBuffer event = threads.buffer(SIZE);
        event.segment().copyFrom(bytes(events, data));
        return event;
    }

    /** {@return what is in an event} */
    static MemorySegment bytes(long events, long data) {
        MemorySegment event = MemorySegment.ofArray(new byte[SIZE]);
        event.set(ValueLayout.JAVA_INT_UNALIGNED, 0, (int) events);
        event.set(DATA, 4, data);
        return event;
    }

    /** {@return the data of the n-th event that was told} */
    static long data(UserBuffer told, long n) {
        return told.segment().get(DATA, n * SIZE + 4);
    }
}

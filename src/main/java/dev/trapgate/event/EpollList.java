package dev.trapgate.event;

import dev.trapgate.abi.Abi;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.kernel.Fields;
import dev.trapgate.kernel.Layouts;

/**
 * Where epoll_wait puts events: an array of {@code struct epoll_event}, 12 bytes each on x86.
 *
 * @param buffer the array
 * @see <a href="https://man7.org/linux/man-pages/man3/epoll_event.3type.html">epoll_event(3type)</a>
 */
public record EpollList(UserBuffer buffer) {

    /** An event's size in bytes. */
    static final long EVENT = Fields.of("epoll_event", Abi.X86_64).size();

    private static final long DATA = Integer.BYTES;

    /** {@return room for so many events in memory that a kernel can fill} Its life ends with the scope. */
    public static EpollList in(UserMemory.Scope scope, int events) {
        return new EpollList(scope.allocate(events * EVENT, Long.BYTES));
    }

    /** {@return how many events there is room for} */
    public int capacity() {
        return (int) (buffer.segment().byteSize() / EVENT);
    }

    /** {@return what came for one event of those that epollWait counted} */
    public EpollEvents events(int index) {
        return new EpollEvents(buffer.segment().get(Layouts.INT, index * EVENT));
    }

    /** {@return the number that was given for its descriptor} */
    public long data(int index) {
        return buffer.segment().get(Layouts.LONG, index * EVENT + DATA);
    }
}

package dev.trapgate.emulator.linux.fs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Something that happened to a watched file: {@code struct inotify_event}.
 *
 * @param descriptor the watch's number; −1 if the queue was full
 * @param mask IN_* bits
 * @param cookie what joins the two events of a move; else 0
 * @param name the name in the watched directory; empty if there is none
 */
record InotifyEvent(int descriptor, int mask, int cookie, String name) {

    /** IN_IGNORED: the watch is gone. */
    static final int IN_IGNORED = 0x8000;
    /** IN_Q_OVERFLOW: events were lost. */
    static final int IN_Q_OVERFLOW = 0x4000;

    /** Size of the structure without a name, of which a name's room is a multiple. */
    static final int SIZE = 16;

    /** {@return whether it says nothing that the one before does not: {@code event_compare}} */
    boolean repeats(InotifyEvent before) {
        return (before.mask & IN_IGNORED) == 0
                && before.mask == mask
                && before.descriptor == descriptor
                && before.name.equals(name);
    }

    /** {@return how many bytes its name takes with the zeros behind it: {@code round_event_name_len}} */
    private int nameSize() {
        return name.isEmpty() ? 0 : (name.length() + SIZE) / SIZE * SIZE;
    }

    /** {@return how many bytes it takes} */
    int size() {
        return SIZE + nameSize();
    }

    /** {@return what the program is told} */
    MemorySegment bytes() {
        MemorySegment bytes = MemorySegment.ofArray(new byte[size()]);
        bytes.set(Arguments.INT, 0, descriptor);
        bytes.set(Arguments.INT, 4, mask);
        bytes.set(Arguments.INT, 8, cookie);
        bytes.set(Arguments.INT, 12, nameSize());
        byte[] text = name.getBytes(StandardCharsets.ISO_8859_1);
        MemorySegment.copy(text, 0, bytes, ValueLayout.JAVA_BYTE, SIZE, text.length);
        return bytes;
    }
}

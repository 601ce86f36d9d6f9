package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way: {@code struct msg_msg}.
 */
final class Message {

    private final long type;
    private final byte[] text;

    Message(long type, byte[] text) {
        this.type = type;
        this.text = text;
    }

    /** {@return its type, 1 or more; of a POSIX queue, its priority} */
    long type() {
        return type;
    }

    /** {@return its bytes} */
    byte[] text() {
        return text;
    }

    /** {@return a program's message, or null for EFAULT: {@code load_msg}} */
    static @Nullable Message load(Task current, long type, long from, int size) {
        byte[] text = new byte[size];
        return current.uaccess().copyFromUser(MemorySegment.ofArray(text), from, size) == 0
                ? new Message(type, text)
                : null;
    }

    /** {@return whether the first bytes of it could be given to the program: {@code store_msg}} */
    boolean store(Task current, long to, int size) {
        return current.uaccess().copyToUser(to, MemorySegment.ofArray(text), size) == 0;
    }

    /** {@return its size in bytes} */
    int size() {
        return text.length;
    }
}

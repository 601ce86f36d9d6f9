package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/** A terminal in memory: keeps what programs write, and gives them what was typed for them. */
public final class Console implements OpenFile {

    private static final int MOST_KEPT = 1 << 20;
    private static final int CHUNK = 4096;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Deque<byte[]> typed = new ArrayDeque<>();

    /** Makes a console on which nothing was written or typed. */
    public Console() {}

    /** Adds to what programs will read. */
    public synchronized void type(byte[] bytes) {
        if (bytes.length > 0) {
            typed.add(bytes.clone());
        }
    }

    /** {@return what programs have written, up to a mebibyte; what came later is dropped} */
    public synchronized byte[] written() {
        return written.toByteArray();
    }

    /** Reads what was typed at once; end of file when nothing was. */
    @Override
    public synchronized long read(Task current, long to, long count) {
        byte[] next = typed.peek();
        if (next == null || count == 0) {
            return 0;
        }
        long wanted = Math.min(count, next.length);
        long done = wanted - current.uaccess().copyToUser(to, MemorySegment.ofArray(next), wanted);
        if (done == 0) {
            return ErrorNumbers.EFAULT;
        }
        typed.remove();
        if (done < next.length) {
            typed.addFirst(java.util.Arrays.copyOfRange(next, (int) done, next.length));
        }
        return done;
    }

    @Override
    public synchronized long write(Task current, long from, long count) {
        byte[] chunk = new byte[(int) Math.min(count, CHUNK)];
        long done = 0;
        while (done < count) {
            long size = Math.min(chunk.length, count - done);
            long left = current.uaccess().copyFromUser(MemorySegment.ofArray(chunk), from + done, size);
            int copied = (int) (size - left);
            written.write(chunk, 0, Math.min(copied, Math.max(0, MOST_KEPT - written.size())));
            done += copied;
            if (left != 0) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
        }
        return done;
    }
}

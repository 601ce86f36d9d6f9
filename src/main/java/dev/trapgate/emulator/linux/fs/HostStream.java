package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;

/**
 * A standard stream of this JVM as a program's descriptor. A stream that can no longer be read is at its end, one that can no
 * longer be written answers EIO.
 */
public final class HostStream implements OpenFile {

    private static final int CHUNK = 65_536;

    private final InputStream in;
    private final OutputStream out;

    private HostStream(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** {@return a descriptor to read from; what is written to it is dropped} */
    public static HostStream reading(InputStream in) {
        return new HostStream(in, OutputStream.nullOutputStream());
    }

    /** {@return a descriptor to write to, which is at its end for readers} */
    public static HostStream writing(OutputStream out) {
        return new HostStream(InputStream.nullInputStream(), out);
    }

    @Override
    public long read(Task current, long to, long count) {
        byte[] chunk = new byte[(int) Math.min(count, CHUNK)];
        int size;
        try {
            size = in.read(chunk);
        } catch (IOException broken) {
            return 0;
        }
        if (size <= 0) {
            return 0;
        }
        long left = current.uaccess().copyToUser(to, MemorySegment.ofArray(chunk), size);
        return left == size ? ErrorNumbers.EFAULT : size - left;
    }

    @Override
    public long write(Task current, long from, long count) {
        byte[] chunk = new byte[(int) Math.min(count, CHUNK)];
        long done = 0;
        while (done < count) {
            long size = Math.min(chunk.length, count - done);
            long left = current.uaccess().copyFromUser(MemorySegment.ofArray(chunk), from + done, size);
            try {
                out.write(chunk, 0, (int) (size - left));
                out.flush();
            } catch (IOException broken) {
                return done == 0 ? ErrorNumbers.EIO : done;
            }
            done += size - left;
            if (left != 0) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
        }
        return done;
    }
}

package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.fs.PollTable;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A standard stream of this JVM as a program's descriptor. A stream that can no longer be read is at its end, one that can no
 * longer be written answers EIO. A program that waits to read can be interrupted.
 */
public final class HostStream implements FileOperations {

    /** What a stream is that can be read, or is at its end. */
    static final int READABLE = POLLIN | POLLRDNORM;

    private static final int CHUNK = 65_536;

    private final @Nullable ReadAhead in;
    private final OutputStream out;

    private HostStream(@Nullable ReadAhead in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** {@return a descriptor to read from; what is written to it is dropped} */
    public static HostStream reading(InputStream in) {
        return new HostStream(new ReadAhead(in), OutputStream.nullOutputStream());
    }

    /** {@return a descriptor to write to, which is at its end for readers} */
    public static HostStream writing(OutputStream out) {
        return new HostStream(null, out);
    }

    @Override
    public int modes() {
        return FMODE_CAN_READ | FMODE_CAN_WRITE;
    }

    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        int size = (int) Math.min(to.count(), CHUNK);
        if (in == null || size == 0) {
            return 0;
        }
        if (file.isNonblocking() && !in.isReady(size)) {
            return ErrorNumbers.EAGAIN;
        }
        long done = ReadAhead.GONE;
        while (done == ReadAhead.GONE) {
            long error = WaitingTask.waitEvent(current, in.readers(), WaitQueue.Share.SHARED, () -> in.isReady(size));
            if (error != 0) {
                return error;
            }
            done = in.take((bytes, offset, length) -> to.copyTo(bytes, offset, Math.min(length, size)));
        }
        return done == 0 ? ErrorNumbers.EFAULT : Math.max(done, 0);
    }

    @Override
    public boolean canPoll() {
        return true;
    }

    @Override
    public int poll(Task current, File file, PollTable wait) {
        if (in == null) {
            return DEFAULT_POLLMASK;
        }
        wait.pollWait(in.readers());
        return (in.isReady(1) ? READABLE : 0) | POLLOUT | POLLWRNORM;
    }

    @Override
    public long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        byte[] chunk = new byte[(int) Math.min(from.count(), CHUNK)];
        long done = 0;
        while (from.count() > 0) {
            int wanted = (int) Math.min(chunk.length, from.count());
            int size = (int) from.copyFrom(MemorySegment.ofArray(chunk), 0, wanted);
            try {
                out.write(chunk, 0, size);
                out.flush();
            } catch (IOException broken) {
                return done == 0 ? ErrorNumbers.EIO : done;
            }
            done += size;
            if (size < wanted) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
        }
        return done;
    }
}

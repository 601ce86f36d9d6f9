package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
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
public final class HostStream implements FileOperations {

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
    public int modes() {
        return FMODE_CAN_READ | FMODE_CAN_WRITE;
    }

    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        byte[] chunk = new byte[(int) Math.min(to.count(), CHUNK)];
        int size;
        try {
            size = in.read(chunk);
        } catch (IOException broken) {
            return 0;
        }
        if (size <= 0) {
            return 0;
        }
        long done = to.copyTo(MemorySegment.ofArray(chunk), 0, size);
        return done == 0 ? ErrorNumbers.EFAULT : done;
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

package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.fs.PollTable;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** A terminal in memory: keeps what programs write, and gives them what was typed for them. */
public final class Console implements FileOperations {

    /** Its device number: the first pseudo-terminal's. */
    public static final int DEVICE = CharacterDevices.number(136, 0);
    /** Its permission bits. */
    public static final int PERMISSIONS = 0620;

    private static final int FIONREAD = 0x541b;
    private static final int MOST_KEPT = 1 << 20;
    private static final int CHUNK = 4096;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Deque<byte[]> typed = new ArrayDeque<>();
    private final WaitQueue readers = new WaitQueue();

    /** Makes a console on which nothing was written or typed. */
    public Console() {}

    /** Adds to what programs will read. */
    public synchronized void type(byte[] bytes) {
        if (bytes.length > 0) {
            typed.add(bytes.clone());
            readers.wakeUp(POLLIN | POLLRDNORM);
        }
    }

    /** {@return what programs have written, up to a mebibyte; what came later is dropped} */
    public synchronized byte[] written() {
        return written.toByteArray();
    }

    @Override
    public int modes() {
        return FMODE_FASYNC | FMODE_CAN_READ | FMODE_CAN_WRITE | FMODE_SPLICE_READ | FMODE_SPLICE_WRITE;
    }

    /** Reads what was typed at once; end of file when nothing was. */
    @Override
    public synchronized long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        byte[] next = typed.peek();
        if (next == null || to.count() == 0) {
            return 0;
        }
        int done = (int) to.copyTo(MemorySegment.ofArray(next), 0, next.length);
        if (done == 0) {
            return ErrorNumbers.EFAULT;
        }
        typed.remove();
        if (done < next.length) {
            typed.addFirst(Arrays.copyOfRange(next, done, next.length));
        }
        return done;
    }

    @Override
    public synchronized long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        byte[] chunk = new byte[(int) Math.min(from.count(), CHUNK)];
        long done = 0;
        while (from.count() > 0) {
            int wanted = (int) Math.min(chunk.length, from.count());
            int copied = (int) from.copyFrom(MemorySegment.ofArray(chunk), 0, wanted);
            written.write(chunk, 0, Math.min(copied, Math.max(0, MOST_KEPT - written.size())));
            done += copied;
            if (copied < wanted) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
        }
        return done;
    }

    @Override
    public boolean canPoll() {
        return true;
    }

    @Override
    public synchronized int poll(Task current, File file, PollTable wait) {
        wait.pollWait(readers);
        return (typed.isEmpty() ? 0 : POLLIN | POLLRDNORM) | POLLOUT | POLLWRNORM;
    }

    @Override
    public synchronized long ioctl(Task current, File file, int command, long argument) {
        if (command != FIONREAD) {
            return ErrorNumbers.ENOTTY;
        }
        int waiting = typed.stream().mapToInt(bytes -> bytes.length).sum();
        return current.uaccess().putUser32(argument, waiting) ? 0 : ErrorNumbers.EFAULT;
    }
}

package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.fs.Llseek;
import dev.trapgate.emulator.linux.fs.PollTable;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What an open message queue does as a file: {@code mqueue_file_operations} of ipc/mqueue.c, Linux 6.18. */
final class MqueueOperations implements FileOperations {

    static final FileOperations OPERATIONS = new MqueueOperations();

    private MqueueOperations() {}

    /** {@return the queue that an open file is, or null} */
    static @Nullable Mqueue of(File file) {
        return file.operations() == OPERATIONS && file.inode() instanceof Mqueue queue ? queue : null;
    }

    @Override
    public int modes() {
        return FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE | FMODE_CAN_READ | FMODE_OLD_READ;
    }

    @Override
    public long llseek(Task current, File file, long offset, int whence) {
        return Llseek.plain(file, offset, whence, file.inode().size());
    }

    /** Tells the queue's state as a line of text. */
    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        Mqueue queue = of(file);
        if (queue == null) {
            return ErrorNumbers.EBADF;
        }
        byte[] text = queue.text().getBytes(StandardCharsets.US_ASCII);
        int shown = Math.min(text.length, Mqueue.FILENT_SIZE - 1);
        long position = iocb.position();
        if (position >= shown) {
            return 0;
        }
        long wanted = Math.min(to.count(), shown - position);
        long copied = to.copyTo(MemorySegment.ofArray(text), position, wanted);
        iocb.setPosition(position + copied);
        return copied == 0 && wanted > 0 ? ErrorNumbers.EFAULT : copied;
    }

    @Override
    public boolean canPoll() {
        return true;
    }

    @Override
    public int poll(Task current, File file, PollTable wait) {
        Mqueue queue = of(file);
        if (queue == null) {
            return POLLERR;
        }
        wait.pollWait(queue.pollers());
        return queue.events();
    }

    /** Whoever closes it hears of messages no more; there is one process. */
    @Override
    public long flush(File file) {
        Mqueue queue = of(file);
        if (queue != null) {
            queue.forgetNotification();
        }
        return 0;
    }

    @Override
    public void release(File file) {
        Mqueue queue = of(file);
        if (queue != null) {
            queue.closed();
        }
    }
}

package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.fs.Llseek;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** An open file whose text is made when it is first read and again when it is read from the start: fs/seq_file.c. */
final class SeqFile implements FileOperations {

    private final Function<Task, String> text;
    private byte[] made = {};

    /**
     * Begins without text.
     *
     * @param text what it says, as characters 0 to 255
     */
    SeqFile(Function<Task, String> text) {
        this.text = text;
    }

    @Override
    public synchronized long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        if (iocb.position() == 0 || made.length == 0) {
            made = text.apply(current).getBytes(StandardCharsets.ISO_8859_1);
        }
        if (iocb.position() >= made.length || to.count() == 0) {
            return 0;
        }
        long done = to.copyTo(MemorySegment.ofArray(made), iocb.position(), made.length - iocb.position());
        iocb.setPosition(iocb.position() + done);
        return done == 0 ? ErrorNumbers.EFAULT : done;
    }

    /** What can be set in {@code /proc/sys} stays as it is. */
    @Override
    public long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        return ErrorNumbers.EPERM;
    }

    /** {@code seq_lseek}: only from the start and the position. */
    @Override
    public long llseek(Task current, File file, long offset, int whence) {
        return switch (whence) {
            case Llseek.SEEK_SET -> Llseek.setPosition(file, offset, Long.MAX_VALUE);
            case Llseek.SEEK_CUR -> Llseek.setPosition(file, file.position() + offset, Long.MAX_VALUE);
            default -> ErrorNumbers.EINVAL;
        };
    }
}

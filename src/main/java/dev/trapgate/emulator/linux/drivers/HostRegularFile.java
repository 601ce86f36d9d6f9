package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.fs.Llseek;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A regular file of the machine that the JVM runs on as a program's descriptor. Its position is the one there, which others
 * that have the same open file move too: {@code (trapgate run …; cat) <file}.
 */
final class HostRegularFile implements FileOperations {

    private static final int CHUNK = 65_536;

    private final HostDescriptor host;
    /** What the emulated position was when both were last the same; guarded by the monitor. */
    private long agreed;

    /**
     * Begins where others have left it.
     *
     * @param host the descriptor
     * @param position its position
     */
    HostRegularFile(HostDescriptor host, long position) {
        this.host = host;
        this.agreed = position;
    }

    @Override
    public int modes() {
        return FMODE_ORDINARY | FMODE_SPLICE_READ | FMODE_SPLICE_WRITE;
    }

    /** What is done there. */
    @FunctionalInterface
    private interface Attempt {
        long run() throws HostFileException;
    }

    private static long attempt(Attempt attempt) {
        try {
            return attempt.run();
        } catch (HostFileException refused) {
            return -refused.errno().number();
        }
    }

    /**
     * {@return whether a transfer is at the file's position} A pread(2) that happens to be there too moves the position there, which
     * {@link #agree} then puts right.
     */
    private static boolean isHere(File file, Kiocb iocb) {
        return iocb.position() == file.position();
    }

    /** Makes the position there what a program made it here, if it did. */
    private void agree(File file) throws HostFileException {
        if (file.position() != agreed) {
            host.seek(file.position());
            agreed = file.position();
        }
    }

    @Override
    public synchronized long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        return attempt(() -> {
            boolean here = isHere(file, iocb);
            if (here) {
                agree(file);
            }
            long done = 0;
            while (to.count() > 0) {
                byte[] chunk = new byte[(int) Math.min(to.count(), CHUNK)];
                int size = here ? host.read(chunk) : host.read(chunk, iocb.position() + done);
                if (size == 0) {
                    break;
                }
                long copied = to.copyTo(MemorySegment.ofArray(chunk), 0, size);
                done += copied;
                if (copied < size) {
                    moved(file, iocb, here, done);
                    return done == 0 ? ErrorNumbers.EFAULT : done;
                }
            }
            moved(file, iocb, here, done);
            return done;
        });
    }

    private void moved(File file, Kiocb iocb, boolean here, long done) throws HostFileException {
        if (here) {
            agreed = host.position();
            iocb.setPosition(agreed);
        } else {
            iocb.setPosition(iocb.position() + done);
        }
        file.inode().setSize(host.size());
    }

    @Override
    public synchronized long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        return attempt(() -> {
            boolean here = isHere(file, iocb);
            if (here) {
                agree(file);
            }
            byte[] chunk = new byte[(int) Math.min(from.count(), CHUNK)];
            long done = 0;
            while (from.count() > 0) {
                int wanted = (int) Math.min(chunk.length, from.count());
                int size = (int) from.copyFrom(MemorySegment.ofArray(chunk), 0, wanted);
                if (here) {
                    host.write(chunk, size);
                } else {
                    host.write(Arrays.copyOf(chunk, size), size, iocb.position() + done);
                }
                done += size;
                if (size < wanted) {
                    break;
                }
            }
            moved(file, iocb, here, done);
            file.inode().modified(current.process().timekeeper().realtime());
            return done == 0 && from.count() > 0 ? ErrorNumbers.EFAULT : done;
        });
    }

    @Override
    public synchronized long llseek(Task current, File file, long offset, int whence) {
        return attempt(() -> {
            agree(file);
            file.setPosition(host.position());
            long size = host.size();
            file.inode().setSize(size);
            long position = Llseek.generic(file, offset, whence, Long.MAX_VALUE, size);
            if (position >= 0) {
                host.seek(position);
            }
            agreed = file.position();
            return position;
        });
    }

    /** A position that was moved without a transfer after it is told there. */
    @Override
    public synchronized long flush(File file) {
        return attempt(() -> {
            agree(file);
            return 0;
        });
    }

    @Override
    public long fsync(Task current, File file) {
        return 0;
    }
}

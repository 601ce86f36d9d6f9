package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.fs.Llseek;
import dev.trapgate.emulator.linux.fs.PollTable;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;

/** Random bytes from the host: drivers/char/random.c, Linux 6.18. They are ready from the start. */
public enum RandomDevice implements FileOperations {
    /** {@code /dev/random}. */
    RANDOM(CharacterDevices.RANDOM) {
        @Override
        public boolean canPoll() {
            return true;
        }

        @Override
        public int poll(Task current, File file, PollTable wait) {
            return POLLIN | POLLRDNORM;
        }
    },
    /** {@code /dev/urandom}. */
    URANDOM(CharacterDevices.URANDOM);

    private static final int RNDGETENTCNT = 0x8004_5200;
    private static final int POOL_BITS = 256;
    private static final int CHUNK = 256;
    private static final SecureRandom SOURCE = new SecureRandom();

    private final int device;

    RandomDevice(int device) {
        this.device = device;
    }

    int device() {
        return device;
    }

    @Override
    public int modes() {
        return FMODE_ORDINARY | FMODE_NOWAIT | FMODE_FASYNC | FMODE_SPLICE_READ | FMODE_SPLICE_WRITE;
    }

    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        byte[] chunk = new byte[(int) Math.min(CHUNK, to.count())];
        long done = 0;
        while (to.count() > 0 && !(done > 0 && current.signalPending())) {
            long wanted = Math.min(chunk.length, to.count());
            SOURCE.nextBytes(chunk);
            long copied = to.copyTo(MemorySegment.ofArray(chunk), 0, wanted);
            done += copied;
            if (copied < wanted) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
        }
        return done;
    }

    /** Takes everything; it adds nothing to what the host has gathered. */
    @Override
    public long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        byte[] chunk = new byte[(int) Math.min(CHUNK, from.count())];
        long done = 0;
        while (from.count() > 0 && !(done > 0 && current.signalPending())) {
            long wanted = Math.min(chunk.length, from.count());
            long copied = from.copyFrom(MemorySegment.ofArray(chunk), 0, wanted);
            done += copied;
            if (copied < wanted) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
        }
        return done;
    }

    @Override
    public long llseek(Task current, File file, long offset, int whence) {
        return Llseek.noop(file);
    }

    @Override
    public long ioctl(Task current, File file, int command, long argument) {
        if (command != RNDGETENTCNT) {
            return ErrorNumbers.EINVAL;
        }
        return current.uaccess().putUser32(argument, POOL_BITS) ? 0 : ErrorNumbers.EFAULT;
    }
}

package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.fs.Llseek;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Devices without contents of their own: drivers/char/mem.c, Linux 6.18. */
public enum MemoryDevice implements FileOperations {
    /** {@code /dev/null}: reads nothing, takes everything without looking at it. */
    NULL(CharacterDevices.NULL, FMODE_NOWAIT | FMODE_SPLICE_WRITE) {
        @Override
        public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
            return 0;
        }
    },
    /** {@code /dev/zero}: reads zeros, takes everything without looking at it. */
    ZERO(CharacterDevices.ZERO, FMODE_NOWAIT | FMODE_SPLICE_READ | FMODE_SPLICE_WRITE) {
        /** {@code mmap_zero}: anonymous memory by another name. */
        @Override
        public long mmap(File file, long flags) {
            return flags;
        }
    },
    /** {@code /dev/full}: reads zeros, has room for nothing. */
    FULL(CharacterDevices.FULL, FMODE_OLD_WRITE | FMODE_SPLICE_READ) {
        @Override
        public long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
            return ErrorNumbers.ENOSPC;
        }
    };

    private static final int CHUNK = 4096;

    private final int device;
    private final int modes;

    MemoryDevice(int device, int more) {
        this.device = device;
        this.modes = FMODE_ORDINARY | more;
    }

    int device() {
        return device;
    }

    @Override
    public int modes() {
        return modes;
    }

    /** Clears page by page, so that a signal can end a long read; a bad address further on makes it a short one. */
    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        long done = 0;
        while (to.count() > 0) {
            long wanted = Math.min(CHUNK, to.count());
            long cleared = to.zero(wanted);
            done += cleared;
            if (cleared < wanted) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
            if (current.signalPending()) {
                return done;
            }
        }
        return done;
    }

    @Override
    public long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        long count = from.count();
        from.skip(count);
        return count;
    }

    @Override
    public long llseek(Task current, File file, long offset, int whence) {
        return Llseek.zero(file);
    }
}

package dev.trapgate.emulator.linux.arch.x86;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.lang.foreign.MemorySegment;

/** {@code modify_ldt(2)}: arch/x86/kernel/ldt.c, Linux 6.18. */
public final class Ldt {

    private static final int READ = 0;
    private static final int WRITE_OLD = 1;
    private static final int READ_DEFAULT = 2;
    private static final int WRITE = 0x11;
    private static final int ENTRIES = 8192;
    private static final int ENTRY_SIZE = 8;
    private static final int DEFAULT_SIZE = 128;
    private static final int CONFORMING = 3;
    private static final long AVAILABLE = 1L << 52;

    private Ldt() {}

    /** {@code modify_ldt(2)}: its answer, an error too, has 32 bits and is not sign-extended. */
    public static long modifyLdt(Task current, PtRegs regs) {
        long at = regs.argument(2);
        long size = regs.argument(3);
        long result =
                switch ((int) regs.argument(1)) {
                    case READ -> read(current, at, size);
                    case WRITE_OLD -> write(current, at, size, (int) regs.argument(1));
                    case READ_DEFAULT -> readDefault(current, at, size);
                    case WRITE -> write(current, at, size, WRITE);
                    default -> ErrorNumbers.ENOSYS;
                };
        return result & 0xffff_ffffL;
    }

    private static long read(Task current, long to, long room) {
        MemorySegment entries = current.process().ldt().bytes();
        if (entries.byteSize() == 0) {
            return 0;
        }
        long size = Long.compareUnsigned(room, ENTRIES * ENTRY_SIZE) > 0 ? ENTRIES * ENTRY_SIZE : room;
        long filled = Math.min(size, entries.byteSize());
        boolean written = current.uaccess().copyToUser(to, entries, filled) == 0
                && current.uaccess().clearUser(to + filled, size - filled) == 0;
        return written ? size : ErrorNumbers.EFAULT;
    }

    private static long readDefault(Task current, long to, long room) {
        long size = Long.compareUnsigned(room, DEFAULT_SIZE) > 0 ? DEFAULT_SIZE : room;
        return current.uaccess().clearUser(to, size) == 0 ? size : ErrorNumbers.EFAULT;
    }

    private static long write(Task current, long from, long size, int function) {
        if (size != UserDescriptor.SIZE) {
            return ErrorNumbers.EINVAL;
        }
        UserStructure read = UserStructure.from(current.uaccess(), from, UserDescriptor.SIZE);
        if (read == null) {
            return ErrorNumbers.EFAULT;
        }
        UserDescriptor wanted = UserDescriptor.from(read);
        boolean old = function == WRITE_OLD;
        boolean conforming = wanted.contents() == CONFORMING && (old || !wanted.isAbsent());
        if (read.getUnsigned32(0) >= ENTRIES || conforming) {
            return ErrorNumbers.EINVAL;
        }
        boolean clears = wanted.isEmpty() || (old && wanted.base() == 0 && wanted.limit() == 0);
        long descriptor = wanted.descriptor() & ~(old ? AVAILABLE : 0);
        current.process().ldt().set(read.get32(0), clears ? 0 : descriptor);
        return 0;
    }
}

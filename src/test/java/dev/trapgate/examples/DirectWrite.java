package dev.trapgate.examples;

import static dev.trapgate.fs.OpenFlags.O_CLOEXEC;
import static dev.trapgate.fs.OpenFlags.O_CREAT;
import static dev.trapgate.fs.OpenFlags.O_DIRECT;
import static dev.trapgate.fs.OpenFlags.O_WRONLY;

import dev.trapgate.Linux;
import dev.trapgate.fs.AtFlags;
import dev.trapgate.fs.Statx;
import dev.trapgate.fs.StatxMask;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Writes past the page cache, with the alignment that the file asks for. */
final class DirectWrite {

    private static final int USUAL = 4096;

    private DirectWrite() {}

    /** {@return how many bytes were written: what addresses and lengths have to be multiples of} */
    static long write(Linux linux, String path) {
        try (FileDescriptor file =
                        linux.fs().open(path, O_WRONLY.or(O_CREAT).or(O_DIRECT).or(O_CLOEXEC), Mode.RW_______);
                Arena arena = Arena.ofConfined()) {
            Statx statx = linux.fs().statxat(file, "", AtFlags.AT_EMPTY_PATH, StatxMask.STATX_DIOALIGN);
            int unit = Math.max(statx.dioOffsetAlignment(), statx.dioMemoryAlignment());
            int size = unit == 0 ? USUAL : unit;
            MemorySegment block = arena.allocate(size, size).fill((byte) 'd');
            return linux.io().pwrite(file, block, 0);
        }
    }

    public static void main(String[] arguments) {
        System.out.println(write(Linux.host(), arguments[0]) + " bytes written past the page cache");
    }
}

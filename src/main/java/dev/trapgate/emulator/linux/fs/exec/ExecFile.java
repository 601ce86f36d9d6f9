package dev.trapgate.emulator.linux.fs.exec;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.ExecutableOpen;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.PageCache;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The file that is to be executed: {@code do_open_execat} of fs/exec.c and {@code kernel_read} of fs/read_write.c. */
public final class ExecFile {

    private static final long LARGEST = 1L << 28;

    private ExecFile() {}

    /**
     * Reads a program's file.
     *
     * @param current the calling task
     * @param fileName its name, as execve(2) is given it
     * @return its contents
     * @throws ExecException ENOENT, ENOTDIR, ELOOP, EACCES and what else looking a name up answers; ENOMEM if it is larger than
     *     256 MiB
     */
    public static byte[] read(Task current, String fileName) throws ExecException {
        String name = new String(fileName.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        ExecutableOpen open = new ExecutableOpen(current);
        long error = open.open(name);
        if (error != 0) {
            Errno errno = Errno.of(error).orElse(Errno.EIO);
            throw new ExecException(errno, reason(errno));
        }
        File file = open.file();
        try {
            byte[] contents = contents(file.inode());
            current.process().setExecutable(new KernelProcess.Executable(file.path(), List.of()));
            return contents;
        } finally {
            file.release();
        }
    }

    private static String reason(Errno errno) {
        return switch (errno) {
            case ENOENT -> "there is no such file";
            case EACCES -> "it is not a file that may be executed";
            default -> "it cannot be opened";
        };
    }

    static byte[] contents(Inode inode) throws ExecException {
        PageCache pages = inode.pages();
        long size = inode.size();
        if (size > LARGEST) {
            throw new ExecException(Errno.ENOMEM, "the file is larger than 256 MiB");
        }
        byte[] contents = new byte[pages == null ? 0 : (int) size];
        for (int at = 0; pages != null && at < contents.length; at += PageFrames.PAGE_SIZE) {
            PageFrames frame = pages.find((long) at >>> PageFrames.PAGE_SHIFT);
            int length = Math.min(PageFrames.PAGE_SIZE, contents.length - at);
            if (frame == null && !pages.isWhole()) {
                throw new ExecException(Errno.EIO, "it cannot be read, or the machine has not the memory for it");
            }
            if (frame != null) {
                MemorySegment.copy(frame.bytes(), 0, MemorySegment.ofArray(contents), at, length);
            }
        }
        return contents;
    }
}

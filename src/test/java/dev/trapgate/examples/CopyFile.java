package dev.trapgate.examples;

import static dev.trapgate.fs.OpenFlags.O_CLOEXEC;
import static dev.trapgate.fs.OpenFlags.O_CREAT;
import static dev.trapgate.fs.OpenFlags.O_RDONLY;
import static dev.trapgate.fs.OpenFlags.O_TRUNC;
import static dev.trapgate.fs.OpenFlags.O_WRONLY;

import dev.trapgate.Linux;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;

/** Copies a file without its bytes ever coming to user memory: the kernel may even share the blocks. */
final class CopyFile {

    private static final long MOST = 1L << 30;

    private CopyFile() {}

    /** {@return how many bytes were copied} */
    static long copy(Linux linux, String source, String target) {
        try (FileDescriptor from = linux.fs().open(source, O_RDONLY.or(O_CLOEXEC));
                FileDescriptor to =
                        linux.fs().open(target, O_WRONLY.or(O_CREAT).or(O_TRUNC).or(O_CLOEXEC), Mode.RW_R__R__)) {
            long all = 0;
            long some = linux.file().copyFileRange(from, to, MOST);
            while (some > 0) {
                all += some;
                some = linux.file().copyFileRange(from, to, MOST);
            }
            return all;
        }
    }

    public static void main(String[] arguments) {
        System.out.println(copy(Linux.host(), arguments[0], arguments[1]) + " bytes copied");
    }
}

package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** A file that stands for a process or a thread: {@code pidfs_file_operations} of fs/pidfs.c, Linux 6.18. */
public final class Pidfd implements FileOperations {

    /** It stands for a thread: PIDFD_THREAD. */
    public static final int PIDFD_THREAD = 0x80;

    private static final int GONE = POLLIN | POLLRDNORM | POLLHUP;

    private final KernelProcess process;
    private final int pid;
    private final int flags;

    private Pidfd(KernelProcess process, int pid, int flags) {
        this.process = process;
        this.pid = pid;
        this.flags = flags;
    }

    /**
     * Makes an open file, with one reference: {@code pidfs_alloc_file}.
     *
     * @param current the calling task
     * @param pid the id of one that exists
     * @param flags PIDFD_* flags
     * @return the file
     */
    public static File file(Task current, int pid, int flags) {
        Path path = current.process().mounts().pidfs().path(current, pid);
        return new File(path, File.O_RDWR | flags, new Pidfd(current.process(), pid, flags));
    }

    /** {@return what an open file stands for; null if it is no such file: {@code pidfd_pid}} */
    public static @Nullable Pidfd of(File file) {
        return file.operations() instanceof Pidfd pidfd ? pidfd : null;
    }

    /** {@return the id of the process or thread} */
    public int pid() {
        return pid;
    }

    /** {@return whether it stands for a thread} */
    public boolean isThread() {
        return (flags & PIDFD_THREAD) != 0;
    }

    /** pidfs opens files as file systems do, which leaves the right to read at a place to files that cannot be read. */
    @Override
    public int modes() {
        return FMODE_PREAD | FMODE_PWRITE;
    }

    @Override
    public boolean canPoll() {
        return true;
    }

    /** {@code pidfd_poll}: a process sees the end of its threads, not its own. */
    @Override
    public int poll(Task current, File file, PollTable wait) {
        wait.pollWait(process.exitQueue());
        return lives(process, pid) ? 0 : GONE;
    }

    /** {@return whether a process or a thread is still there} */
    static boolean lives(KernelProcess process, int pid) {
        return pid == process.tgid() || pid == process.parent() || process.task(pid) != null;
    }
}

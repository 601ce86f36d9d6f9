package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.PidNamespace;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** A file that stands for a process or a thread: {@code pidfs_file_operations} of fs/pidfs.c, Linux 6.18. */
public final class Pidfd implements FileOperations {

    /** It stands for a thread: PIDFD_THREAD. */
    public static final int PIDFD_THREAD = 0x80;

    private static final int GONE = POLLIN | POLLRDNORM | POLLHUP;

    private final @Nullable KernelProcess process;
    private final @Nullable Task thread;
    private final int pid;
    private final int flags;

    private Pidfd(PidNamespace pids, int pid, int flags) {
        this.process = pids.processOf(pid);
        this.thread = pids.task(pid);
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
        return new File(
                path, File.O_RDWR | flags, new Pidfd(current.process().globals().pids(), pid, flags));
    }

    /** {@return what an open file stands for; null if it is no such file: {@code pidfd_pid}} */
    public static @Nullable Pidfd of(File file) {
        return file.operations() instanceof Pidfd pidfd ? pidfd : null;
    }

    /** {@return the id of the process or thread} */
    public int pid() {
        return pid;
    }

    /** {@return the process; null for init} */
    public @Nullable KernelProcess process() {
        return process;
    }

    /** {@return the thread, or the process's first one; null if it has ended, and for init} */
    public @Nullable Task task() {
        Task known = thread;
        return known == null || known.end() != null ? null : known;
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

    /** {@code pidfd_poll}: a process's end is there to see once all of its tasks have ended. */
    @Override
    public int poll(Task current, File file, PollTable wait) {
        KernelProcess of = process;
        if (of == null) {
            return 0;
        }
        wait.pollWait(of.exitQueue());
        boolean ofOther = isThread() && pid != of.tgid();
        boolean lives = ofOther ? of.task(pid) != null : of.exit() == null;
        return lives ? 0 : GONE;
    }

    /** {@return whether a process, ended but not waited for too, or a thread is still there} */
    static boolean lives(PidNamespace pids, int pid) {
        return pid == PidNamespace.INIT || pids.processOf(pid) != null;
    }
}

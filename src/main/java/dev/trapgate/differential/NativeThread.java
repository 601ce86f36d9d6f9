package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A thread of this process, as {@code /proc/self/task/TID} shows it to another one.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_syscall.5.html">proc_pid_syscall(5)</a>
 */
final class NativeThread implements KernelThread {

    private static final int BASE = 16;

    private final Abi abi;
    private final Path directory;

    /** Whether the registers are those that the entry was given: a library's function may make another call of it. */
    private final boolean isBare;

    private NativeThread(Gate gate, long tid) {
        this.abi = gate.abi();
        this.directory = Path.of("/proc/self/task/" + tid);
        this.isBare = gate == Gate.SYSCALL || gate == Gate.INT80 || gate == Gate.LIBC_SYSCALL;
    }

    /**
     * {@return the calling thread}
     *
     * @param gate the gate that it will make its calls by
     * @param raw an entry of the host's 64-bit table
     */
    static NativeThread current(Gate gate, SyscallEntry raw) {
        return new NativeThread(gate, raw.enter(Syscall.GETTID.number(Abi.X86_64), 0, 0, 0, 0, 0, 0));
    }

    /**
     * {@inheritDoc} The kernel shows the call of a thread that does not run, be it one that has just been woken; a restarted
     * call has another number.
     */
    @Override
    public boolean isAsleep(int number, long... arguments) {
        return isStopped() && isIn(number, arguments);
    }

    private boolean isIn(int number, long... arguments) {
        try {
            String[] words =
                    Files.readString(directory.resolve("syscall")).strip().split(" ", -1);
            if (words.length < arguments.length + 1) {
                return false;
            }
            int seen = Integer.parseInt(words[0]);
            return !isBare
                    || seen == Syscall.RESTART_SYSCALL.number(abi)
                    || (seen == number && isSame(words, arguments));
        } catch (IOException unreadable) {
            return true;
        }
    }

    private boolean isSame(String[] words, long... arguments) {
        long mask = abi == Abi.I386 ? 0xffff_ffffL : -1L;
        for (int i = 0; i < arguments.length; i++) {
            long seen = Long.parseUnsignedLong(words[i + 1].substring(2), BASE);
            if ((seen & mask) != (arguments[i] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it sleeps, in whatever call; where the kernel does not show calls, this must do. */
    private boolean isStopped() {
        try {
            String stat = Files.readString(directory.resolve("stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state == 'S' || state == 'D';
        } catch (IOException vanished) {
            return false;
        }
    }

    /** Nothing: the Java thread's end is the kernel's. */
    @Override
    public void exit() {}

    @Override
    public boolean isGone() {
        return Files.notExists(directory);
    }
}

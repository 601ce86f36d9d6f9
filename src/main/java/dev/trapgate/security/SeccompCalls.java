package dev.trapgate.security;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.IoVectors;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Giving up system calls, for ever, by filters.
 *
 * <p>A filter is a thread's, and that of threads and processes that it starts from then on. The JVM's other threads, its
 * compiler and collector among them, keep what they may: install it first of all in main, or in a thread made for what is to be
 * confined. {@link #installInAllThreads} is there for who has thought of what those threads need.
 *
 * <p>Filters are installed under {@code process().setNoNewPrivs()} only, whatever rights one has: without it, a set-user-ID
 * program started later would run under a filter that makes its calls lie.
 *
 * @param kernel whose calls
 * @see <a href="https://man7.org/linux/man-pages/man2/seccomp.2.html">seccomp(2)</a>
 */
public record SeccompCalls(Kernel kernel) {

    private static final Call SECCOMP = Call.of(Syscall.SECCOMP);
    private static final Call PRCTL = Call.of(Syscall.PRCTL);

    private static final int PR_GET_NO_NEW_PRIVS = 39;
    private static final int SET_MODE_FILTER = 1;
    private static final int GET_ACTION_AVAIL = 2;
    private static final int TSYNC = 1;

    /**
     * {@return whether the kernel knows an action, as {@code seccomp(2)} with SECCOMP_GET_ACTION_AVAIL}
     *
     * @param action the action
     * @throws SyscallException EINVAL before Linux 4.14; ENOSYS if there are no filters
     */
    public boolean knows(SeccompAction action) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(Integer.BYTES, Integer.BYTES);
            scratch.at(address, Integer.BYTES).set(Layouts.INT, 0, action.number());
            long answer = kernel.enter(SECCOMP, GET_ACTION_AVAIL, 0, address, 0, 0, 0);
            if (Errno.isError(answer) && answer != -Errno.EOPNOTSUPP.number()) {
                throw kernel.failure(SECCOMP, answer, GET_ACTION_AVAIL, 0, address, 0, 0, 0);
            }
            return answer == 0;
        }
    }

    /**
     * Puts the calling thread under a filter, for ever, as {@code seccomp(2)} with SECCOMP_SET_MODE_FILTER.
     *
     * @param filter the filter
     * @throws SyscallException EINVAL if the kernel does not know an action; ENOMEM if all of a thread's filters have more than
     *     32768 instructions
     * @throws RefusedCallException without no_new_privs; if the thread is virtual; or if the filter is for another ABI than this
     *     program's, which it would end
     */
    public void install(SeccompFilter filter) {
        install(filter, 0);
    }

    /**
     * Puts all threads of this process under a filter, for ever, as with SECCOMP_FILTER_FLAG_TSYNC: the JVM's own too, which may
     * then fail at what the filter refuses, at any later time.
     *
     * @param filter the filter, which allows whatever the JVM's threads need: not a list of what your own code calls
     * @throws SyscallException as {@link #install}; ESRCH if a thread is under a filter that this thread is not under
     * @throws RefusedCallException as {@link #install}
     */
    public void installInAllThreads(SeccompFilter filter) {
        install(filter, TSYNC);
    }

    private void install(SeccompFilter filter, int flags) {
        requirePlatformThread();
        requireOwnAbi(filter);
        requireNoNewPrivs();
        List<FilterInstruction> program = filter.program();
        int word = kernel.abi().pointerSize();
        try (Scratch scratch = kernel.scratch()) {
            long instructions = scratch.room(program.size() * FilterInstruction.SIZE, Long.BYTES);
            MemorySegment array = scratch.at(instructions, program.size() * FilterInstruction.SIZE);
            for (int index = 0; index < program.size(); index++) {
                program.get(index).write(array, index * FilterInstruction.SIZE);
            }
            long fprog = scratch.zeroed(2L * word, Long.BYTES);
            MemorySegment header = scratch.at(fprog, 2L * word);
            header.set(Layouts.SHORT, 0, (short) program.size());
            IoVectors.putWord(kernel.abi(), header, word, instructions);
            long thread = kernel.call(SECCOMP, SET_MODE_FILTER, flags, fprog);
            if (thread > 0) {
                throw kernel.failure(SECCOMP, -Errno.ESRCH.number(), SET_MODE_FILTER, flags, fprog, 0, 0, 0);
            }
        }
    }

    private static void requirePlatformThread() {
        if (Thread.currentThread().isVirtual()) {
            throw new RefusedCallException(
                    Syscall.SECCOMP,
                    "this is a virtual thread; the carrier that it happens to run on would be under the filter for ever",
                    "run this part in a platform thread");
        }
    }

    private void requireOwnAbi(SeccompFilter filter) {
        Abi programs = kernel.gate().kind() == Gate.Kind.NATIVE ? Abi.X86_64 : kernel.abi();
        if (filter.abi() != programs) {
            throw new RefusedCallException(
                    Syscall.SECCOMP,
                    "the filter is for " + filter.abi() + ", and this program's own calls are of " + programs
                            + ", which it treats as foreign",
                    "begin it with SeccompFilter.of(Abi." + programs.name() + ")");
        }
    }

    private void requireNoNewPrivs() {
        if (kernel.call(PRCTL, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0) {
            throw new RefusedCallException(
                    Syscall.SECCOMP,
                    "a set-user-ID program started later would run with rights under a filter that makes its calls lie",
                    "call process().setNoNewPrivs() before, in the same thread");
        }
    }
}

package dev.trapgate.host;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.host.glibc.LibcSyscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Callable;

/**
 * A thread under a seccomp filter, as a container or a service manager puts one on a process. The filter ends with the
 * thread, and with the processes that it starts.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/seccomp.2.html">seccomp(2)</a>
 */
public final class FilteredThread {

    private static final long PR_SET_NO_NEW_PRIVS = 38;
    private static final long PR_SET_SECCOMP = 22;
    private static final long SECCOMP_MODE_FILTER = 2;

    private static final int RET_ALLOW = 0x7fff_0000;
    private static final int RET_ERRNO = 0x0005_0000;
    private static final int RET_KILL_PROCESS = 0x8000_0000;

    private static final int LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private static final int JUMP_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private static final int JUMP_SET = 0x45; // BPF_JMP | BPF_JSET | BPF_K
    private static final int RETURN = 0x06; // BPF_RET | BPF_K

    // Offsets in struct seccomp_data.
    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int THIRD_ARGUMENT = 32;

    private static final int AUDIT_ARCH_I386 = 0x4000_0003;
    private static final int PROT_EXEC = 4;

    private final long[] program;

    private FilteredThread(long... program) {
        this.program = program;
    }

    /** {@return a filter of steps, each a {@code struct sock_filter} as a little-endian word; it must not end what it should not} */
    public static FilteredThread of(long... program) {
        return new FilteredThread(program.clone());
    }

    /** {@return a filter that answers an error to one call of the 64-bit table} */
    public static FilteredThread refusing(Syscall call, Errno errno) {
        return new FilteredThread(
                step(LOAD, 0, 0, NUMBER),
                step(JUMP_EQUAL, 0, 1, call.number(Abi.X86_64)),
                step(RETURN, 0, 0, RET_ERRNO | errno.number()),
                step(RETURN, 0, 0, RET_ALLOW));
    }

    /** {@return a filter that answers an error to every call of the 32-bit table} */
    public static FilteredThread refusingI386(Errno errno) {
        return onI386(RET_ERRNO | errno.number());
    }

    /** {@return a filter that ends a process with SIGSYS which makes any call of the 32-bit table} */
    public static FilteredThread killingI386() {
        return onI386(RET_KILL_PROCESS);
    }

    private static FilteredThread onI386(int action) {
        return new FilteredThread(
                step(LOAD, 0, 0, ARCHITECTURE),
                step(JUMP_EQUAL, 0, 1, AUDIT_ARCH_I386),
                step(RETURN, 0, 0, action),
                step(RETURN, 0, 0, RET_ALLOW));
    }

    /** {@return a filter that answers EACCES to making pages executable, as SELinux does} */
    public static FilteredThread refusingExecutablePages() {
        return new FilteredThread(
                step(LOAD, 0, 0, NUMBER),
                step(JUMP_EQUAL, 0, 3, Syscall.MPROTECT.number(Abi.X86_64)),
                step(LOAD, 0, 0, THIRD_ARGUMENT),
                step(JUMP_SET, 0, 1, PROT_EXEC),
                step(RETURN, 0, 0, RET_ERRNO | Errno.EACCES.number()),
                step(RETURN, 0, 0, RET_ALLOW));
    }

    /** {@code struct sock_filter}: code 16 bits, jump if true 8, jump if false 8, operand 32. */
    private static long step(int code, int ifTrue, int ifFalse, int operand) {
        return code | (long) ifTrue << 16 | (long) ifFalse << 24 | (long) operand << 32;
    }

    /** {@return what a task answers that runs under this filter; skips the test where no filter may be set} */
    public <T> T run(Callable<T> task) throws Exception {
        return RawCall.onThreadOfItsOwn(() -> {
            assumeTrue(install(), "this host does not let a thread filter its system calls");
            return task.call();
        });
    }

    /** {@return whether the calling thread is now under this filter, for good} */
    public boolean install() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment steps = arena.allocateFrom(ValueLayout.JAVA_LONG, program);
            MemorySegment descriptor = arena.allocate(16, 8); // struct sock_fprog
            descriptor.set(ValueLayout.JAVA_SHORT, 0, (short) program.length);
            descriptor.set(ValueLayout.JAVA_LONG, 8, steps.address());
            return LibcSyscall.call(Syscall.PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
                    && LibcSyscall.call(Syscall.PRCTL, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, descriptor.address()) == 0;
        }
    }
}

package dev.trapgate.host.vdso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.host.glibc.LibcSyscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Runs code on a thread for which the kernel answers {@link #REFUSED} to some calls. It tells what enters the kernel
 * from what does not. The filter ends with the thread.
 */
final class RefusingKernel {

    /** EBADFD, which none of the calls in these tests answers otherwise. */
    static final long REFUSED = -77;

    private static final int PR_SET_SECCOMP = 22;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int SECCOMP_MODE_FILTER = 2;

    private RefusingKernel() {}

    /**
     * Runs code for which the kernel refuses every call that the vDSO has a function for.
     *
     * @param before what the thread does first, without the filter
     * @param under what it does under the filter
     */
    static <T> T run(Runnable before, Callable<T> under) throws Exception {
        return run(Arrays.stream(VdsoFunction.values()).map(VdsoFunction::call).toList(), before, under);
    }

    /**
     * Runs code for which the kernel refuses some calls.
     *
     * @param calls which
     * @param before what the thread does first, without the filter
     * @param under what it does under the filter
     */
    static <T> T run(List<Syscall> calls, Runnable before, Callable<T> under) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            before.run();
            assumeTrue(install(calls), "this host does not let a thread filter its system calls");
            assertThat(LibcSyscall.call(calls.getFirst(), -1)).isEqualTo(REFUSED);
            return under.call();
        });
        Thread thread = new Thread(task, "refusing kernel");
        thread.start();
        try {
            return task.get(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof org.opentest4j.TestAbortedException skipped) {
                throw skipped;
            }
            throw e;
        }
    }

    private static boolean install(List<Syscall> calls) {
        try (Arena arena = Arena.ofConfined()) {
            long[] program = program(calls);
            MemorySegment instructions = arena.allocateFrom(ValueLayout.JAVA_LONG, program);
            MemorySegment descriptor = arena.allocate(16, 8); // struct sock_fprog
            descriptor.set(ValueLayout.JAVA_SHORT, 0, (short) program.length);
            descriptor.set(ValueLayout.JAVA_LONG, 8, instructions.address());
            return LibcSyscall.call(Syscall.PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
                    && LibcSyscall.call(Syscall.PRCTL, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, descriptor.address()) == 0;
        }
    }

    /** Classic BPF: load the call's number, and for each of ours jump to the instruction that refuses. */
    private static long[] program(List<Syscall> calls) {
        List<Long> program = new ArrayList<>();
        program.add(instruction(0x20, 0, 0)); // BPF_LD | BPF_W | BPF_ABS, seccomp_data.nr
        for (int i = 0; i < calls.size(); i++) {
            program.add(
                    instruction(0x15, calls.size() - i, calls.get(i).number(Abi.X86_64))); // BPF_JMP | BPF_JEQ | BPF_K
        }
        program.add(instruction(0x06, 0, 0x7fff_0000)); // BPF_RET, SECCOMP_RET_ALLOW
        program.add(instruction(0x06, 0, 0x0005_0000 | (int) -REFUSED)); // BPF_RET, SECCOMP_RET_ERRNO
        return program.stream().mapToLong(Long::longValue).toArray();
    }

    /** {@code struct sock_filter}: code 16 bits, jump if true 8, jump if false 8, operand 32. */
    private static long instruction(int code, int ifTrue, int operand) {
        return code | (long) ifTrue << 16 | (long) operand << 32;
    }
}

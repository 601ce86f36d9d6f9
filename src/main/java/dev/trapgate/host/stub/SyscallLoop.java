package dev.trapgate.host.stub;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.trapgate.entry.SyscallBatch;
import dev.trapgate.host.libc.Downcalls;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/**
 * The {@code SYSCALL} gate's loop over a {@link SyscallBatch}: {@code long loop(void *calls, long count, long stop)}, whose
 * result is how many calls are left.
 *
 * <p>It always goes by ordinary linkage: a batch may sleep, and even one of prompt calls takes as long as they take
 * together.
 */
final class SyscallLoop {

    private static final MachineCode CODE = MachineCode.of(
            "53", //                      push rbx
            "55", //                      push rbp
            "41 54", //                   push r12
            "48 89 fb", //                mov rbx, rdi         the call
            "48 89 f5", //                mov rbp, rsi         calls left
            "49 89 d4", //                mov r12, rdx         not 0: stop at an error
            "48 8b 03", //             1: mov rax, [rbx]
            "48 8b 7b 08", //             mov rdi, [rbx + 8]
            "48 8b 73 10", //             mov rsi, [rbx + 16]
            "48 8b 53 18", //             mov rdx, [rbx + 24]
            "4c 8b 53 20", //             mov r10, [rbx + 32]
            "4c 8b 43 28", //             mov r8, [rbx + 40]
            "4c 8b 4b 30", //             mov r9, [rbx + 48]
            "0f 05", //                   syscall
            "48 89 43 38", //             mov [rbx + 56], rax
            "48 83 c3 40", //             add rbx, 64
            "48 ff cd", //                dec rbp
            "74 0d", //                   jz 2f
            "4d 85 e4", //                test r12, r12
            "74 d1", //                   jz 1b
            "48 3d 01 f0 ff ff", //       cmp rax, -4095
            "72 c9", //                   jb 1b                unsigned: below the errors
            "48 89 e8", //             2: mov rax, rbp
            "41 5c", //                   pop r12
            "5d", //                      pop rbp
            "5b"); //                     pop rbx

    private static final MethodHandle LOOP =
            link(ExecutableMemory.map(CODE.then(SyscallInstruction.ending().code())));

    private SyscallLoop() {}

    /** The descriptor is that of the code above. */
    private static MethodHandle link(MemorySegment loop) {
        return Downcalls.link(loop, FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG));
    }

    /**
     * Makes the calls.
     *
     * @param calls where they are
     * @param count how many
     * @param onError what to do when one answers an error
     * @return how many were made
     */
    static int enterAll(MemorySegment calls, int count, SyscallBatch.OnError onError) {
        Objects.checkFromIndexSize(0, (long) count * SyscallBatch.CALL_SIZE, calls.byteSize());
        if (count < 1 || calls.isReadOnly() || !calls.isNative()) {
            throw new IllegalArgumentException(
                    "a batch takes one call or more in native memory that can be written, not " + count + " in "
                            + calls);
        }
        return count - (int) left(calls, count, onError == SyscallBatch.OnError.STOP ? 1 : 0);
    }

    /** The segment is handed over as itself, so that its arena cannot be closed under the loop. */
    private static long left(MemorySegment calls, long count, long stop) {
        try {
            return (long) LOOP.invokeExact(calls, count, stop);
        } catch (RuntimeException refused) {
            throw refused;
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }
}

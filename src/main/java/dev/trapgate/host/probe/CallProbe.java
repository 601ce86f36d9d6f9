package dev.trapgate.host.probe;

import dev.trapgate.abi.Abi;
import dev.trapgate.host.elf.MemoryExecutable;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes calls in a child process, one after the other, and tells what each answered. The child is a program of nothing but these
 * calls, which inherits the filters and the identity of the calling thread; whatever a call does to its process, it does to that
 * one. What a call does to the rest of the system is for whoever chooses its arguments to think of.
 *
 * <p>A call that ends the child is told so; another child goes on with the next.
 */
public final class CallProbe {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** What {@link Process#exitValue} adds to the number of the signal that ended a process. */
    private static final int SIGNALED = 128;

    /** Sends the answer, in rax, to the standard output as a word of 64 bits. */
    private static final MachineCode TELL = MachineCode.of(
            "50", //             push rax
            "b8 01 00 00 00", // mov eax, 1     write
            "bf 01 00 00 00", // mov edi, 1     standard output
            "48 89 e6", //       mov rsi, rsp
            "ba 08 00 00 00", // mov edx, 8
            "0f 05", //          syscall
            "58"); //            pop rax

    private static final MachineCode EXIT = MachineCode.of(
            "b8 e7 00 00 00", // mov eax, 231   exit_group
            "31 ff", //          xor edi, edi
            "0f 05"); //         syscall

    private CallProbe() {}

    /**
     * Makes calls.
     *
     * @param abi {@link Abi#X86_64}, by the {@code syscall} instruction, or {@link Abi#I386}, by {@code int $0x80}
     * @param calls the calls; none may block, nor lead to a second process
     * @return what became of each, in the same order
     * @throws IOException if a child process cannot be started, does not end in time, or cannot tell; the message says why
     */
    public static List<ProbeOutcome> outcomes(Abi abi, List<ProbedCall> calls) throws IOException {
        List<ProbeOutcome> outcomes = new ArrayList<>();
        while (outcomes.size() < calls.size()) {
            outcomes.addAll(some(abi, calls.subList(outcomes.size(), calls.size())));
        }
        return outcomes;
    }

    /** {@return what became of the calls up to one that ended the child, or of all} */
    private static List<ProbeOutcome> some(Abi abi, List<ProbedCall> calls) throws IOException {
        MemoryExecutable.Output output = MemoryExecutable.outputOf(StaticExecutable.of(program(abi, calls)), DEADLINE);
        LongBuffer results = ByteBuffer.wrap(output.standardOutput())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
        List<ProbeOutcome> outcomes = new ArrayList<>();
        while (results.hasRemaining()) {
            outcomes.add(new ProbeOutcome.Answered(results.get()));
        }
        if (outcomes.size() < calls.size()) {
            if (output.exitStatus() == 0) {
                throw new IOException("a child process could not write what " + calls.size() + " calls answered");
            }
            outcomes.add(new ProbeOutcome.Ended(Math.max(0, output.exitStatus() - SIGNALED)));
        }
        return outcomes;
    }

    private static MachineCode program(Abi abi, List<ProbedCall> calls) {
        StringBuilder code = new StringBuilder();
        for (ProbedCall call : calls) {
            code.append(abi == Abi.I386 ? int80(call) : syscall(call))
                    .append(' ')
                    .append(TELL)
                    .append(' ');
        }
        return MachineCode.of(code.toString().strip()).then(EXIT);
    }

    private static String syscall(ProbedCall call) {
        List<Long> arguments = call.arguments();
        return String.join(
                " ",
                "b8 " + word32(call.number()), //           mov eax, number
                "48 bf " + word64(arguments.get(0)), //     mov rdi, first
                "48 be " + word64(arguments.get(1)), //     mov rsi, second
                "48 ba " + word64(arguments.get(2)), //     mov rdx, third
                "49 ba " + word64(arguments.get(3)), //     mov r10, fourth
                "49 b8 " + word64(arguments.get(4)), //     mov r8, fifth
                "49 b9 " + word64(arguments.get(5)), //     mov r9, sixth
                "0f 05"); //                                syscall
    }

    private static String int80(ProbedCall call) {
        List<Long> arguments = call.arguments();
        return String.join(
                " ",
                "b8 " + word32(call.number()), //           mov eax, number
                "bb " + word32(arguments.get(0)), //        mov ebx, first
                "b9 " + word32(arguments.get(1)), //        mov ecx, second
                "ba " + word32(arguments.get(2)), //        mov edx, third
                "be " + word32(arguments.get(3)), //        mov esi, fourth
                "bf " + word32(arguments.get(4)), //        mov edi, fifth
                "bd " + word32(arguments.get(5)), //        mov ebp, sixth
                "cd 80", //                                 int 0x80
                "48 98"); //                                cdqe
    }

    private static String word32(long value) {
        return littleEndian(value, Integer.BYTES);
    }

    private static String word64(long value) {
        return littleEndian(value, Long.BYTES);
    }

    private static String littleEndian(long value, int byteSize) {
        byte[] bytes = new byte[byteSize];
        for (int i = 0; i < byteSize; i++) {
            bytes[i] = (byte) (value >>> (i * Byte.SIZE));
        }
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
}

package dev.trapgate.stress;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEntry;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** One emulated program for all tests of a JVM: each actor is a thread of it. Its memory and pipes are used again in turn. */
final class StressedProgram {

    /** Far more than the states that jcstress has at a time, as {@link Stress} starts it. */
    private static final int SLOTS = 512;

    private static final int WORD = 64;
    private static final int O_NONBLOCK = 04000;

    private static final EmulatedMachine MACHINE = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
    private static final EmulatedEntry GATE = new EmulatedEntry(MACHINE, Gate.EMULATED_SYSCALL);
    private static final UserMemory.Scope MEMORY = GATE.memory().open();
    private static final UserBuffer WORDS = MEMORY.allocate((long) SLOTS * WORD, WORD);
    private static final AtomicInteger NEXT_WORD = new AtomicInteger();
    private static final AtomicInteger NEXT_PIPE = new AtomicInteger();
    private static final int[][] PIPES = pipes(0);
    private static final int[][] NONBLOCKING = pipes(O_NONBLOCK);

    private StressedProgram() {}

    private static int[][] pipes(int flags) {
        UserBuffer ends = MEMORY.allocate(8, 8);
        int[][] pipes = new int[SLOTS / 4][];
        Arrays.setAll(pipes, i -> {
            long answer = call(Syscall.PIPE2, ends.address(), flags);
            if (answer != 0) {
                throw new IllegalStateException("pipe2 answered " + answer);
            }
            return new int[] {
                ends.segment().get(ValueLayout.JAVA_INT, 0), ends.segment().get(ValueLayout.JAVA_INT, 4)
            };
        });
        return pipes;
    }

    /** Makes a call of the program, as the thread that the calling one is. */
    static long call(Syscall call, long... arguments) {
        long[] all = Arrays.copyOf(arguments, 6);
        return GATE.enter(call.number(Abi.X86_64), all[0], all[1], all[2], all[3], all[4], all[5]);
    }

    /** {@return 64 bytes of the program, zeroed} */
    static UserBuffer words() {
        long at = (long) (NEXT_WORD.getAndIncrement() & (SLOTS - 1)) * WORD;
        MemorySegment segment = WORDS.segment().asSlice(at, WORD);
        segment.fill((byte) 0);
        return new UserBuffer(WORDS.address() + at, segment);
    }

    /** {@return the ends of a pipe, which is left empty} */
    static int[] pipe() {
        return PIPES[NEXT_PIPE.getAndIncrement() & (PIPES.length - 1)];
    }

    /** {@return the same, of a pipe at which nobody waits} */
    static int[] nonblockingPipe() {
        return NONBLOCKING[NEXT_PIPE.getAndIncrement() & (NONBLOCKING.length - 1)];
    }
}

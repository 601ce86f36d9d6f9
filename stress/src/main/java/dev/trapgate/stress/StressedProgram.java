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
    private static final int O_RDWR = 2;
    private static final int AT_FDCWD = -100;
    private static final int F_DUPFD = 0;
    private static final long EAGAIN = -11;
    private static final int RLIMIT_NOFILE = 7;
    private static final long DESCRIPTORS = 4096;
    /** Above all that the kernel chooses by itself here. */
    private static final int FIRST_SHARED = 3000;

    /** What an epoll is to tell of a pipe: that there is something to read. */
    static final long LEVEL = 1;

    /** The same, when it comes. */
    static final long EDGE = 1 | 1L << 31;

    /** The same, once. */
    static final long ONE_SHOT = 1 | 1L << 30;

    /** The pipe is not put in yet. */
    static final long NOTHING = 0;

    private static final EmulatedMachine MACHINE = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
    private static final EmulatedEntry GATE = new EmulatedEntry(MACHINE, Gate.EMULATED_SYSCALL);
    private static final UserMemory.Scope MEMORY = GATE.memory().open();
    private static final UserBuffer WORDS = MEMORY.allocate((long) SLOTS * WORD, WORD);
    private static final UserBuffer NULL = name("/dev/null");
    private static final long ZEROES = start();
    private static final AtomicInteger NEXT_SHARED = new AtomicInteger();
    private static final AtomicInteger NEXT_WORD = new AtomicInteger();
    private static final AtomicInteger NEXT_PIPE = new AtomicInteger();
    private static final int[][] PIPES = pipes(0);
    private static final int[][] NONBLOCKING = pipes(O_NONBLOCK);

    private StressedProgram() {}

    private static UserBuffer name(String path) {
        UserBuffer name = MEMORY.allocate(path.length() + 1L, 1);
        name.segment().setString(0, path);
        return name;
    }

    /** Allows many descriptors. {@return one of /dev/zero} */
    private static long start() {
        UserBuffer limit = MEMORY.allocate(16, 8);
        limit.segment().set(ValueLayout.JAVA_LONG, 0, DESCRIPTORS);
        limit.segment().set(ValueLayout.JAVA_LONG, 8, DESCRIPTORS);
        must(call(Syscall.PRLIMIT64, 0, RLIMIT_NOFILE, limit.address()));
        return must(call(Syscall.OPENAT, AT_FDCWD, name("/dev/zero").address(), O_RDWR));
    }

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

    /** {@return a descriptor of /dev/null} */
    static long open() {
        return call(Syscall.OPENAT, AT_FDCWD, NULL.address(), O_RDWR);
    }

    /** Closes a descriptor. */
    static long close(long descriptor) {
        return call(Syscall.CLOSE, descriptor);
    }

    private static long must(long answer) {
        if (answer < 0) {
            throw new IllegalStateException("a call answered " + answer);
        }
        return answer;
    }

    /** {@return a new pipe, watched by a new epoll} */
    static Watched watched(long events) {
        return new Watched(events);
    }

    /** A pipe and an epoll. Calls of it answer as the kernel does. */
    static final class Watched {

        private final UserBuffer words = words();
        private final long events;
        private final int reader;
        private final int writer;
        private final int epoll;
        private int closed = -1;

        private Watched(long events) {
            this.events = events == NOTHING ? EDGE : events;
            must(call(Syscall.PIPE2, words.address(), O_NONBLOCK));
            reader = words.segment().get(ValueLayout.JAVA_INT, 0);
            writer = words.segment().get(ValueLayout.JAVA_INT, 4);
            epoll = (int) must(call(Syscall.EPOLL_CREATE1, 0));
            words.segment().set(ValueLayout.JAVA_LONG, 0, this.events);
            if (events != NOTHING) {
                must(add());
            }
        }

        long add() {
            return control(1);
        }

        long remove() {
            return control(2);
        }

        long arm() {
            return control(3);
        }

        private long control(int operation) {
            return call(Syscall.EPOLL_CTL, epoll, operation, reader, words.address());
        }

        long await() {
            return call(Syscall.EPOLL_WAIT, epoll, words.address() + 16, 1, -1);
        }

        long look() {
            return call(Syscall.EPOLL_WAIT, epoll, words.address() + 16, 1, 0);
        }

        long read() {
            return call(Syscall.READ, reader, words.address() + 48, 1);
        }

        /** Waits until there is a byte that nobody else has read. */
        long awaitAndRead() {
            long answer = read();
            while (answer == EAGAIN) {
                must(await());
                answer = read();
            }
            return answer;
        }

        long write() {
            return call(Syscall.WRITE, writer, words.address() + 56, 1);
        }

        void closeReader() {
            close(reader);
        }

        void closeEpoll() {
            close(epoll);
        }

        /** Remembers it: a number that was closed may be another test's by now. */
        private void close(int descriptor) {
            closed = descriptor;
            StressedProgram.close(descriptor);
        }

        /** Closes all that is still open. */
        void close() {
            for (int descriptor : new int[] {writer, reader, epoll}) {
                if (descriptor != closed) {
                    StressedProgram.close(descriptor);
                }
            }
        }
    }

    /** {@return a new pipe with a byte in it, whose reader has a number that no other test's file gets} */
    static Shared shared() {
        return new Shared();
    }

    /** A pipe whose descriptors two threads use. */
    static final class Shared {

        private final UserBuffer words = words();
        private final int descriptor = FIRST_SHARED + 2 * (NEXT_SHARED.getAndIncrement() & (SLOTS - 1));
        private final int reader;
        private final int writer;
        private boolean writerClosed;

        private Shared() {
            must(call(Syscall.PIPE2, words.address(), 0));
            reader = words.segment().get(ValueLayout.JAVA_INT, 0);
            writer = words.segment().get(ValueLayout.JAVA_INT, 4);
            must(call(Syscall.DUP2, reader, descriptor));
            must(write());
        }

        int descriptor() {
            return descriptor;
        }

        long read() {
            return call(Syscall.READ, descriptor, words.address(), 1);
        }

        long write() {
            return call(Syscall.WRITE, writer, words.address() + 8, 1);
        }

        long closeReader() {
            return StressedProgram.close(descriptor);
        }

        long closeWriter() {
            writerClosed = true;
            return StressedProgram.close(writer);
        }

        /** Puts another file there: /dev/zero, of which there is always a byte. */
        long replace() {
            return call(Syscall.DUP2, ZEROES, descriptor);
        }

        /** {@return how far above the number the lowest is that is free} */
        long take() {
            return call(Syscall.FCNTL, reader, F_DUPFD, descriptor) - descriptor;
        }

        long readFromCopy() {
            long copy = call(Syscall.DUP, descriptor);
            if (copy < 0) {
                return copy;
            }
            long answer = call(Syscall.READ, copy, words.address(), 1);
            StressedProgram.close(copy);
            return answer;
        }

        void close() {
            StressedProgram.close(reader);
            StressedProgram.close(descriptor);
            StressedProgram.close(descriptor + 1);
            if (!writerClosed) {
                closeWriter();
            }
        }
    }
}

package dev.trapgate.bench.call;

import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.pipe.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Two pipes to another thread and back.
 *
 * @param thereIn where this thread writes
 * @param thereOut where the other reads that
 * @param backIn where the other writes
 * @param backOut where this thread reads that
 */
record Pipes(int thereIn, int thereOut, int backIn, int backOut) {

    /** Keeps the descriptors: they are open for as long as there are benchmarks. */
    private static final List<FileDescriptor> OPEN = new ArrayList<>();

    /**
     * Starts the other thread.
     *
     * @param turn what it does, again and again, for as long as it answers true
     * @return the pipes
     */
    static Pipes toPartner(Predicate<Pipes> turn) {
        Pipe there = open();
        Pipe back = open();
        Pipes pipes = new Pipes(
                there.writer().number(),
                there.reader().number(),
                back.writer().number(),
                back.reader().number());
        Thread.ofPlatform().daemon().name("ping-pong").start(() -> {
            OneProcessor.keepHere();
            while (turn.test(pipes)) {
                // It is the test that plays.
            }
        });
        return pipes;
    }

    private static synchronized Pipe open() {
        Pipe pipe = OpenGates.Typed.LINUX.pipe().pipe();
        OPEN.add(pipe.reader());
        OPEN.add(pipe.writer());
        return pipe;
    }
}

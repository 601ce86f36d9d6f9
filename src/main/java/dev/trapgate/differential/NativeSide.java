package dev.trapgate.differential;

import dev.trapgate.Gates;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Plays scenarios in child JVMs, which come and go: a spare one is always on its way. */
final class NativeSide implements Side {

    private final Gate gate;
    private final Path base;
    private final ExecutorService director;
    private final Deque<ChildProcess> spares = new ArrayDeque<>();
    private @Nullable ChildProcess child;

    /**
     * Prepares children.
     *
     * @param gate a native gate
     * @param base the directory under which plays have theirs, which need not be there
     */
    NativeSide(Gate gate, Path base) {
        this.gate = gate;
        this.base = base;
        this.director = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "native side");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public Gate gate() {
        return gate;
    }

    @Override
    public boolean has(Syscall call) {
        return AllowedCalls.find(call).isPresent()
                && Gates.open(gate).refusal(call.number(gate.abi())).isEmpty();
    }

    @Override
    public String directory(Path common) {
        return base + "/";
    }

    @Override
    public CompletableFuture<Transcript> play(Play play) {
        return CompletableFuture.supplyAsync(() -> direct(play), director);
    }

    private Transcript direct(Play play) {
        ChildProcess player = child == null ? next() : child;
        child = player;
        try {
            Transcript transcript = player.play(play);
            if (player.isSpent()) {
                replace(player);
            }
            return transcript;
        } catch (IOException died) {
            replace(player);
            return Transcript.notBegun(Transcript.Ending.ENDED, player.obituary());
        }
    }

    private ChildProcess next() {
        ChildProcess next = spares.isEmpty() ? start() : spares.poll();
        if (spares.isEmpty()) {
            spares.add(start());
        }
        return next;
    }

    private void replace(ChildProcess old) {
        old.close();
        child = null;
    }

    private ChildProcess start() {
        try {
            return ChildProcess.start(gate, base);
        } catch (IOException impossible) {
            throw new UncheckedIOException("the child JVM that plays natively cannot be started", impossible);
        }
    }

    @Override
    public void close() {
        director.shutdown();
        if (child != null) {
            child.close();
        }
        spares.forEach(ChildProcess::close);
    }
}

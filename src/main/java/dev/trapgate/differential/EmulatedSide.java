package dev.trapgate.differential;

import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.MachineSetup;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Plays scenarios on emulated machines, each on one that has just been switched on. */
final class EmulatedSide implements Side {

    private final Gate gate;
    private final Consumer<EmulatedMachine> preparation;
    private final ExecutorService directors = Executors.newSingleThreadExecutor(task -> daemon(task, "emulated side"));
    private final ExecutorService players = Executors.newCachedThreadPool(task -> daemon(task, "emulated player"));

    /**
     * Prepares machines.
     *
     * @param gate an emulated gate
     * @param preparation what is done to each machine before it is played on
     */
    EmulatedSide(Gate gate, Consumer<EmulatedMachine> preparation) {
        this.gate = gate;
        this.preparation = preparation;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Gate gate() {
        return gate;
    }

    @Override
    public CompletableFuture<Transcript> play(Play play) {
        return CompletableFuture.supplyAsync(() -> direct(play), directors);
    }

    private Transcript direct(Play play) {
        MachineSetup setup = MachineSetup.of(KernelGeneration.MODERN, Vendor.INTEL)
                .as(Credentials.of(play.userId(), play.userId()))
                .in(play.directory());
        try (EmulatedMachine machine = new EmulatedMachine(setup)) {
            preparation.accept(machine);
            SyscallEntry entry = EmulatedGates.open(gate, machine);
            Blocks blocks = new EmulatedBlocks(entry.memory());
            Player player = new Player(play.scenario(), entry, blocks, CallGuard.none(), play.directory());
            return await(player, players.submit(player::play));
        }
    }

    private static Transcript await(Player player, Future<Transcript> playing) {
        try {
            return playing.get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException blocked) {
            return player.soFar(Transcript.Ending.BLOCKED, "a call did not come back");
        } catch (ExecutionException defect) {
            return player.soFar(Transcript.Ending.ENDED, "the runner failed: " + defect.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return player.soFar(Transcript.Ending.ENDED, "the runner was interrupted");
        }
    }

    @Override
    public void close() {
        directors.shutdownNow();
        players.shutdownNow();
    }
}

package dev.trapgate.differential;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.MachineSetup;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.arch.x86.entry.SyscallTable;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plays scenarios on emulated machines, each on one that has just been switched on. */
final class EmulatedSide implements Side {

    /** Low enough that no length makes an address run over the end of a 32-bit program's memory before it is read. */
    private static final long MEMORY_END = 0x5000_0000L;

    private static final long PATIENCE_MILLIS = 30_000;

    private final Gate gate;
    private final Consumer<EmulatedMachine> preparation;
    private final SyscallTable table;
    private final ExecutorService directors = Executors.newSingleThreadExecutor(task -> daemon(task, "emulated side"));

    /**
     * Prepares machines.
     *
     * @param gate an emulated gate
     * @param preparation what is done to each machine before it is played on
     */
    EmulatedSide(Gate gate, Consumer<EmulatedMachine> preparation) {
        this.gate = gate;
        this.preparation = preparation;
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL)) {
            this.table = machine.table(gate.abi()).orElseThrow();
        }
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
    public boolean has(Syscall call) {
        return table.row(call.number(gate.abi())).support() != SyscallDefinitions.Support.ABSENT;
    }

    @Override
    public CompletableFuture<Transcript> play(Play play) {
        return CompletableFuture.supplyAsync(() -> direct(play), directors);
    }

    private Transcript direct(Play play) {
        MachineSetup setup = MachineSetup.of(KernelGeneration.MODERN, Vendor.INTEL)
                .as(HostCredentials.of(play.userId()))
                .in(play.directory());
        try (EmulatedMachine machine = new EmulatedMachine(setup)) {
            preparation.accept(machine);
            SyscallEntry entry = EmulatedGates.open(gate, machine);
            Blocks blocks = new EmulatedBlocks(machine.memoryBelow(MEMORY_END));
            ProgramStart start = new ProgramStart(entry, blocks);
            return play(play, machine, entry, blocks, start);
        }
    }

    /** With several threads each has a Java thread of its own, and deadlines of its own. The first thread is the program's. */
    private static Transcript play(
            Play play, EmulatedMachine machine, SyscallEntry entry, Blocks blocks, ProgramStart start) {
        Supplier<PlayedTask> first = () -> {
            start.run();
            return PlayedTask.current(machine, entry);
        };
        Supplier<ConfinedThread> starter = () -> new ConfinedThread(entry, () -> PlayedTask.current(machine, entry));
        if (play.scenario().threads().isEmpty()) {
            Player player = new Player(play.scenario(), entry, blocks, CallGuard.none(), play.directory(), starter);
            return await(player, DEADLINE_MILLIS, first);
        }
        try (ConfinedThread thread = new ConfinedThread(entry, first::get)) {
            Player player = new Player(play.scenario(), thread, blocks, CallGuard.none(), play.directory(), starter);
            return await(player, PATIENCE_MILLIS, () -> null);
        }
    }

    /** A play that sleeps in a call at the deadline sleeps for good; one that runs gets more time, for the host may be busy. */
    private static Transcript await(Player player, long patience, Supplier<@Nullable PlayedTask> identity) {
        Transcript[] seen = new Transcript[1];
        AtomicReference<@Nullable PlayedTask> task = new AtomicReference<>();
        Thread thread = daemon(
                () -> {
                    task.set(identity.get());
                    seen[0] = player.play();
                },
                "emulated player");
        thread.start();
        try {
            long waited = 0;
            while (!thread.join(Duration.ofMillis(patience))) {
                waited += patience;
                PlayedTask known = task.get();
                if ((known != null && known.isAsleep()) || waited >= PATIENCE_MILLIS) {
                    return player.soFar(Transcript.Ending.BLOCKED, "a call did not come back");
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return seen[0] == null ? player.soFar(Transcript.Ending.ENDED, "the runner failed or was stopped") : seen[0];
    }

    @Override
    public void close() {
        directors.shutdownNow();
    }
}

package dev.trapgate.differential;

import dev.trapgate.Gates;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Plays scenarios through two gates of one convention, and compares.
 *
 * <p>A native side plays in child JVMs of its own; closing the runner ends them.
 */
public final class DifferentialRunner implements AutoCloseable {

    private final PlayGround ground = new PlayGround();
    private final Side left;
    private final Side right;
    private final int ownId;
    private int plays;

    /**
     * Opens both sides.
     *
     * @param left a gate
     * @param right another of the same convention
     * @throws GateUnavailableException if this host lacks one of them
     * @throws IllegalArgumentException if their conventions differ
     */
    public DifferentialRunner(Gate left, Gate right) {
        this(left, machine -> {}, right, machine -> {});
    }

    /**
     * Opens both sides.
     *
     * @param left a gate
     * @param onLeft what is done to each emulated machine of the left side before a scenario is played on it
     * @param right another of the same convention
     * @param onRight what is done to those of the right side
     */
    DifferentialRunner(Gate left, Consumer<EmulatedMachine> onLeft, Gate right, Consumer<EmulatedMachine> onRight) {
        if (left.abi() != right.abi()) {
            throw new IllegalArgumentException(
                    left + " speaks " + left.abi() + " and " + right + " speaks " + right.abi());
        }
        this.ownId = ownId();
        this.left = side(left, "a", onLeft);
        boolean share = ownId == 0 || left.kind() != right.kind();
        this.right = side(right, share ? "a" : "b", onRight);
    }

    /** Sides that can each have a file system of their own have it in the same place. */
    private Side side(Gate gate, String place, Consumer<EmulatedMachine> preparation) {
        if (gate.kind() == Gate.Kind.EMULATED) {
            return new EmulatedSide(gate, preparation);
        }
        Gates.open(gate);
        return new NativeSide(gate, ground.path().resolve(place));
    }

    private static int ownId() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException unmounted) {
            throw new UncheckedIOException("/proc must be mounted to know the user", unmounted);
        }
    }

    /** {@return the users that scenarios can be played as: root needs a runner that is} */
    public List<User> users() {
        return ownId == 0 ? List.of(User.ROOT, User.NOBODY) : List.of(User.NOBODY);
    }

    /** {@return whether both sides have a call: an emulated kernel lacks some, and a gate may have no function for it} */
    public boolean has(String call) {
        return Syscall.named(call)
                .filter(known -> known.existsOn(abi()))
                .filter(known -> Stream.of(left, right).allMatch(side -> side.has(known)))
                .isPresent();
    }

    /** {@return the convention} */
    public Abi abi() {
        return left.gate().abi();
    }

    /** {@return the left gate} */
    public Gate left() {
        return left.gate();
    }

    /** {@return the right gate} */
    public Gate right() {
        return right.gate();
    }

    /**
     * Plays a scenario on both sides, after those that were handed in before, and compares.
     *
     * @param scenario what to play
     * @param user with whose rights
     * @return the verdict, when both have been played
     */
    public CompletableFuture<Verdict> compare(Scenario scenario, User user) {
        int userId = user == User.NOBODY && ownId != 0 ? ownId : user.id();
        String inside = "%06d/u/v/w".formatted(plays++);
        CompletableFuture<Transcript> ours =
                left.play(new Play(scenario, userId, left.directory(ground.path()) + inside));
        CompletableFuture<Transcript> theirs =
                right.play(new Play(scenario, userId, right.directory(ground.path()) + inside));
        return ours.thenCombine(theirs, (one, other) -> Verdict.of(scenario, abi(), user, one, other));
    }

    @Override
    public void close() {
        left.close();
        right.close();
        ground.close();
    }
}

package dev.trapgate.differential;

import dev.trapgate.Gates;
import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Plays scenarios through two gates of one convention, and compares.
 *
 * <p>A native side plays in child JVMs of its own; closing the runner ends them.
 */
public final class DifferentialRunner implements AutoCloseable {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Path base;
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
        this(left, right, machine -> {});
    }

    /**
     * Opens both sides.
     *
     * @param left a gate
     * @param right another of the same convention
     * @param preparation what is done to each emulated machine before a scenario is played on it, on either side
     */
    DifferentialRunner(Gate left, Gate right, Consumer<EmulatedMachine> preparation) {
        if (left.abi() != right.abi()) {
            throw new IllegalArgumentException(
                    left + " speaks " + left.abi() + " and " + right + " speaks " + right.abi());
        }
        this.base = makeBase();
        this.ownId = ownId(base);
        this.left = side(left, "a", preparation);
        boolean share = ownId == 0 || left.kind() != right.kind();
        this.right = side(right, share ? "a" : "b", preparation);
    }

    /** Sides that can each have a file system of their own have it in the same place. */
    private Side side(Gate gate, String place, Consumer<EmulatedMachine> preparation) {
        if (gate.kind() == Gate.Kind.EMULATED) {
            return new EmulatedSide(gate, preparation);
        }
        Gates.open(gate);
        try {
            return new NativeSide(gate, Files.createDirectories(base.resolve(place)));
        } catch (IOException full) {
            throw new UncheckedIOException("no directory for the plays in " + base, full);
        }
    }

    private static Path makeBase() {
        Path parent = Files.isWritable(SHARED_MEMORY) ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path made = Files.createTempDirectory(parent, "trapgate-diff-");
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
            return made;
        } catch (IOException full) {
            throw new UncheckedIOException("no directory for the plays in " + parent, full);
        }
    }

    private static int ownId(Path own) {
        try {
            return (int) Files.getAttribute(own, "unix:uid");
        } catch (IOException vanished) {
            throw new UncheckedIOException(vanished);
        }
    }

    /** {@return the users that scenarios can be played as: root needs a runner that is} */
    public List<User> users() {
        return ownId == 0 ? List.of(User.ROOT, User.NOBODY) : List.of(User.NOBODY);
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
        String inside = "%06d/w".formatted(plays++);
        CompletableFuture<Transcript> ours = left.play(new Play(scenario, userId, left.directory(base) + inside));
        CompletableFuture<Transcript> theirs = right.play(new Play(scenario, userId, right.directory(base) + inside));
        return ours.thenCombine(theirs, (one, other) -> Verdict.of(scenario, abi(), user, one, other));
    }

    @Override
    public void close() {
        left.close();
        right.close();
        try {
            Files.deleteIfExists(base);
        } catch (IOException left) {
            // What a killed child left lies on a tmpfs, and is small.
        }
    }
}

package dev.trapgate.differential;

import dev.trapgate.Gates;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * The program of the child JVM that plays scenarios natively. Reads plays from its standard input, writes a transcript
 * for each to its standard output, and ends with its input, or once it is not as it was.
 */
final class NativeChild {

    /** Calls of every number of arguments: wrappers of a shape are linked alike. */
    private static final List<String> WARM_UP = List.of(
            "getpid()",
            "close(-1)",
            "access(\"nothing\", 0)",
            "read(-1, 0, 0)",
            "fcntl(-1, F_GETFD, 0)",
            "openat(AT_FDCWD, \"nothing\", O_RDONLY, 0)",
            "lseek(-1, 0, 0)",
            "fstatat64(-1, \"\", &struct, 0)",
            "newfstatat(-1, \"\", &struct, 0)",
            "statx(-1, \"\", 0, 0, &struct)",
            "copy_file_range(-1, 0, -1, 0, 0, 0)");

    /** A file of each kind, for what reads them; %s is the directory. */
    private static final List<List<String>> WARM_UP_FILES = List.of(
            List.of(
                    "f = openat(AT_FDCWD, \"%s/f\", O_RDWR|O_CREAT, 0644)",
                    "write($f, @pattern:100, 100)", "lseek($f, 1, SEEK_SET)", "close($f)"),
            List.of("mkdirat(AT_FDCWD, \"%s/d\", 0755)"),
            List.of("linkat(AT_FDCWD, \"%s/f\", AT_FDCWD, \"%s/d/f\", 0)"),
            List.of("symlinkat(\"f\", AT_FDCWD, \"%s/l\")"),
            List.of("mknodat(AT_FDCWD, \"%s/p\", 0010644, 0)"),
            List.of("setxattr(\"%s/f\", \"user.a\", \"x\", 1, 0)"),
            List.of("fchmodat(AT_FDCWD, \"%s/d\", 0)"),
            List.of("chown(\"nothing\", -1, -1)"));

    /** A tmpfs is replaced after so many plays, whose files it keeps until then. */
    private static final int PLAYS = 1000;

    private static final String[] WARM_UP_THREADS = {
        "t = &timespec{tv_sec=0,tv_nsec=20000000}", "thread t {", "nanosleep($t, 0) blocks", "}", "await t", "join t",
    };

    private final SyscallEntry entry;
    private final Sandbox sandbox;
    private final NativeBlocks blocks;
    private boolean leftAsleep;

    private NativeChild(SyscallEntry entry, Sandbox sandbox) {
        this.entry = entry;
        this.sandbox = sandbox;
        this.blocks = new NativeBlocks(entry.abi(), sandbox.raw());
    }

    /**
     * Plays until the input ends.
     *
     * @param arguments the gate, and the directory under which plays have theirs
     */
    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
        Gate gate = Gate.valueOf(arguments[0]);
        Sandbox sandbox = new Sandbox(arguments[1]);
        NativeChild child = new NativeChild(Gates.open(gate), sandbox);
        out.writeBoolean(sandbox.confine());
        child.warmUp(arguments[1]);
        out.flush();
        child.serve(in, out);
        Runtime.getRuntime().halt(0);
    }

    /** Whatever a call makes the JVM load is loaded here: a confined thread has closed the files it comes from. */
    private void warmUp(String base) {
        String directory = base + "/warm-up-" + ProcessHandle.current().pid() + "/u/v/w";
        sandbox.makeDirectory(directory, 0);
        WARM_UP.forEach(step -> warmUp(directory, step));
        WARM_UP_FILES.forEach(steps -> warmUp(
                directory,
                steps.stream().map(step -> step.replace("%s", directory)).toArray(String[]::new)));
        warmUp(directory, WARM_UP_THREADS);
        warmUpNetwork();
    }

    /** The next thread that has a network of its own will load nothing. */
    private void warmUpNetwork() {
        try {
            new ConfinedThread(entry, () -> {
                        sandbox.confineNetwork();
                        return NativeThread.current(entry.gate(), sandbox.raw());
                    })
                    .close();
        } catch (IllegalStateException refused) {
            // A play that wants one will say so.
        }
    }

    private void warmUp(String directory, String... steps) {
        Scenario scenario = Scenario.of("warm-up", steps);
        play(new Play(scenario, 0, directory), guard(directory), () -> {});
    }

    private void serve(DataInputStream in, DataOutputStream out) throws IOException {
        boolean fresh = true;
        for (int plays = 1; fresh; plays++) {
            if (plays % PLAYS == 0) {
                sandbox.renew();
            }
            Play play;
            try {
                play = PlayFrame.read(in);
            } catch (EOFException end) {
                return;
            }
            NativeGuard guard = guard(play.directory());
            sandbox.makeDirectory(play.directory(), play.userId());
            Sandbox.Network network = sandbox.network(play.scenario());
            guard.setNetwork(network);
            Transcript transcript =
                    play(play, guard, () -> sandbox.confineThread(play.directory(), play.userId(), network));
            fresh = isAsItWas(guard) && !leftAsleep && transcript.ending() != Transcript.Ending.BLOCKED;
            fresh = fresh && sandbox.tidy(guard.leftovers());
            transcript.write(out);
            out.writeBoolean(fresh);
            out.flush();
        }
    }

    private boolean isAsItWas(NativeGuard guard) {
        return switch (guard.state()) {
            case KEPT -> true;
            case RESTORED -> sandbox.restore();
            case CHANGED, SPENT -> false;
        };
    }

    private NativeThread confineNext() {
        sandbox.unblockSignals();
        return NativeThread.current(entry.gate(), sandbox.raw());
    }

    private NativeGuard guard(String directory) {
        return new NativeGuard(entry.gate(), directory, blocks.end(), sandbox.isolation());
    }

    private Transcript play(Play play, NativeGuard guard, Runnable confinement) {
        try (ConfinedThread first = new ConfinedThread(entry, () -> {
            confinement.run();
            return NativeThread.current(entry.gate(), sandbox.raw());
        })) {
            Player player = new Player(
                    play.scenario(),
                    first,
                    blocks,
                    guard,
                    play.directory(),
                    () -> first.fork(sandbox::blockSignals, this::confineNext, sandbox::unblockSignals));
            Transcript transcript = player.play();
            leftAsleep = player.leavesSleepers();
            return transcript;
        } finally {
            blocks.release();
        }
    }
}

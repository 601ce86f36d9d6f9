package dev.trapgate.cli;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedProgram;
import dev.trapgate.emulator.MachineSetup;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.linux.fs.exec.ExecException;
import dev.trapgate.emulator.linux.fs.exec.LinuxBinprm;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import dev.trapgate.notation.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapgate run}: a program on the emulated machine. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a static Linux program of i386 or x86-64 on the emulated machine.",
        footer = {
            "",
            "Everything after PROGRAM is the program's. Its standard streams are this command's; what else is",
            "said goes to the standard error. A call that the emulated kernel lacks is reported once. It has your",
            "user and group number.",
            "",
            "Exit status: the program's; 128 plus the signal's number if one killed it; 124 if --timeout did;",
            "126 if it cannot be executed; 127 if there is no such file; 2 wrong usage."
        })
final class RunCommand implements Callable<Integer> {

    /** As an int, so that it prints as people write it: thirty years. */
    private static final int LONGEST = 1_000_000_000;

    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "PROGRAM",
            description = "The program: an ELF image that needs no interpreter.")
    private String program = "";

    @Parameters(index = "1..*", paramLabel = "ARG", description = "Its arguments.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--strace", description = "Print every system call, as strace(1) does.")
    private boolean strace;

    @Option(names = "--entries", description = "Print every passage into the emulated kernel.")
    private boolean entries;

    @Option(names = "--walk", description = "Print every passage step by step, as the command walk does.")
    private boolean walk;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description =
                    "What the program sees as its root directory, read-only without --copy; PROGRAM is found there. "
                            + "/dev, /proc and /tmp are the emulated kernel's own. Without it the program sees no file of this "
                            + "machine.")
    private @Nullable Path root;

    @Option(
            names = "--copy",
            description =
                    "The program may change everything below its root directory: changes are made in memory and end "
                            + "with the program. Nothing of this machine changes.")
    private boolean copy;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = MemorySize.class,
            description =
                    "How much memory the program's machine has, in bytes, or with k, m or g in KiB, MiB or GiB. A "
                            + "program that touches more is killed. Files in memory may take half as much beside it. 1g unless "
                            + "given, less where this JVM's heap is small.")
    private MachineSetup.@Nullable Memory memory;

    @Mixin
    private EnvironmentOptions environment = new EnvironmentOptions();

    @Option(
            names = "--lockstep",
            description = {
                "Run the real program, on this machine's processor and kernel, and follow it with the interpreter,",
                "instruction by instruction; print the first instruction after which registers or memory differ.",
                "Exit status then: 0 alike to the end; 1 different; 3 no process can be traced here."
            })
    private boolean lockstep;

    @Mixin
    private MachineOptions options = new MachineOptions();

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Kill the program after so many seconds.")
    private @Nullable Double timeout;

    /**
     * Takes the command's own description, and has it leave what follows the program to the program.
     *
     * @param spec the description
     */
    @Spec
    void describedBy(CommandSpec spec) {
        this.spec = spec;
        spec.parser().stopAtPositional(true);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        timeLimit();
        if (lockstep) {
            return follow(err);
        }
        if (copy && root == null) {
            throw new UsageException(
                    "--copy needs --root DIR: without it all that the program sees is in memory already");
        }
        List<String> variables = environment.of(System.getenv());
        try (HostDirectory tree = root == null ? null : openRoot(root);
                EmulatedMachine machine = new EmulatedMachine(setup(tree))) {
            return run(machine, variables, err);
        } catch (ExecException refused) {
            err.println("trapgate: cannot execute " + program + ": " + refused.getMessage());
            return ProgramFile.statusOf(refused);
        } finally {
            err.flush();
        }
    }

    private int run(EmulatedMachine machine, List<String> variables, PrintWriter err)
            throws ExecException, InterruptedException {
        EmulatedProgram emulated;
        TaskEnd end;
        long start;
        try (StandardStreams streams = StandardStreams.connect(machine)) {
            emulated = load(machine, variables);
            PrintWriter messages = streams.messages(err);
            new TracedCalls(machine, messages, strace).install();
            listen(emulated.thread().cpu(), messages);
            start = System.nanoTime();
            end = end(emulated);
            messages.flush();
        }
        return status(emulated, end, System.nanoTime() - start, err);
    }

    private int follow(PrintWriter err) throws IOException, InterruptedException {
        boolean isEmulated = root != null || copy || memory != null || environment.areGiven();
        if (strace || entries || walk || isEmulated) {
            throw new UsageException(
                    "--lockstep runs the real program on the real kernel: --root, --copy, --memory, --env, "
                            + "--clear-env, --strace, --entries and --walk are of the emulated one; leave them out");
        }
        int status = LockstepRun.run(commandLine(), timeLimit(), err);
        return status == ExitStatus.TIMED_OUT ? timedOut(err) : status;
    }

    private int timedOut(PrintWriter err) {
        err.println("trapgate: " + program + " was still running after " + timeout + " s, and was killed");
        return ExitStatus.TIMED_OUT;
    }

    private void listen(Cpu cpu, PrintWriter err) {
        if (walk) {
            cpu.listen(WalkListener.of(cpu, err));
        } else if (entries) {
            cpu.listen(new EntryListener(cpu, err));
        }
    }

    private static HostDirectory openRoot(Path root) {
        try {
            return HostDirectory.open(root);
        } catch (NotDirectoryException | NoSuchFileException other) {
            throw new UsageException("--root " + root + ": that is no directory");
        } catch (IOException refused) {
            throw new UsageException("--root " + root + " cannot be opened: " + refused.getMessage());
        }
    }

    private MachineSetup setup(@Nullable HostDirectory tree) {
        MachineSetup setup =
                MachineSetup.of(options.kernel().generation(), options.vendor()).as(HostUser.credentials());
        MachineSetup sized = memory == null ? setup : setup.with(memory);
        if (tree == null) {
            return sized;
        }
        return copy ? sized.overCopyOf(tree) : sized.over(tree);
    }

    private EmulatedProgram load(EmulatedMachine machine, List<String> variables) throws ExecException {
        List<String> all = commandLine();
        return root != null
                ? EmulatedProgram.exec(machine, program, all, variables)
                : EmulatedProgram.load(machine, new LinuxBinprm(program, ProgramFile.read(program), all, variables));
    }

    private List<String> commandLine() {
        List<String> all = new ArrayList<>();
        all.add(program);
        all.addAll(arguments);
        return all;
    }

    /** {@return how long the program may run; null for as long as it likes} */
    private @Nullable Duration timeLimit() {
        Double seconds = timeout;
        if (seconds != null && !(seconds > 0 && seconds <= LONGEST)) {
            throw new UsageException(
                    "--timeout " + seconds + ": more than 0 and at most " + LONGEST + " seconds are wanted");
        }
        return seconds == null ? null : Duration.ofNanos((long) (seconds * 1e9));
    }

    private TaskEnd end(EmulatedProgram emulated) throws InterruptedException {
        Duration limit = timeLimit();
        return limit == null ? emulated.run() : emulated.run(limit);
    }

    private int status(EmulatedProgram emulated, TaskEnd end, long nanos, PrintWriter err) {
        Signal signal = end.signal();
        if (signal == null) {
            return end.status();
        }
        Duration limit = timeLimit();
        if (limit != null && nanos >= limit.toNanos()) {
            return timedOut(err);
        }
        if (emulated.machine().process().mm().hasRunOut()) {
            err.println("trapgate: " + program + " was " + end + ": it needed more memory than the machine has"
                    + (memory == null ? "" : ", " + MemorySize.text(memory.bytes()))
                    + "; --memory SIZE gives it more");
        } else if (signal.number() != Signal.SIGINT && signal.number() != Signal.SIGPIPE) {
            // Of these two a shell says nothing either: who pressed the key, or closed the pipe, knows.
            err.println("trapgate: " + program + " was " + end + DeathText.of(emulated, end));
        }
        return end.shellStatus();
    }
}

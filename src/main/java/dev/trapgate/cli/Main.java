package dev.trapgate.cli;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.notation.UsageException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code trapgate} command. */
@Command(
        name = "trapgate",
        mixinStandardHelpOptions = true,
        version = "trapgate 0.1.0",
        description = "Every way from Java through the gate into the Linux kernel.",
        subcommands = {
            CallCommand.class,
            CostCommand.class,
            GatesCommand.class,
            TableCommand.class,
            AuxvCommand.class,
            VdsoCommand.class,
            WalkCommand.class,
            DiffCommand.class,
            RunCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit status: 0 done; 1 the kernel answered with an error, or answers differ;",
            "2 wrong usage; 3 this host lacks that gate."
        })
public final class Main implements Runnable {

    private static final String STACK_TRACE_PROPERTY = "dev.trapgate.stacktrace";

    /** In characters; the texts of the commands are written for it. */
    private static final int HELP_WIDTH = 100;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /**
     * Runs the command and ends the JVM with its exit status.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(execute(commandLine(), arguments));
    }

    private static int execute(CommandLine commandLine, String... arguments) {
        try {
            return commandLine.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError failed) {
            return explainDefect(failed, commandLine);
        }
    }

    /** {@return the command line, its errors worded for people} */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Gate.class, text -> named(Gate.values(), text))
                .registerConverter(Abi.class, text -> named(Abi.values(), text))
                .setExpandAtFiles(false)
                .setUsageHelpWidth(HELP_WIDTH)
                .setParameterExceptionHandler(Main::explainUsage)
                .setExecutionExceptionHandler(Main::explainFailure);
    }

    /** A gate or a convention by its name in any case, words joined by hyphens or underscores. */
    private static <E extends Enum<E>> E named(E[] all, String text) {
        return Arrays.stream(all)
                .filter(one -> one.name().equalsIgnoreCase(text.replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "expected one of " + Arrays.toString(all) + " (case-insensitive) but was '" + text + "'"));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing; there are " + commands(spec.commandLine()));
    }

    private static String commands(CommandLine commandLine) {
        return String.join(", ", commandLine.getSubcommands().keySet());
    }

    private static int explainUsage(ParameterException problem, String... arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("trapgate: " + message(problem));
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitStatus.USAGE;
    }

    private static String message(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        boolean isTopLevel = command.getParent() == null;
        return isTopLevel && problem instanceof UnmatchedArgumentException unmatched
                ? noCommand(unmatched.getUnmatched().getFirst(), command)
                : Objects.requireNonNullElse(problem.getMessage(), problem.toString());
    }

    private static String noCommand(String word, CommandLine command) {
        return "there is no " + (word.startsWith("-") ? "option" : "command") + " '" + word + "'; the commands are "
                + commands(command);
    }

    private static int explainFailure(Exception problem, CommandLine command, ParseResult parsed) {
        if (problem instanceof GateUnavailableException unavailable) {
            command.getErr().println("trapgate: " + unavailable.getMessage());
            return ExitStatus.NO_SUCH_GATE;
        }
        if (problem instanceof UsageException mistake) {
            command.getErr().println("trapgate: " + mistake.getMessage());
            return ExitStatus.USAGE;
        }
        if (problem instanceof EmulatedEndException end) {
            command.getErr().println("trapgate: " + end.getMessage());
            return ExitStatus.DIFFERED;
        }
        return explainDefect(problem, command);
    }

    /** What nobody foresaw is our mistake, not the user's, and says so; where it happened is shown on demand. */
    private static int explainDefect(Throwable defect, CommandLine command) {
        PrintWriter err = command.getErr();
        err.println("trapgate: unexpected failure, a defect of Trapgate: " + defect);
        if (Boolean.getBoolean(STACK_TRACE_PROPERTY)) {
            defect.printStackTrace(err);
        } else {
            err.println("To see where, set TRAPGATE_JAVA_OPTS=-D" + STACK_TRACE_PROPERTY + "=true and try again.");
        }
        err.flush();
        return ExitStatus.DIFFERED;
    }
}

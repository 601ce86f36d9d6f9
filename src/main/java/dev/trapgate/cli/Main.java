package dev.trapgate.cli;

import dev.trapgate.entry.GateUnavailableException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

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
            WalkCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit status: 0 done; 1 the kernel answered with an error, or answers differ;",
            "2 wrong usage; 3 this host lacks that gate."
        })
public final class Main implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /**
     * Runs the command and ends the JVM with its exit status.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** {@return the command line, its errors worded for people} */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Main::explainUsage)
                .setExecutionExceptionHandler(Main::explainFailure);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int explainUsage(ParameterException problem, String... arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("trapgate: " + problem.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitStatus.USAGE;
    }

    private static int explainFailure(Exception problem, CommandLine command, ParseResult parsed) throws Exception {
        if (problem instanceof GateUnavailableException unavailable) {
            command.getErr().println("trapgate: " + unavailable.getMessage());
            return ExitStatus.NO_SUCH_GATE;
        }
        if (problem instanceof UsageException mistake) {
            command.getErr().println("trapgate: " + mistake.getMessage());
            return ExitStatus.USAGE;
        }
        throw problem;
    }
}

package dev.trapgate.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** What a command line did: its exit status and what it printed. */
record CommandRun(int exitStatus, String out, String err) {

    /** Runs a command line in this process. */
    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitStatus = command.execute(arguments);
        return new CommandRun(exitStatus, out.toString(), err.toString());
    }

    List<String> lines() {
        return out.lines().toList();
    }
}

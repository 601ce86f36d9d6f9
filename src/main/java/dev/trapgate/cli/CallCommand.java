package dev.trapgate.cli;

import dev.trapgate.Gates;
import dev.trapgate.entry.Gate;
import dev.trapgate.notation.CallTarget;
import dev.trapgate.notation.UsageException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapgate call}: makes one system call and shows what it answered. */
@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        description = "Makes a system call through a gate and shows it as strace does, with the gate.",
        footer = {
            "",
            "Arguments:",
            "  7 -1 0x10 0o644    a number of up to 64 bits; 0b binary; 0644 is octal as in C",
            "  O_RDONLY|O_CLOEXEC constants of the C headers, and numbers, joined by |",
            "  '\"text\"'           a C string; escapes \\n \\t \\r \\0 \\xNN \\\\ \\\"",
            "  @text:characters   an input buffer: the same without the NUL at its end",
            "  @64                an output buffer of 64 bytes (at most 256 MiB), shown afterwards",
            "  '&struct'          a zeroed structure of the parameter's own type, shown afterwards",
            "  '&timespec{tv_sec=1,tv_nsec=0}'",
            "                     a structure by name, with fields set; a field takes any argument",
            "  '&pollfd[4]' '&iovec[{iov_base=@8,iov_len=8}]' '&int[2]'",
            "                     several of them; C's integer types are known too",
            "  '[\"ls\",\"-l\"]'      an array of pointers, ended by NULL",
            "Parameters that count for some operations only (open's mode, fcntl's arg) may be left out.",
            "",
            "With --all-gates the call is made once per gate, with memory of its own each time, one line",
            "a gate. An answer that should equal the first one and does not is marked 'differs' (exit",
            "status 1): another errno, an error where the first succeeded, another value. Values that are",
            "new each time (descriptors, addresses, clocks, byte counts) may differ. Calls that make or",
            "remove something (mkdir, unlink, ...) are not compared: the first changes what the next meets.",
            "",
            "Descriptors that a call opens are closed again. Calls that would end, replace or endanger the",
            "JVM (exit, execve, munmap, close, kill, prctl, ...) are made in a child JVM; fork and its kin are",
            "refused. A call that blocks blocks: end it with Ctrl-C. Addresses given as numbers are taken on",
            "trust: what the kernel writes there may be the JVM's own.",
            "",
            "Exit status: 0 done; 1 the kernel answered with an error, answers differ or a signal ended the",
            "child; 2 wrong usage; 3 this host lacks that gate, or that gate lacks the call.",
            "",
            "Examples:",
            "  trapgate call getppid --all-gates",
            "  trapgate call openat AT_FDCWD '\"/etc/hostname\"' O_RDONLY",
            "  trapgate call uname '&new_utsname'",
            "  trapgate call nanosleep '&timespec{tv_nsec=1000000}' 0 --gate INT80"
        })
final class CallCommand implements Callable<Integer> {

    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME|NUMBER", description = "The call, by its name or its gate's number.")
    private String target = "";

    @Parameters(index = "1..*", paramLabel = "ARG", description = "Its arguments, see below.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--gate",
            paramLabel = "GATE",
            description = "The gate: ${COMPLETION-CANDIDATES}. SYSCALL unless given; LIBC_SYSCALL where that is shut.")
    private @Nullable Gate gate;

    @Option(names = "--all-gates", description = "Make the call through every gate and compare.")
    private boolean throughAllGates;

    /**
     * Takes the command's own description, and has it read {@code -1} as an argument.
     *
     * @param spec the description
     */
    @Spec
    void describedBy(CommandSpec spec) {
        this.spec = spec;
        spec.parser().unmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() {
        if (gate != null && throughAllGates) {
            throw new UsageException("--gate and --all-gates exclude each other");
        }
        words.stream().filter(word -> word.startsWith("--")).findFirst().ifPresent(CallCommand::refuseOption);
        CallRequest request = CallRequest.parse(target, words);
        Optional<ChildReport> report = ChildReport.requested();
        if (report.isPresent()) {
            return report.get().make(request, gate());
        }
        PrintWriter out = spec.commandLine().getOut();
        int exitStatus = throughAllGates ? new AllGatesCall(request).print(out) : print(out, request);
        out.flush();
        return exitStatus;
    }

    /** Negative numbers are arguments, so whatever looks like an option and is none arrives as one. */
    private static void refuseOption(String word) {
        throw new UsageException("unknown option '" + word + "'; call has --gate GATE, --all-gates and --help");
    }

    private int print(PrintWriter out, CallRequest request) {
        Gate chosen = gate();
        try {
            Answer answer = new GateCall(request, chosen).make(CallTarget.of(request.target(), chosen.abi()));
            out.println(answer.line());
            answer.details().forEach(out::println);
            return answer.exitStatus();
        } catch (CallNotMadeException notMade) {
            spec.commandLine()
                    .getErr()
                    .println("trapgate: " + request.target() + " is not made through " + chosen + ": "
                            + notMade.getMessage());
            return notMade.exitStatus();
        }
    }

    private Gate gate() {
        if (gate != null) {
            return gate;
        }
        return Gates.status(Gate.SYSCALL).isOpen() ? Gate.SYSCALL : Gate.LIBC_SYSCALL;
    }
}

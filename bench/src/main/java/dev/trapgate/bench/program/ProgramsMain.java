package dev.trapgate.bench.program;

import dev.trapgate.emulator.linux.fs.exec.ExecException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How fast whole programs are on the emulated machine, beside the same programs natively and by qemu: sieve, crc32, fib,
 * mandelbrot, qsort and a loop of getppid(2) in C, compiled statically for both ABIs, and a loop of busybox's shell.
 *
 * <p>{@code java -cp … dev.trapgate.bench.program.ProgramsMain [ROUNDS [NAME…]]}. What is not installed here is "absent". Rounds of
 * the interpreter are in one JVM; the median counts.
 */
final class ProgramsMain {

    private static final List<String> NAMES = List.of("sieve", "crc32", "fib", "mandelbrot", "qsort", "getppid", "sh");
    private static final String LOOP = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
    private static final int FEW = 3;

    /** One ABI's programs. */
    private enum Width {
        X86_64("-m64", "qemu-x86_64", "AMD64"),
        I386("-m32", "qemu-i386", "I386");

        private final String option;
        private final String qemu;
        private final String debian;

        Width(String option, String qemu, String debian) {
            this.option = option;
            this.qemu = qemu;
            this.debian = debian;
        }
    }

    private ProgramsMain() {}

    /**
     * Measures and prints a table.
     *
     * @param arguments how many rounds, 3 unless given, and which programs
     * @throws IOException if a native program cannot be run
     * @throws ExecException if an emulated one cannot be loaded
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, ExecException, InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : FEW;
        List<String> names = arguments.length > 1 ? List.of(arguments).subList(1, arguments.length) : NAMES;
        PrintStream out = System.out;
        out.println(
                "| program | ABI | million instructions | interpreter, ms | million a second | natively, ms | qemu, ms |");
        out.println("|---|---|---|---|---|---|---|");
        Path directory = Files.createTempDirectory("trapgate-programs");
        try {
            for (Width width : Width.values()) {
                Optional<Path> compiled = compile(width, directory);
                for (String name : names) {
                    out.println(row(name, width, compiled, rounds));
                }
            }
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Optional<Path> compile(Width width, Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve("programs.c");
        try (InputStream in = ProgramsMain.class.getResourceAsStream("programs.c")) {
            Files.write(source, in.readAllBytes());
        }
        Path program = directory.resolve("programs" + width.option);
        Process gcc = new ProcessBuilder(
                        "gcc", "-O2", "-static", width.option, "-o", program.toString(), source.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return gcc.waitFor() == 0 ? Optional.of(program) : Optional.empty();
    }

    private static List<String> command(String name, Width width, Optional<Path> compiled) {
        if (!name.equals("sh")) {
            return compiled.map(program -> List.of(program.toString(), name)).orElse(List.of());
        }
        String named = System.getenv("TRAPGATE_BUSYBOX_" + width.debian);
        Path busybox = Path.of(named == null && width == Width.X86_64 ? "/bin/busybox" : String.valueOf(named));
        return Files.isExecutable(busybox) ? List.of(busybox.toString(), "sh", "-c", LOOP) : List.of();
    }

    private static String row(String name, Width width, Optional<Path> compiled, int rounds)
            throws IOException, ExecException, InterruptedException {
        List<String> command = command(name, width, compiled);
        String begin = "| " + name + " | " + width + " | ";
        if (command.isEmpty()) {
            return begin + "absent: no " + (name.equals("sh") ? "busybox-static" : "gcc " + width.option)
                    + " | | | | |";
        }
        byte[] image = Files.readAllBytes(Path.of(command.getFirst()));
        List<ProgramTiming> emulated = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            emulated.add(ProgramTiming.emulated(image, command));
        }
        ProgramTiming middle = median(emulated);
        List<String> byQemu = new ArrayList<>(List.of(width.qemu));
        byQemu.addAll(command);
        return begin
                + String.format(
                        "%.1f | %.0f | %.1f | %s | %s |",
                        middle.instructions() / 1e6,
                        middle.cpu() / 1e6,
                        middle.instructions() * 1e3 / middle.cpu(),
                        real(command, rounds),
                        real(byQemu, rounds));
    }

    private static String real(List<String> command, int rounds) throws IOException, InterruptedException {
        List<ProgramTiming> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Optional<ProgramTiming> one = ProgramTiming.real(command);
            if (one.isEmpty()) {
                return "absent";
            }
            all.add(one.get());
        }
        return String.format("%.0f", median(all).cpu() / 1e6);
    }

    private static ProgramTiming median(List<ProgramTiming> all) {
        return all.stream()
                .sorted(Comparator.comparingLong(ProgramTiming::cpu))
                .toList()
                .get(all.size() / 2);
    }
}

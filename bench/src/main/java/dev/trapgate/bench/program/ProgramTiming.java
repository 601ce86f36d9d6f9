package dev.trapgate.bench.program;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedProgram;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.fs.exec.ExecException;
import dev.trapgate.emulator.linux.fs.exec.LinuxBinprm;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one run of a program took; times in nanoseconds.
 *
 * @param instructions that the interpreter executed; 0 where nobody counted
 * @param cpu processor time
 * @param wall time by the clock
 */
record ProgramTiming(long instructions, long cpu, long wall) {

    /** What a shell answers for a command that is not there. */
    private static final int NOT_FOUND = 127;

    private static final int SECONDS = 1_000_000_000;

    /** {@return what the interpreter took} The calling thread's processor time: the JIT's is not in it. */
    static ProgramTiming emulated(byte[] image, List<String> command) throws ExecException {
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.AMD)) {
            EmulatedProgram program =
                    EmulatedProgram.load(machine, new LinuxBinprm(command.getFirst(), image, command, List.of()));
            long cpuStart = cpuTime();
            long start = System.nanoTime();
            TaskEnd end = program.run();
            long wall = System.nanoTime() - start;
            long cpu = cpuTime() - cpuStart;
            if (end.shellStatus() != 0) {
                throw new IllegalStateException(command + " " + end);
            }
            return new ProgramTiming(program.executed(), cpu, wall);
        }
    }

    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /**
     * {@return what a command of this machine took; empty if it is not there} A shell times it: Java does not learn what processor
     * time a child took once that has ended.
     */
    static Optional<ProgramTiming> real(List<String> command) throws IOException, InterruptedException {
        List<String> timed =
                new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='%3U %3S'; time \"$@\" >/dev/null", "sh"));
        timed.addAll(command);
        long start = System.nanoTime();
        Process shell = new ProcessBuilder(timed).start();
        String said = new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = shell.waitFor();
        long wall = System.nanoTime() - start;
        if (status == NOT_FOUND) {
            return Optional.empty();
        }
        if (status != 0) {
            throw new IllegalStateException(command + " ended with status " + status + ": " + said);
        }
        String[] words = said.substring(said.lastIndexOf('\n') + 1).split(" ", -1);
        double cpu = Double.parseDouble(words[0]) + Double.parseDouble(words[1]);
        return Optional.of(new ProgramTiming(0, (long) (cpu * SECONDS), wall));
    }
}

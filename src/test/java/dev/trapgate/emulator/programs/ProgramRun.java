package dev.trapgate.emulator.programs;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedProgram;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.fs.exec.LinuxBinprm;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How a program ended, as a shell tells it, and what it wrote to its standard output. */
record ProgramRun(int status, String output) {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** Runs an image on a machine of its own. */
    static ProgramRun emulated(KernelGeneration kernel, Vendor vendor, byte[] image, String name, String... arguments)
            throws Exception {
        try (EmulatedMachine machine = new EmulatedMachine(kernel, vendor)) {
            List<String> all = new ArrayList<>(List.of(name));
            all.addAll(List.of(arguments));
            EmulatedProgram program =
                    EmulatedProgram.load(machine, new LinuxBinprm(name, image, all, List.of("LANG=C", "EMPTY=")));
            TaskEnd end = program.run(DEADLINE);
            return new ProgramRun(
                    end.shellStatus(), new String(machine.console().written(), StandardCharsets.ISO_8859_1));
        }
    }

    /** Runs a file on this machine, with the same environment. */
    static ProgramRun real(Path file, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("LANG", "C");
        builder.environment().put("EMPTY", "");
        Process child = builder.start();
        child.getOutputStream().close();
        byte[] output = child.getInputStream().readAllBytes();
        if (!child.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            child.destroyForcibly();
            throw new IllegalStateException(file + " did not end");
        }
        return new ProgramRun(child.exitValue(), new String(output, StandardCharsets.ISO_8859_1));
    }
}

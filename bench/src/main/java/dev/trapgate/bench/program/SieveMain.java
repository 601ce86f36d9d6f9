package dev.trapgate.bench.program;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedProgram;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.fs.exec.ExecException;
import dev.trapgate.emulator.linux.fs.exec.LinuxBinprm;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast the interpreter is: a sieve of Eratosthenes of 10^7, in guest instructions per second of the thread's CPU time, and
 * in wall-clock time beside the same program run natively and, where it is installed, by qemu-x86_64.
 *
 * <p>{@code java -cp … dev.trapgate.bench.program.SieveMain [ROUNDS]}. The first round includes the JIT's warming up.
 */
final class SieveMain {

    private static final long CODE = 0x40_0000;

    /** What a shell answers for a command that is not there. */
    private static final int NOT_FOUND = 127;

    /** As qemu calls itself, and as Debian's qemu-user-static calls it; searched along PATH. */
    private static final List<String> QEMU = List.of("qemu-x86_64", "qemu-x86_64-static");

    private static final MachineCode SIEVE = MachineCode.of(
            "b8 0c 00 00 00", //       mov eax, 12            brk
            "31 ff", //                xor edi, edi
            "0f 05", //                syscall
            "48 89 c3", //             mov rbx, rax
            "48 8d b8 90 96 98 00", // lea rdi, [rax+10000016]
            "b8 0c 00 00 00", //       mov eax, 12
            "0f 05", //                syscall
            "ba 02 00 00 00", //       mov edx, 2
            "31 f6", //                xor esi, esi           the primes found
            "80 3c 13 00", //       1: cmp byte [rbx+rdx], 0
            "75 20", //                jne 3f
            "48 89 d0", //             mov rax, rdx
            "ff c6", //                inc esi
            "48 0f af c2", //          imul rax, rdx
            "48 3d 80 96 98 00", //    cmp rax, 10000000
            "7f 0f", //                jg 3f
            "c6 04 03 01", //       2: mov byte [rbx+rax], 1
            "48 01 d0", //             add rax, rdx
            "48 3d 80 96 98 00", //    cmp rax, 10000000
            "7e f1", //                jle 2b
            "48 ff c2", //          3: inc rdx
            "48 81 fa 81 96 98 00", // cmp rdx, 10000001
            "75 ce", //                jne 1b
            "31 ff", //                xor edi, edi
            "81 fe 03 24 0a 00", //    cmp esi, 664579
            "40 0f 95 c7", //          setne dil
            "b8 3c 00 00 00", //       mov eax, 60            exit
            "0f 05"); //               syscall

    private SieveMain() {}

    /**
     * Measures and prints.
     *
     * @param arguments how many rounds; five unless given
     * @throws IOException if the native program cannot be run
     * @throws ExecException if the emulated one cannot be loaded
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, ExecException, InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        byte[] image = StaticExecutable.of(
                ElfClass.ELF64, CODE, LoadSegment.of(CODE, Access.READ_EXECUTE, SIEVE.toByteArray()));
        PrintStream out = System.out;
        long executed = 0;
        for (int round = 1; round <= rounds; round++) {
            Round one = emulated(image);
            executed = one.executed();
            out.println("round " + round + ": " + one);
        }
        Path file = Files.createTempFile(
                "sieve", ".elf", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Files.write(file, image);
            out.println("native: " + real(rounds, executed, file.toString()));
            for (String qemu : QEMU) {
                out.println(qemu + ": " + real(rounds, executed, qemu, file.toString()));
            }
        } finally {
            Files.delete(file);
        }
    }

    /** What one run by the interpreter took; times in nanoseconds. */
    private record Round(long executed, long cpu, long wall) {

        @Override
        public String toString() {
            return String.format(
                    "%.1f million guest instructions per second; %d instructions, %.0f ms of CPU time, %.0f ms in all",
                    executed * 1e3 / cpu, executed, cpu / 1e6, wall / 1e6);
        }
    }

    private static Round emulated(byte[] image) throws ExecException {
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.AMD)) {
            EmulatedProgram program =
                    EmulatedProgram.load(machine, new LinuxBinprm("sieve", image, List.of("sieve"), List.of()));
            long cpuStart = cpuTime();
            long start = System.nanoTime();
            TaskEnd end = program.run();
            long wall = System.nanoTime() - start;
            long cpu = cpuTime() - cpuStart;
            if (end.shellStatus() != 0) {
                throw new IllegalStateException("the sieve " + end);
            }
            return new Round(program.executed(), cpu, wall);
        }
    }

    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** A shell times it: Java does not learn what CPU time a child took once that has ended. */
    private static String real(int rounds, long executed, String... command) throws InterruptedException, IOException {
        List<String> timed = new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='%U %S'; time \"$@\"", "sieve"));
        timed.addAll(List.of(command));
        List<Double> cpuTimes = new ArrayList<>();
        List<Double> wallTimes = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            Process shell = new ProcessBuilder(timed).start();
            String said = new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = shell.waitFor();
            wallTimes.add((System.nanoTime() - start) / 1e6);
            if (status != 0) {
                return status == NOT_FOUND ? "not here" : "the sieve's status was " + status + ": " + said;
            }
            String[] words = said.split(" ", -1);
            cpuTimes.add((Double.parseDouble(words[0]) + Double.parseDouble(words[1])) * 1e3);
        }
        double cpu = median(cpuTimes);
        return String.format(
                "%.1f million guest instructions per second; %.0f ms of CPU time, %.0f ms in all, the medians of %d",
                executed / 1e3 / cpu, cpu, median(wallTimes), rounds);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}

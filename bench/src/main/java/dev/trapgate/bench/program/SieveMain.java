package dev.trapgate.bench.program;

import dev.trapgate.emulator.linux.fs.exec.ExecException;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How fast the interpreter is: a sieve of Eratosthenes of 10^7, in guest instructions per second of the thread's CPU time, and
 * in wall-clock time beside the same program run natively and, where it is installed, by qemu-x86_64.
 *
 * <p>{@code java -cp … dev.trapgate.bench.program.SieveMain [ROUNDS]}. The first round includes the JIT's warming up.
 */
final class SieveMain {

    private static final long CODE = 0x40_0000;

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
            ProgramTiming one = ProgramTiming.emulated(image, List.of("sieve"));
            executed = one.instructions();
            out.println("round " + round + ": " + text(one));
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

    private static String text(ProgramTiming one) {
        return String.format(
                "%.1f million guest instructions per second; %d instructions, %.0f ms of CPU time, %.0f ms in all",
                one.instructions() * 1e3 / one.cpu(), one.instructions(), one.cpu() / 1e6, one.wall() / 1e6);
    }

    private static String real(int rounds, long executed, String... command) throws InterruptedException, IOException {
        List<Long> cpuTimes = new ArrayList<>();
        List<Long> wallTimes = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Optional<ProgramTiming> one = ProgramTiming.real(List.of(command));
            if (one.isEmpty()) {
                return "not here";
            }
            cpuTimes.add(one.get().cpu());
            wallTimes.add(one.get().wall());
        }
        long cpu = median(cpuTimes);
        return String.format(
                "%.1f million guest instructions per second; %.0f ms of CPU time, %.0f ms in all, the medians of %d",
                executed * 1e3 / cpu, cpu / 1e6, median(wallTimes) / 1e6, rounds);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}

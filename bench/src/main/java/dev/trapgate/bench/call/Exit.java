package dev.trapgate.bench.call;

import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.elf.ExitProgram;
import dev.trapgate.host.elf.MemoryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Starts a program that does nothing but exit(42) by one way into the kernel, and waits for it: what is to be seen of the
 * ways in a whole program's time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Exit extends IterationCounts {

    @Benchmark
    @Measured(caller = Caller.PROGRAM, gate = Gate.I386_INT80)
    public long int80() {
        return Programs.INT80.run(1);
    }

    @Benchmark
    @Measured(caller = Caller.PROGRAM, gate = Gate.I386_VSYSCALL)
    public long vsyscall() {
        return Programs.VSYSCALL.run(1);
    }

    @Benchmark
    @Measured(caller = Caller.PROGRAM, gate = Gate.SYSCALL)
    public long syscall() {
        return Programs.SYSCALL.run(1);
    }

    /** The programs, in files that stay open. */
    private static final class Programs {
        static final CLoop INT80 = started(ExitProgram.INT80);
        static final CLoop VSYSCALL = started(ExitProgram.KERNEL_VSYSCALL);
        static final CLoop SYSCALL = started(ExitProgram.SYSCALL);

        @SuppressWarnings("resource") // open for as long as there are benchmarks
        private static CLoop started(ExitProgram program) {
            try {
                String path = MemoryFile.executable(program.name(), program.image(42))
                        .path()
                        .toString();
                return CLoop.named(
                        "run_program", 0, Arena.global().allocateFrom(path).address());
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        }
    }
}

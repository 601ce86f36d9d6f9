package dev.trapgate.emulator;

import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.linux.fs.exec.BinfmtElf;
import dev.trapgate.emulator.linux.fs.exec.ExecException;
import dev.trapgate.emulator.linux.fs.exec.ExecFile;
import dev.trapgate.emulator.linux.fs.exec.LinuxBinprm;
import dev.trapgate.emulator.linux.fs.exec.LoadedProgram;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A program from an ELF image, on a machine of its own: loaded as execve(2) does, run until it ends.
 *
 * <p>One Java thread runs it; any may {@link #kill} it.
 */
public final class EmulatedProgram {

    private final EmulatedMachine machine;
    private final EmulatedThread thread;
    private final Width width;

    private EmulatedProgram(EmulatedMachine machine, EmulatedThread thread, Width width) {
        this.machine = machine;
        this.thread = thread;
        this.width = width;
    }

    /**
     * Loads a program.
     *
     * @param machine a machine that runs nothing else
     * @param bprm the program, its arguments and environment
     * @return the program, before its first instruction
     * @throws ExecException if it cannot be executed: what execve(2) would answer
     */
    public static EmulatedProgram load(EmulatedMachine machine, LinuxBinprm bprm) throws ExecException {
        return load(machine, machine.newThread(), bprm);
    }

    private static EmulatedProgram load(EmulatedMachine machine, EmulatedThread thread, LinuxBinprm bprm)
            throws ExecException {
        LoadedProgram loaded = BinfmtElf.load(
                bprm,
                machine::personality,
                machine.process().mm(),
                machine.process().credentials());
        thread.start(loaded);
        machine.executes(bprm, thread.task());
        machine.process().globals().setHost(machine.guests());
        return new EmulatedProgram(machine, thread, loaded.width());
    }

    /**
     * Loads a program from the machine's own files.
     *
     * @param machine a machine that runs nothing else
     * @param fileName the program's name: a path from the machine's working directory
     * @param arguments argv
     * @param environment envp
     * @return the program, before its first instruction
     * @throws ExecException if it cannot be executed: what execve(2) would answer
     */
    public static EmulatedProgram exec(
            EmulatedMachine machine, String fileName, List<String> arguments, List<String> environment)
            throws ExecException {
        EmulatedThread thread = machine.newThread();
        byte[] contents = ExecFile.read(thread.task(), fileName);
        return load(machine, thread, new LinuxBinprm(fileName, contents, arguments, environment));
    }

    /** {@return the machine on which it runs} */
    public EmulatedMachine machine() {
        return machine;
    }

    /** {@return its first thread} */
    public EmulatedThread thread() {
        return thread;
    }

    /** {@return whether it began in 32- or 64-bit code} */
    public Width width() {
        return width;
    }

    /** {@return how many instructions it has executed, about} */
    public long executed() {
        return thread.interpreter().executed();
    }

    /**
     * Runs it, and what it starts, until its first process has ended; what of it runs then is killed, as by the end of a pid
     * namespace's init.
     *
     * @return how its first process ended
     */
    public TaskEnd run() {
        GuestTasks guests = machine.guests();
        KernelProcess process = machine.process();
        guests.run(thread);
        guests.await(process);
        guests.endAll();
        return Objects.requireNonNull(process.exit());
    }

    /**
     * Runs it, and kills it if it takes too long.
     *
     * @param limit how long it may take
     * @return how it ended
     * @throws InterruptedException if the calling thread is interrupted; the program is killed then
     */
    public TaskEnd run(Duration limit) throws InterruptedException {
        Thread watch = Thread.ofPlatform().daemon().name("deadline").unstarted(() -> {
            try {
                Thread.sleep(limit);
                kill();
            } catch (InterruptedException ended) {
                // The program ended by itself.
            }
        });
        watch.start();
        try {
            return run();
        } finally {
            watch.interrupt();
            watch.join();
        }
    }

    /** Kills it, as SIGKILL: it ends soon after. */
    public void kill() {
        machine.process().groupExit(Task.killedBy(Signal.of(Signal.SIGKILL)));
    }
}

package dev.trapgate.differential.lockstep;

import dev.trapgate.Gates;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.host.elf.MemoryFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real process that stands still between its instructions, by ptrace(2).
 *
 * <p>The thread that starts it is its tracer, and must make all calls but {@link #kill}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/ptrace.2.html">ptrace(2)</a>
 */
final class TracedProcess implements AutoCloseable {

    private static final int PTRACE_CONT = 7;
    private static final int PTRACE_SINGLESTEP = 9;
    private static final int PTRACE_GETREGS = 12;
    private static final int PTRACE_SETREGS = 13;
    private static final int PTRACE_GETFPREGS = 14;
    private static final int PTRACE_GET_THREAD_AREA = 25;
    private static final int PTRACE_GETSIGINFO = 0x4202;
    private static final int PTRACE_SEIZE = 0x4206;

    private static final int PTRACE_O_TRACEEXEC = 1 << 4;
    private static final int PTRACE_O_EXITKILL = 1 << 20;

    private static final int WALL = 0x4000_0000;
    private static final int SIGKILL = 9;
    private static final int SIGCONT = 18;
    private static final int SI_CODE = 8;
    private static final int SIGINFO_SIZE = 128;
    private static final int USER_DESC_SIZE = 16;
    private static final int BUFFER_SIZE = 1024;
    private static final long START_SECONDS = 30;

    private final SyscallEntry kernel;
    private final Process launcher;
    private final MemoryFile image;
    private final UserMemory.Scope scope;
    private final UserBuffer buffer;
    private final long pid;
    private FileChannel memory;
    private volatile Stop last = Stop.NONE;

    private TracedProcess(SyscallEntry kernel, Process launcher, MemoryFile image, long pid, FileChannel memory) {
        this.kernel = kernel;
        this.launcher = launcher;
        this.image = image;
        this.scope = kernel.memory().open();
        this.buffer = scope.allocate(BUFFER_SIZE, Long.BYTES);
        this.pid = pid;
        this.memory = memory;
    }

    /**
     * Starts a program and stops it before its first instruction.
     *
     * @param builder its file and its arguments, streams, environment and working directory
     * @throws LockstepException if it cannot be executed, or this process may not trace it
     * @throws IOException if something else fails
     */
    static TracedProcess start(ProcessBuilder builder) throws IOException, LockstepException, InterruptedException {
        SyscallEntry kernel = Gates.open(Gate.SYSCALL);
        MemoryFile image = MemoryFile.executable("trapgate-lockstep", Launcher.image());
        Process launcher = launch(image, builder);
        try {
            long pid = stopped(launcher);
            TracedProcess process = new TracedProcess(kernel, launcher, image, pid, memoryOf(pid));
            process.beginProgram();
            return process;
        } catch (IOException | LockstepException | InterruptedException failed) {
            launcher.descendants().forEach(ProcessHandle::destroyForcibly);
            launcher.destroyForcibly();
            image.close();
            throw failed;
        }
    }

    private static Process launch(MemoryFile image, ProcessBuilder builder) throws IOException {
        List<String> commandLine = builder.command();
        List<String> launched = new ArrayList<>(List.of(image.path().toString()));
        launched.addAll(commandLine);
        try {
            return builder.command(launched).start();
        } finally {
            builder.command(commandLine);
        }
    }

    /** {@return the process id of the launcher's child, once that has stopped itself} */
    private static long stopped(Process launcher) throws IOException, LockstepException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline) {
            Optional<ProcessHandle> child = launcher.children().findFirst();
            if (child.isPresent() && isStopped(child.get().pid())) {
                return child.get().pid();
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        throw new LockstepException("the process to be traced was not ready after " + START_SECONDS + " s");
    }

    private static boolean isStopped(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.startsWith("T", stat.lastIndexOf(')') + 2);
    }

    private void beginProgram() throws IOException, LockstepException {
        check(ptrace(PTRACE_SEIZE, 0, PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL), "it cannot be traced");
        call(Syscall.KILL, pid, SIGCONT, 0, 0);
        Stop stop = await();
        while (!stop.isExec()) {
            if (stop.isEnd()) {
                throw new LockstepException("it cannot be executed: "
                        + Errno.of(-stop.exitStatus()).map(Errno::message).orElse("it ended at once"));
            }
            stop = resume(PTRACE_CONT, 0);
        }
        startProgram();
    }

    /** To be called once {@link Stop#isExec} says that a program begins: it then stands before its first instruction. */
    void startProgram() throws IOException, LockstepException {
        memory.close();
        memory = memoryOf(pid);
        step(0);
    }

    private static FileChannel memoryOf(long pid) throws IOException {
        return FileChannel.open(Path.of("/proc/" + pid + "/mem"), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /**
     * Lets it execute one instruction, or enter the handler of a signal.
     *
     * @param signal the signal that it is to take; 0 for none
     * @return why it stopped again
     */
    Stop step(int signal) throws LockstepException {
        return resume(PTRACE_SINGLESTEP, signal);
    }

    private Stop resume(int how, int signal) throws LockstepException {
        check(ptrace(how, 0, signal), "it cannot be resumed");
        return await();
    }

    private Stop await() throws LockstepException {
        while (true) {
            long answer = call(Syscall.WAIT4, pid, buffer.address(), WALL, 0);
            if (answer == pid) {
                last = new Stop(buffer.segment().get(ValueLayout.JAVA_INT, 0));
                return last;
            }
            if (Errno.of(answer).filter(Errno.EINTR::equals).isEmpty()) {
                check(answer, "it cannot be waited for");
            }
        }
    }

    Registers registers() throws LockstepException {
        check(ptrace(PTRACE_GETREGS, 0, buffer.address()), "its registers cannot be read");
        return Registers.of(buffer.segment().asSlice(0, Registers.SIZE).toArray(ValueLayout.JAVA_LONG));
    }

    void setRegisters(Registers registers) throws LockstepException {
        for (int place = 0; place < Registers.COUNT; place++) {
            buffer.segment().setAtIndex(ValueLayout.JAVA_LONG, place, registers.get(place));
        }
        check(ptrace(PTRACE_SETREGS, 0, buffer.address()), "its registers cannot be written");
    }

    /** {@return what FXSAVE64 would write of its floating-point and SSE registers; good until the next call} */
    MemorySegment floatingPoint() throws LockstepException {
        check(ptrace(PTRACE_GETFPREGS, 0, buffer.address()), "its floating-point registers cannot be read");
        return buffer.segment().asSlice(0, FxImage.SIZE);
    }

    /**
     * {@return a thread's own descriptor: base, limit and flags as {@code struct user_desc} has them}
     *
     * @param entry its index in the GDT
     */
    int[] threadArea(int entry) throws LockstepException {
        check(ptrace(PTRACE_GET_THREAD_AREA, entry, buffer.address()), "its thread area cannot be read");
        int[] all = buffer.segment().asSlice(0, USER_DESC_SIZE).toArray(ValueLayout.JAVA_INT);
        return new int[] {all[1], all[2], all[3]};
    }

    /** {@return whether the signal for which it stopped comes of its own instruction, by what siginfo_t says} */
    boolean isSignalOfItsOwn() throws LockstepException {
        buffer.segment().asSlice(0, SIGINFO_SIZE).fill((byte) 0);
        check(ptrace(PTRACE_GETSIGINFO, 0, buffer.address()), "its signal cannot be read");
        return buffer.segment().get(ValueLayout.JAVA_INT, SI_CODE) > 0;
    }

    List<Mapping> mappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/maps")).stream()
                .map(Mapping::parse)
                .filter(Mapping::isMemory)
                .toList();
    }

    /**
     * Reads memory.
     *
     * @param address where from
     * @param to where to: as much as has room there
     * @return how much could be read
     */
    int read(long address, ByteBuffer to) throws IOException {
        int done = 0;
        while (to.hasRemaining()) {
            int count;
            try {
                count = memory.read(to, address + done);
            } catch (IOException unreadable) {
                return done;
            }
            if (count <= 0) {
                return done;
            }
            done += count;
        }
        return done;
    }

    void write(long address, ByteBuffer from) throws IOException {
        for (long at = address; from.hasRemaining(); ) {
            at += memory.write(from, at);
        }
    }

    /** Ends it, unless it has ended; any thread may. */
    void kill() {
        if (last.isEnd()) {
            return;
        }
        call(Syscall.KILL, pid, SIGKILL, 0, 0);
    }

    private long ptrace(int request, long address, long data) {
        return call(Syscall.PTRACE, request, pid, address, data);
    }

    private long call(Syscall call, long a1, long a2, long a3, long a4) {
        return kernel.enter(call.number(kernel.abi()), a1, a2, a3, a4, 0, 0);
    }

    private static void check(long answer, String what) throws LockstepException {
        Optional<Errno> error = Errno.of(answer);
        if (error.isPresent()) {
            throw new LockstepException(
                    what + ": " + error.get() + " (" + error.get().message() + ")");
        }
    }

    /** Waits for the end of a process that has been killed: its tracer must hear of it before its parent does. */
    Stop bury() throws LockstepException {
        while (!last.isEnd()) {
            await();
        }
        return last;
    }

    /** Ends it if it is still there. */
    @Override
    public void close() throws IOException {
        try {
            kill();
            bury();
        } catch (LockstepException gone) {
            launcher.destroyForcibly();
        }
        scope.close();
        memory.close();
        image.close();
        try {
            launcher.waitFor();
        } catch (InterruptedException stopped) {
            launcher.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

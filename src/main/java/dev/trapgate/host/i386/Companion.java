package dev.trapgate.host.i386;

import dev.trapgate.abi.Errno;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.host.elf.MemoryFile;
import dev.trapgate.host.memory.RegionMemory;
import dev.trapgate.host.vdso.AuxiliaryVector;
import dev.trapgate.host.vdso.ElfClass;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A 32-bit process that makes system calls for the JVM. It is started when it is first needed, kept for all calls after
 * that, started anew after a call that ended it, and ends with the JVM.
 *
 * <p>It has one thread, so it makes one call at a time: a call that sleeps keeps others waiting. It shares memory with the
 * JVM, from which {@link #memory} is cut, and its standard streams are the JVM's.
 */
public final class Companion implements AutoCloseable {

    private static final String NAME = "trapgate-i386";
    private static final List<String> STAGES = List.of(
            "", "open the region of memory it shares with the JVM", "map that region", "set up its thread area");
    private static final int PAIR = 2 * Integer.BYTES;
    private static final int MOST_ENTRIES = 64;
    private static final long ENDING_SECONDS = 10;

    private final MemoryFile file;
    private final RegionMemory memory;
    private final ReentrantLock turn = new ReentrantLock();
    private final ByteBuffer request =
            ByteBuffer.allocate(CompanionProgram.REQUEST_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer reply =
            ByteBuffer.allocate(CompanionProgram.REPLY_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    private @Nullable Process process;

    private Companion(MemoryFile file, MemorySegment region) {
        this.file = file;
        this.memory = RegionMemory.shared(region, CompanionProgram.REGION);
    }

    /**
     * Starts the process.
     *
     * @return the process, ready for calls
     * @throws IOException if the kernel refuses, as one without 32-bit support does; the message says what
     */
    public static Companion start() throws IOException {
        MemoryFile file = MemoryFile.zeroed(NAME, CompanionProgram.REGION_SIZE);
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment region = channel.map(MapMode.READ_WRITE, 0, CompanionProgram.REGION_SIZE, Arena.global());
            Companion companion = new Companion(file, region);
            companion.running();
            return companion;
        } catch (IOException refused) {
            file.close();
            throw refused;
        }
    }

    /** {@return memory that the companion's calls can address; it outlives a companion that ends} */
    public UserMemory memory() {
        return memory;
    }

    /**
     * Makes a system call.
     *
     * @param way one of those that make system calls
     * @param number the call's number in the i386 table
     * @param a1 first argument
     * @param a2 second argument
     * @param a3 third argument
     * @param a4 fourth argument
     * @param a5 fifth argument
     * @param a6 sixth argument
     * @return what the kernel left in eax, sign-extended
     * @throws CompanionEndException if the call ended the companion
     */
    public long call(CompanionWay way, int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        turn.lock();
        try {
            ask(way, 1, number, a1, a2, a3, a4, a5, a6);
            return reply.getInt(0);
        } finally {
            turn.unlock();
        }
    }

    /**
     * What repeating a call took.
     *
     * @param count how often it was made
     * @param result its last answer
     * @param cycles by how much the time-stamp counter advanced, read in the companion around the loop
     * @param nanoseconds how long the JVM waited, the way to the companion and back included
     */
    public record Timing(int count, int result, long cycles, long nanoseconds) {}

    /**
     * Makes a call many times in a row, without coming back in between.
     *
     * @param way how
     * @param count how often, 1 or more
     * @param number the call's number, or a function's address
     * @param a1 first argument
     * @param a2 second argument
     * @return what it took
     * @throws CompanionEndException if it ended the companion
     */
    public Timing time(CompanionWay way, int count, long number, long a1, long a2) {
        turn.lock();
        try {
            long before = System.nanoTime();
            ask(way, count, (int) number, a1, a2, 0, 0, 0, 0);
            return new Timing(count, reply.getInt(0), reply.getLong(8), System.nanoTime() - before);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Calls a C function of the companion's memory, of its vDSO for one.
     *
     * @param address the function's address
     * @param a1 first argument
     * @param a2 second argument
     * @return what it left in eax
     * @throws CompanionEndException if it ended the companion
     */
    public int function(long address, long a1, long a2) {
        turn.lock();
        try {
            ask(CompanionWay.FUNCTION, 1, (int) address, a1, a2, 0, 0, 0, 0);
            return reply.getInt(0);
        } finally {
            turn.unlock();
        }
    }

    /** {@return the address of {@code __kernel_vsyscall} as AT_SYSINFO gave it; 0 if the vector has no such entry} */
    public long kernelVsyscall() {
        return startWord(20);
    }

    /** {@return the auxiliary vector that it found above envp on its stack} */
    public AuxiliaryVector auxiliaryVector() {
        long start = startWord(16);
        ByteBuffer vector = ByteBuffer.allocate(MOST_ENTRIES * PAIR).order(ByteOrder.LITTLE_ENDIAN);
        do {
            vector.put(read(start + vector.position(), PAIR));
        } while (vector.getInt(vector.position() - PAIR) != 0 && vector.hasRemaining());
        return AuxiliaryVector.parse(ElfClass.ELF32, vector.array());
    }

    /**
     * {@return the auxiliary vector as the kernel shows it in /proc}
     *
     * @throws IOException if /proc is not mounted or masked
     */
    public AuxiliaryVector auxiliaryVectorOfProc() throws IOException {
        return AuxiliaryVector.parse(ElfClass.ELF32, Files.readAllBytes(proc("auxv")));
    }

    /** {@return a file of the companion's in /proc} */
    Path proc(String name) throws IOException {
        return Path.of("/proc/" + running().pid() + "/" + name);
    }

    /**
     * Copies bytes out of the companion's memory.
     *
     * @param address where they are; they must be readable
     * @param size how many, 1 to 64 KiB
     * @return the bytes
     * @throws CompanionEndException if they were not readable, which ended the companion
     */
    public byte[] read(long address, int size) {
        try (UserMemory.Scope scope = memory.open()) {
            var copy = scope.allocate(size, 1);
            call(CompanionWay.COPY, 0, copy.address(), address, size, 0, 0, 0);
            return copy.segment().toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** Ends the companion; it must not be used any more. */
    @Override
    public void close() {
        turn.lock();
        try {
            if (process != null) {
                process.destroyForcibly();
                process.onExit().join();
                process = null;
            }
            file.close();
        } finally {
            turn.unlock();
        }
    }

    private long startWord(int offset) {
        turn.lock();
        try {
            running();
            return Integer.toUnsignedLong(reply.getInt(offset));
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        } finally {
            turn.unlock();
        }
    }

    private void ask(CompanionWay way, int count, int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        request.clear()
                .putInt(way.code())
                .putInt(count)
                .putInt(number)
                .putInt((int) a1)
                .putInt((int) a2)
                .putInt((int) a3)
                .putInt((int) a4)
                .putInt((int) a5)
                .putInt((int) a6);
        try {
            Process companion = running();
            companion.getOutputStream().write(request.array());
            companion.getOutputStream().flush();
            receive(companion);
        } catch (IOException gone) {
            throw ended(gone);
        }
    }

    private void receive(Process companion) throws IOException {
        int size = companion.getErrorStream().readNBytes(reply.array(), 0, CompanionProgram.REPLY_SIZE);
        if (size < CompanionProgram.REPLY_SIZE) {
            throw new EOFException("the companion ended");
        }
    }

    private RuntimeException ended(IOException gone) {
        Process companion = process;
        process = null;
        if (companion == null) {
            return new UncheckedIOException(gone);
        }
        return new CompanionEndException(exitStatus(companion));
    }

    private static int exitStatus(Process companion) {
        try {
            if (!companion.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
                companion.destroyForcibly(); // it has closed its pipes: nobody can talk to it any more
            }
            return companion.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the companion process ended", interrupted);
        }
    }

    private Process running() throws IOException {
        Process companion = process;
        if (companion == null) {
            companion = started();
            process = companion;
            greet(companion);
        }
        return companion;
    }

    /**
     * Starts the process from a thread that lives as long as it does: the kernel kills the process when that thread ends,
     * which is then with the JVM.
     */
    private Process started() throws IOException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name(NAME).start(() -> {
            try {
                Process companion = spawn();
                started.complete(companion);
                companion.onExit().join();
            } catch (IOException refused) {
                started.completeExceptionally(refused);
            }
        });
        try {
            return started.join();
        } catch (CompletionException failed) {
            Throwable cause = Objects.requireNonNullElse(failed.getCause(), failed);
            throw new IOException("a 32-bit process could not be started: " + cause.getMessage(), cause);
        }
    }

    private Process spawn() throws IOException {
        String streams = "/proc/" + ProcessHandle.current().pid() + "/fd/";
        try (MemoryFile program = MemoryFile.executable(NAME, CompanionProgram.image())) {
            return new ProcessBuilder(program.path().toString(), file.path().toString(), streams + 0, streams + 2)
                    .redirectOutput(Redirect.INHERIT)
                    .start();
        }
    }

    private void greet(Process companion) throws IOException {
        try {
            receive(companion);
        } catch (EOFException dead) {
            process = null;
            throw new IOException(
                    "a 32-bit process started and ended at once with status " + exitStatus(companion), dead);
        }
        int stage = reply.getInt(4);
        if (stage != 0) {
            long answer = reply.getInt(0);
            process = null;
            companion.destroyForcibly();
            throw new IOException("a 32-bit process started but could not " + STAGES.get(stage) + ": "
                    + Errno.of(answer).map(Errno::name).orElse("answer " + answer));
        }
    }
}

package dev.trapgate.differential.lockstep;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operation;
import dev.trapgate.emulator.cpu.decode.Repeat;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows a real process with the interpreter, instruction by instruction, from the same state at its start to its end or the
 * first difference.
 *
 * <p>The kernel's part is the real one's: whenever the program has been there, the interpreter is given what it left behind,
 * registers and memory. What a processor says of itself and of the time (CPUID, RDTSC and the like) is the interpreter's: the
 * process is given its answers, so that a library chooses the same code on both sides. So are REP BSF and REP BSR, which are
 * TZCNT and LZCNT where CPUID promises those, as it does not here. The vDSO is taken out of the auxiliary
 * vector, since it reads the time; and rseq(2), with which the kernel would write into memory when it likes, answers ENOSYS.
 *
 * <p>One platform thread uses it, but for {@link #kill}.
 */
public final class Lockstep implements AutoCloseable {

    /** PUSHF under a tracer pushes the TF by which it is traced. */
    private static final int TRAP_FLAG_BYTE = 1;

    /** Where FXSAVE says which bits of MXCSR there are, and processors have more than the interpreter's. */
    private static final int MXCSR_MASK = 28;

    private static final int COMPARED_AT_ONCE = 16;

    private static final long CLONE_VM = 0x100;
    private static final long CLONE_VFORK = 0x4000;

    private final TracedProcess process;
    private final SteppedProgram program;
    private long instructions;
    private long passages;
    private long signals;
    private volatile boolean killed;

    private Lockstep(TracedProcess process, SteppedProgram program) {
        this.process = process;
        this.program = program;
    }

    /**
     * Starts a program on both sides.
     *
     * @param builder its file, from the working directory, and its arguments; and what else the real process is given
     * @return both, before the first instruction
     * @throws LockstepException if it cannot be executed or traced
     * @throws IOException if /proc cannot be read
     * @throws InterruptedException if the thread is interrupted while the process starts
     * @throws IllegalStateException if the calling thread is virtual: ptrace(2) belongs to a kernel thread
     */
    public static Lockstep start(ProcessBuilder builder) throws IOException, LockstepException, InterruptedException {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("a virtual thread cannot trace a process; use a platform thread");
        }
        TracedProcess process = TracedProcess.start(builder);
        SteppedProgram program = new SteppedProgram(hostVendor());
        Lockstep lockstep = new Lockstep(process, program);
        try {
            lockstep.begin();
            return lockstep;
        } catch (IOException | LockstepException failed) {
            lockstep.close();
            throw failed;
        }
    }

    private static Vendor hostVendor() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            String named = lines.filter(line -> line.startsWith("vendor_id"))
                    .findFirst()
                    .orElse("");
            return named.endsWith("AuthenticAMD") || named.endsWith("HygonGenuine") ? Vendor.AMD : Vendor.INTEL;
        }
    }

    private void begin() throws IOException, LockstepException {
        AuxiliaryVector.hideVdso(process);
        program.adopt(process);
    }

    /**
     * Follows the program to its end, or to the first difference.
     *
     * @return how far it came
     * @throws LockstepException if it does what cannot be followed: makes a thread
     * @throws IOException if /proc cannot be read
     */
    public LockstepResult run() throws IOException, LockstepException {
        LockstepResult result = null;
        try {
            while (result == null) {
                result = advance();
            }
        } catch (LockstepException | IOException failed) {
            if (!killed) {
                throw failed;
            }
        }
        return killed ? ended(process.bury()) : Objects.requireNonNull(result);
    }

    /** {@return what came of it, once it is over; null before} */
    private @Nullable LockstepResult advance() throws IOException, LockstepException {
        DecodedInstruction next = program.next();
        if (next == null) {
            return together(null);
        }
        return switch (next.operation()) {
            case SYSCALL, SYSENTER, INT, INT3, INT1, INTO, IRET -> pass(next);
            case CPUID, RDTSC -> answer(next);
            case BSF, BSR -> next.repeat() == Repeat.WHILE_EQUAL ? answer(next) : together(next);
            default -> together(next);
        };
    }

    // Into the kernel.

    private @Nullable LockstepResult pass(DecodedInstruction next) throws IOException, LockstepException {
        long different = program.differentMemory(process);
        if (different >= 0) {
            List<String> lines = new ArrayList<>();
            compare(new SteppedProgram.Write(different, COMPARED_AT_ONCE), lines);
            return differs(
                    "memory differs that no instruction of the interpreter's has written since the passage before",
                    lines);
        }
        Registers registers = process.registers();
        refuseThreads(registers);
        passages++;
        if (isRseq(next, registers)) {
            process.setRegisters(registers
                    .with(Registers.RAX, -Errno.ENOSYS.number())
                    .with(Registers.RIP, next.next())
                    .with(Registers.ORIG_RAX, -1));
            program.adopt(process);
            return null;
        }
        return afterStop(process.step(0));
    }

    private static boolean isRseq(DecodedInstruction next, Registers registers) {
        return next.operation() != Operation.INT3
                && registers.get(Registers.RAX) == Syscall.RSEQ.number(registers.abi());
    }

    /** A thread would change memory while the others are followed; a child made by vfork(2) does so while its parent stands. */
    private void refuseThreads(Registers registers) throws IOException, LockstepException {
        long number = registers.get(Registers.RAX);
        long first = registers.get(registers.is64Bit() ? Registers.RDI : Registers.RBX);
        long flags = 0;
        if (number == Syscall.CLONE.number(registers.abi())) {
            flags = first;
        } else if (number == Syscall.CLONE3.number(registers.abi())) {
            ByteBuffer arguments = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            process.read(first, arguments);
            flags = arguments.getLong(0);
        }
        if ((flags & (CLONE_VM | CLONE_VFORK)) == CLONE_VM) {
            throw new LockstepException("it makes a thread, and only one thread can be followed");
        }
    }

    /** Goes on after a stop that may have left anything behind. */
    private @Nullable LockstepResult afterStop(Stop first) throws IOException, LockstepException {
        Stop stop = first;
        while (!stop.isTrap() || stop.isExec()) {
            if (stop.isEnd()) {
                return ended(stop);
            }
            if (stop.isExec()) {
                process.startProgram();
                begin();
                return null;
            }
            if (stop.isSignal()) {
                signals++;
            }
            stop = process.step(stop.isSignal() ? stop.signal() : 0);
        }
        program.adopt(process);
        return null;
    }

    private LockstepResult ended(Stop stop) {
        TaskEnd end = stop.isExit() ? new TaskEnd(stop.exitStatus(), null) : new TaskEnd(0, Signal.of(stop.signal()));
        return new LockstepResult(instructions, passages, signals, List.of(), end);
    }

    // Answered by the interpreter.

    private @Nullable LockstepResult answer(DecodedInstruction next) throws IOException, LockstepException {
        if (program.step() != Fault.NONE) {
            return together(next);
        }
        instructions++;
        process.setRegisters(program.registers().with(Registers.ORIG_RAX, -1));
        return null;
    }

    // Executed by both.

    private @Nullable LockstepResult together(@Nullable DecodedInstruction next) throws IOException, LockstepException {
        Registers before = process.registers();
        Stop stop = stepReal(next);
        if (!stop.isTrap()) {
            return stop.isFault() && process.isSignalOfItsOwn() ? fault(stop, before, next) : afterStop(stop);
        }
        int fault = stepEmulated(next);
        if (fault != Fault.NONE && program.adoptMappings(process)) {
            // The real process's stack has grown.
            fault = stepEmulated(next);
        }
        instructions++;
        if (fault != Fault.NONE) {
            return differs(
                    before, next, "the interpreter raises " + Fault.toString(fault) + ", the real processor does not");
        }
        if (program.isShadowed()) {
            // Nor has the real processor trapped before the instruction that follows a load of SS.
            program.step();
        }
        disguise(next);
        return compare(before, next);
    }

    /** A repeated instruction traps after each repetition. */
    private Stop stepReal(@Nullable DecodedInstruction next) throws LockstepException {
        Stop stop = process.step(0);
        if (next != null && next.repeat() != Repeat.ONCE) {
            while (stop.isTrap() && process.registers().get(Registers.RIP) == next.address()) {
                stop = process.step(0);
            }
        }
        return stop;
    }

    private int stepEmulated(@Nullable DecodedInstruction next) {
        int fault = program.step();
        if (next != null && next.repeat() != Repeat.ONCE) {
            while (fault == Fault.NONE && program.rip() == next.address()) {
                fault = program.step();
            }
        }
        return fault;
    }

    /** Has the process's memory say what the interpreter says where the instruction wrote of its processor, or of the tracer. */
    private void disguise(@Nullable DecodedInstruction next) throws IOException, LockstepException {
        if (next == null) {
            return;
        }
        if (next.operation() == Operation.PUSHF) {
            hideTrapFlag();
        } else if (next.operation() == Operation.FXSAVE) {
            long image = program.lowestWrite();
            byte[] mask = program.bytes(new SteppedProgram.Write(image + MXCSR_MASK, Integer.BYTES));
            process.write(image + MXCSR_MASK, ByteBuffer.wrap(mask));
        }
    }

    private void hideTrapFlag() throws IOException, LockstepException {
        long at = process.registers().get(Registers.RSP) + TRAP_FLAG_BYTE;
        ByteBuffer flags = ByteBuffer.allocate(1);
        process.read(at, flags);
        flags.put(0, (byte) (flags.get(0) & ~1));
        process.write(at, flags.flip());
    }

    /** Both must fault; which signal that is, the real kernel has said. */
    private @Nullable LockstepResult fault(Stop stop, Registers before, @Nullable DecodedInstruction next)
            throws IOException, LockstepException {
        int fault = stepEmulated(next);
        if (fault == Fault.NONE) {
            return differs(
                    before,
                    next,
                    "the real processor faults (" + Signal.of(stop.signal()) + "), the interpreter does not");
        }
        LockstepResult different = compare(before, next);
        return different != null ? different : afterStop(stop);
    }

    private @Nullable LockstepResult compare(Registers before, @Nullable DecodedInstruction next)
            throws IOException, LockstepException {
        Registers real = process.registers();
        Registers emulated = program.registers();
        long flags = real.differentFlags(emulated);
        if (flags != 0 && next != null && (flags & ~UndefinedFlags.after(next)) == 0) {
            program.setFlags(real.get(Registers.EFLAGS));
            flags = 0;
        }
        List<String> lines = new ArrayList<>();
        if (flags != 0 || !real.equalsButFlags(emulated)) {
            lines.addAll(Registers.table(before, real, emulated));
        }
        lines.addAll(FxImage.differences(process.floatingPoint(), program.floatingPoint()));
        for (SteppedProgram.Write write : program.writes()) {
            compare(write, lines);
        }
        return lines.isEmpty() ? null : differs(heading(next, before, "registers or memory differ"), lines);
    }

    private void compare(SteppedProgram.Write write, List<String> lines) throws IOException {
        ByteBuffer real = ByteBuffer.allocate(write.size());
        process.read(write.address(), real);
        byte[] emulated = program.bytes(write);
        if (!Arrays.equals(real.array(), emulated)) {
            lines.add(String.format(
                    "memory at 0x%x: real processor %s, interpreter %s",
                    write.address(),
                    HexFormat.of().formatHex(real.array()),
                    HexFormat.of().formatHex(emulated)));
        }
    }

    // Reports.

    private LockstepResult differs(Registers before, @Nullable DecodedInstruction next, String what)
            throws LockstepException {
        return differs(heading(next, before, what), Registers.table(before, process.registers(), program.registers()));
    }

    private LockstepResult differs(String heading, List<String> lines) {
        List<String> all = new ArrayList<>();
        all.add(heading);
        all.addAll(lines);
        return differs(all);
    }

    private LockstepResult differs(List<String> lines) {
        return new LockstepResult(instructions, passages, signals, lines, null);
    }

    private String heading(@Nullable DecodedInstruction next, Registers before, String what) {
        return String.format(
                "instruction %d, 0x%x: %s  %s: %s",
                instructions,
                before.get(Registers.RIP),
                HexFormat.ofDelimiter(" ").formatHex(program.instructionBytes(before.get(Registers.RIP))),
                next == null ? "no instruction" : next.operation(),
                what);
    }

    /** Ends the real process, as SIGKILL does; any thread may. */
    public void kill() {
        killed = true;
        process.kill();
    }

    @Override
    public void close() throws IOException {
        process.close();
        program.close();
    }
}

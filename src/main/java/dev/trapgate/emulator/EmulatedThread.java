package dev.trapgate.emulator;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.execute.Interpreter;
import dev.trapgate.emulator.linux.arch.x86.entry.Kernel;
import dev.trapgate.emulator.linux.arch.x86.entry.KernelEntry;
import dev.trapgate.emulator.linux.fs.exec.LoadedProgram;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/**
 * One thread of the emulated program: its registers, its processor, its kernel stack and its id.
 *
 * <p>It belongs to one Java thread at a time.
 */
public final class EmulatedThread {

    /** Offset of the vDSO's entry in glibc's {@code tcbhead_t}, {@code sysinfo}. */
    private static final int SYSINFO_OFFSET = 0x10;

    private final Task task;
    private final Cpu cpu;
    private final Kernel kernel;
    private final KernelEntry entry;
    private final Interpreter interpreter;
    private final UserStubs stubs;
    private final long stackEnd;
    private final long threadArea;
    private Descriptor.Width width = Descriptor.Width.BITS_16;

    EmulatedThread(Task task, Kernel kernel, UserStubs stubs, long stackEnd, long threadArea) {
        this.task = task;
        this.cpu = task.cpu();
        this.kernel = kernel;
        this.entry = kernel.entry(task);
        this.interpreter = new Interpreter(cpu);
        this.stubs = stubs;
        this.stackEnd = stackEnd;
        this.threadArea = threadArea;
    }

    /** {@return its processor: registers, tables and memory can be read and changed between instructions} */
    public Cpu cpu() {
        return cpu;
    }

    /** {@return what the kernel knows of it} */
    public Task task() {
        return task;
    }

    /** {@return the end of its stack in the program's memory} */
    public long stackEnd() {
        return stackEnd;
    }

    /**
     * Begins anew with the registers that a program finds at its start: all zero, flags 0x202. For 32-bit code, what a C
     * library does first has been done: GS leads to a thread area with AT_SYSINFO at 0x10.
     *
     * @param codeWidth 32- or 64-bit code
     * @throws IllegalArgumentException if the kernel does not run such programs
     */
    public void begin(Descriptor.Width codeWidth) {
        kernel.startThread(cpu, codeWidth);
        cpu.registers().set(GeneralRegisters.RSP, stackEnd);
        width = codeWidth;
        if (codeWidth == Descriptor.Width.BITS_32) {
            setThreadArea();
        }
    }

    /** Begins a program that has been loaded, with the registers that the kernel gives it. */
    void start(LoadedProgram program) {
        kernel.startThread(cpu, program.width());
        cpu.registers().set(GeneralRegisters.RSP, program.stackPointer());
        cpu.setRip(program.entry());
        width = program.width();
    }

    /** As set_thread_area(2) and {@code mov %ax,%gs}. */
    private void setThreadArea() {
        task.uaccess().putUser32(threadArea + SYSINFO_OFFSET, kernel.kernelVsyscall());
        int selector = kernel.threadLocalSelector();
        long descriptor = Descriptor.flat(Descriptor.WRITABLE, 3, Descriptor.Width.BITS_32)
                | (threadArea & 0xff_ffffL) << 16
                | (threadArea & 0xff00_0000L) << 32;
        cpu.mmu().write64(cpu.tables().gdtBase() + (selector & 0xfff8), descriptor, Paging.READ);
        cpu.loadSegment(cpu.segments().gs(), selector);
    }

    /**
     * Executes one instruction of the program, with all that the kernel does before the program goes on.
     *
     * <p>A fault is delivered to the kernel, which makes a signal of it. What a thread that has ended is told to execute is
     * ignored.
     *
     * @return whether the thread still lives
     */
    public boolean step() {
        if (task.end() != null) {
            return false;
        }
        boolean returned = stepAlive();
        return returned && task.end() == null;
    }

    /**
     * Executes instructions of the program until it has been in the kernel, or a number of them.
     *
     * @param instructions how many at most, about; at least 1. While somebody watches, or TF is set, it is one
     * @return whether the thread still lives
     */
    public boolean run(long instructions) {
        if (task.end() != null) {
            return false;
        }
        boolean stepwise = cpu.listener() != null || (cpu.rflags() & Flags.TF) != 0;
        boolean returned = stepwise ? stepAlive() : afterwards(interpreter.run(instructions), 0);
        return returned && task.end() == null;
    }

    /** {@return the interpreter that executes its program} */
    public Interpreter interpreter() {
        return interpreter;
    }

    /** {@return whether the program goes on: one that has ended does not come back from the kernel} */
    private boolean stepAlive() {
        long flags = cpu.rflags();
        return afterwards(interpreter.step(), flags);
    }

    /**
     * Lets the processor and the kernel do what there is to do after instructions.
     *
     * @param fault the last one's fault
     * @param flags the flags with which it began
     * @return whether the program goes on
     */
    private boolean afterwards(int fault, long flags) {
        if (fault != Fault.NONE) {
            cpu.raise(fault);
        } else if ((flags & Flags.TF) != 0) {
            cpu.trapAfterInstruction(flags);
        }
        if (!isInKernel() && task.signalPending() && interpreter.isInterruptible()) {
            // What a program that makes no call waits for: the next tick brings it to the kernel, and to its signals.
            interrupt();
        }
        if (isInKernel()) {
            entry.run();
            if (task.end() != null) {
                task.process().closeFilesIfEnded();
            }
        }
        return !isInKernel();
    }

    private void interrupt() {
        int fault = cpu.externalInterrupt(kernel.timerVector());
        if (fault != Fault.NONE) {
            cpu.raise(fault);
        }
    }

    private boolean isInKernel() {
        return cpu.cpl() == 0 || cpu.isShutDown();
    }

    /**
     * Makes the program go on at an instruction of the program's own stub page, and executes that: one passage.
     *
     * @param instruction the instruction
     * @return whether the thread still lives
     */
    public boolean execute(UserInstruction instruction) {
        cpu.setRip(stubs.address(instruction));
        return step();
    }

    /**
     * Makes a system call as a program does: number and arguments into the registers, then the instruction.
     *
     * <p>A call that the kernel wants made again is made again, until it is done or the thread has ended.
     *
     * @param way which instruction
     * @param number the call's number
     * @param a1 first argument
     * @param a2 second argument
     * @param a3 third argument
     * @param a4 fourth argument
     * @param a5 fifth argument
     * @param a6 sixth argument
     * @return what is in rax, or in eax sign-extended, afterwards; meaningless once {@link Task#end} says how it ended
     */
    public long call(CallingWay way, int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        return task.end() == null
                ? call(way, stubs.address(way.instruction()), number, a1, a2, a3, a4, a5, a6)
                : ErrorNumbers.ENOSYS;
    }

    /** The same, by a caller that knows where the instruction is, and that the thread has not ended. */
    long call(CallingWay way, long at, int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        if (way.width() != width) {
            begin(way.width());
        }
        GeneralRegisters registers = cpu.registers();
        registers.set(GeneralRegisters.RAX, number);
        if (way.abi() == Abi.X86_64) {
            registers.set(GeneralRegisters.RDI, a1);
            registers.set(GeneralRegisters.RSI, a2);
            registers.set(GeneralRegisters.RDX, a3);
            registers.set(GeneralRegisters.R10, a4);
            registers.set(GeneralRegisters.R8, a5);
            registers.set(GeneralRegisters.R9, a6);
        } else {
            registers.set32(GeneralRegisters.RBX, a1);
            registers.set32(GeneralRegisters.RCX, a2);
            registers.set32(GeneralRegisters.RDX, a3);
            registers.set32(GeneralRegisters.RSI, a4);
            registers.set32(GeneralRegisters.RDI, a5);
            registers.set32(GeneralRegisters.RBP, a6);
        }
        registers.set(GeneralRegisters.RSP, stackEnd);
        run(at, at + way.length());
        long result = registers.get(GeneralRegisters.RAX);
        return way.abi() == Abi.X86_64 ? result : (int) result;
    }

    /**
     * Runs the program from an instruction until it is back at the one behind it: that is one passage, and whatever handlers
     * the kernel makes it enter in between, until they have returned.
     */
    private void run(long at, long returnAddress) {
        cpu.setRip(at);
        boolean alive = stepAlive();
        while (alive && !isBack(returnAddress)) {
            alive = step();
        }
    }

    /** A handler that comes by the same instruction has its own stack pointer. */
    private boolean isBack(long returnAddress) {
        return cpu.rip() == returnAddress && cpu.registers().get(GeneralRegisters.RSP) == stackEnd;
    }
}

package dev.trapgate.emulator.cpu;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedThread;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.UserInstruction;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.linux.arch.x86.entry.SyscallTable;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.SignalAction;
import dev.trapgate.emulator.linux.kernel.SignalCalls;
import dev.trapgate.emulator.linux.kernel.Sys;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A machine with random descriptors, selectors, model-specific registers and registers, that executes entry
 * instructions.
 *
 * <p>It counts what must never happen: a program at CPL 3 that reaches a supervisor's page, and a Java exception.
 */
final class RandomMachine implements AutoCloseable {

    private static final UserInstruction[] INSTRUCTIONS = UserInstruction.values();
    private static final int[] MSRS = {
        ModelSpecificRegisters.IA32_SYSENTER_CS,
        ModelSpecificRegisters.IA32_SYSENTER_ESP,
        ModelSpecificRegisters.IA32_SYSENTER_EIP,
        ModelSpecificRegisters.EFER,
        ModelSpecificRegisters.STAR,
        ModelSpecificRegisters.LSTAR,
        ModelSpecificRegisters.CSTAR,
        ModelSpecificRegisters.FMASK,
        ModelSpecificRegisters.GS_BASE,
        ModelSpecificRegisters.KERNEL_GS_BASE
    };

    private static final int[] SURVIVED = {Signal.SIGSEGV, Signal.SIGILL, Signal.SIGTRAP, Signal.SIGBUS, Signal.SIGFPE};

    private static final List<Width> WIDTHS = List.of(Width.values());

    private static final int HANDLER_STACK_START = 8000;
    private static final int HANDLER_STACK_SIZE = 7000;

    private static final Syscall[] SLEEPING = {
        Syscall.PAUSE,
        Syscall.NANOSLEEP,
        Syscall.RT_SIGSUSPEND,
        Syscall.SIGSUSPEND,
        Syscall.RT_SIGTIMEDWAIT,
        Syscall.RT_SIGTIMEDWAIT_TIME64
    };

    private final SplittableRandom random;
    private final EmulatedMachine machine;
    private final EmulatedThread thread;
    private final Cpu cpu;
    private final Width width;

    RandomMachine(long seed) {
        random = new SplittableRandom(seed);
        KernelGeneration kernel = random.nextBoolean() ? KernelGeneration.CLASSIC : KernelGeneration.MODERN;
        machine = new EmulatedMachine(kernel, random.nextBoolean() ? Vendor.INTEL : Vendor.AMD);
        width = kernel.is64Bit() && random.nextBoolean() ? Width.BITS_64 : Width.BITS_32;
        thread = machine.newThread();
        cpu = thread.cpu();
        thread.begin(width);
        // With handlers, a program outlives most of what it raises.
        long abi = width == Width.BITS_64 ? 0 : SignalAction.SA_IA32_ABI;
        long flags = abi | SignalAction.SA_ONSTACK | SignalAction.SA_NODEFER;
        long handler = machine.address(UserInstruction.INT_80);
        for (int signal : SURVIVED) {
            machine.process()
                    .setAction(signal, SignalAction.handler(handler, flags).returningTo(handler));
        }
        UserStructure stack = new UserStructure(24);
        stack.set64(0, thread.stackEnd() - HANDLER_STACK_START);
        stack.set64(16, HANDLER_STACK_SIZE);
        SignalCalls.setStack(thread.task(), stack, Long.BYTES, thread.stackEnd());
        machine.table(Abi.I386).ifPresent(RandomMachine::keepAwake);
        machine.table(Abi.X86_64).ifPresent(RandomMachine::keepAwake);
    }

    /** Nobody would wake what sleeps by chance. */
    private static void keepAwake(SyscallTable table) {
        for (Syscall call : SLEEPING) {
            if (call.existsOn(table.abi())) {
                table.replace(call.number(table.abi()), Sys::niSyscall);
            }
        }
    }

    /**
     * Damages the machine in a few places, gives its registers random contents and executes an instruction.
     *
     * @return whether the thread still lives
     */
    boolean enter() {
        int damages = random.nextInt(4);
        for (int i = 0; i < damages; i++) {
            damage();
        }
        for (int register = 0; register < GeneralRegisters.COUNT; register++) {
            if (random.nextInt(4) == 0) {
                cpu.registers().set(register, word());
            }
        }
        if (random.nextInt(3) == 0) {
            cpu.setRflags(random.nextLong() & ~Flags.VM);
        }
        return thread.execute(INSTRUCTIONS[random.nextInt(INSTRUCTIONS.length)]);
    }

    /**
     * Says what a program must not be able to do now, whatever was done to the tables.
     *
     * @return what is wrong; empty if nothing is
     */
    String breach() {
        if (cpu.cpl() != 3) {
            return "";
        }
        long[] supervisors = {
            cpu.tables().idtBase(), cpu.tables().gdtBase(), cpu.tables().tr().base()
        };
        for (long address : supervisors) {
            if (cpu.mmu().space().isMapped(address) && reaches(address)) {
                return "CPL 3 reaches 0x" + Long.toHexString(address);
            }
        }
        return "";
    }

    private boolean reaches(long address) {
        int read = cpu.mmu().probe(address, cpu.access());
        int write = cpu.mmu().probe(address, cpu.access() | Paging.WRITE);
        int fetch = cpu.mmu().probe(address, cpu.access() | Paging.EXECUTE);
        return read == Fault.NONE || write == Fault.NONE || fetch == Fault.NONE;
    }

    private void damage() {
        switch (random.nextInt(7)) {
            case 0 -> cpu.mmu().write64(cpu.tables().gdtBase() + 8L * random.nextInt(32), descriptor(), Paging.READ);
            case 1 -> editGate();
            case 2 -> cpu.mmu().write64(cpu.tables().tr().base() + 4L * random.nextInt(26), word(), Paging.READ);
            case 3 -> cpu.msrs().write(MSRS[random.nextInt(MSRS.length)], msr());
            case 4 -> cpu.tables().loadGdt(cpu.tables().gdtBase(), random.nextInt(0x10000));
            case 5 -> cpu.tables().loadIdt(cpu.tables().idtBase(), random.nextInt(0x10000));
            default -> cpu.segments().ss().load(random.nextInt(0x10000), userDescriptor());
        }
    }

    private void editGate() {
        long address = cpu.tables().idtBase() + 8L * random.nextInt(512);
        long cr0 = cpu.control().cr0();
        cpu.control().setCr0(cr0 & ~ControlRegisters.CR0_WP);
        cpu.mmu().write64(address, random.nextBoolean() ? descriptor() : random.nextLong(), Paging.READ);
        cpu.control().setCr0(cr0);
    }

    /** Long mode stays on or off: leaving it from under a 64-bit kernel is not an entry's doing. */
    private long msr() {
        long value = word();
        long mode = ModelSpecificRegisters.EFER_LMA | ModelSpecificRegisters.EFER_LME | ModelSpecificRegisters.EFER_NXE;
        return random.nextInt(4) == 0
                ? (cpu.msrs().efer() & mode) | (value & 1)
                : (value & ~mode) | (cpu.msrs().efer() & mode);
    }

    private long descriptor() {
        long flat = Descriptor.flat(random.nextInt(16), random.nextInt(4), WIDTHS.get(random.nextInt(WIDTHS.size())));
        return random.nextInt(3) == 0 ? flat ^ 1L << random.nextInt(64) : flat;
    }

    private long userDescriptor() {
        return Descriptor.flat(Descriptor.WRITABLE, 3, Width.BITS_32);
    }

    private long word() {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(0x10000);
            case 1 -> random.nextInt() & 0xffff_ffffL;
            case 2 -> cpu.tables().gdtBase() + random.nextInt(0x4000);
            case 3 -> thread.stackEnd() - random.nextInt(512);
            default -> random.nextLong();
        };
    }

    @Override
    public void close() {
        machine.close();
    }
}

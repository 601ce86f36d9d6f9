package dev.trapgate.emulator;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.VdsoLookup;
import dev.trapgate.emulator.linux.kernel.time.Timekeeper;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserMemory;
import java.util.Optional;

/**
 * What the emulated kernel's vDSO does in user mode: clocks, and the processor's number (arch/x86/entry/vdso, Linux
 * 5.17). Its functions are looked up in the image that the program has; what their machine code does is done in Java. The
 * kernel is entered for a clock that the vDSO cannot read, for getrandom, for an address that user mode cannot write, and
 * for a function that the image lacks.
 */
final class EmulatedVdsoEntry implements SyscallEntry {

    private static final String VERSION = "LINUX_2.6";
    private static final int GETTIMEOFDAY = 96;
    private static final int TIME = 201;
    private static final int CLOCK_GETTIME = 228;
    private static final int CLOCK_GETRES = 229;
    private static final int GETCPU = 309;
    private static final int GETRANDOM = 318;
    private static final long NSEC_PER_SEC = Timekeeper.NSEC_PER_SEC;

    private final EmulatedMachine machine;
    private final SyscallEntry fallback;
    private final boolean clockGettimeFound;
    private final boolean clockGetresFound;
    private final boolean gettimeofdayFound;
    private final boolean timeFound;
    private final boolean getcpuFound;

    EmulatedVdsoEntry(EmulatedMachine machine) {
        this.machine = machine;
        this.fallback = new EmulatedEntry(machine, Gate.EMULATED_SYSCALL);
        VdsoLookup vdso =
                new VdsoLookup(machine.currentThread().task().uaccess(), machine.vdso(Descriptor.Width.BITS_64));
        this.clockGettimeFound = vdso.find("__vdso_clock_gettime", VERSION).isPresent();
        this.clockGetresFound = vdso.find("__vdso_clock_getres", VERSION).isPresent();
        this.gettimeofdayFound = vdso.find("__vdso_gettimeofday", VERSION).isPresent();
        this.timeFound = vdso.find("__vdso_time", VERSION).isPresent();
        this.getcpuFound = vdso.find("__vdso_getcpu", VERSION).isPresent();
    }

    @Override
    public Gate gate() {
        return Gate.EMULATED_VDSO;
    }

    @Override
    public Linkage linkage() {
        return Linkage.ORDINARY;
    }

    @Override
    public Optional<String> refusal(int number) {
        return switch (number) {
            case GETTIMEOFDAY, TIME, CLOCK_GETTIME, CLOCK_GETRES, GETCPU, GETRANDOM -> Optional.empty();
            default ->
                Optional.of("the vDSO has no function for " + name(number)
                        + "; it has some for clock_gettime, gettimeofday, time, getcpu, clock_getres, getrandom");
        };
    }

    private String name(int number) {
        return Syscall.numbered(abi(), number).map(Syscall::callName).orElse("number " + number);
    }

    @Override
    public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        Timekeeper clocks = machine.process().timekeeper();
        return switch (number) {
            case CLOCK_GETTIME -> clockGettime(clocks, a1, a2);
            case CLOCK_GETRES -> clockGetres(a1, a2);
            case GETTIMEOFDAY -> gettimeofday(clocks, a1, a2);
            case TIME -> time(clocks, a1);
            case GETCPU -> getcpu(a1, a2);
            case GETRANDOM -> kernel(number, a1, a2, a3);
            default -> throw new UnsupportedOperationException(refusal(number).orElse(""));
        };
    }

    private long clockGettime(Timekeeper clocks, long clock, long to) {
        if (clockGettimeFound && Timekeeper.inVdso((int) clock) && isWritable(to, 16)) {
            long now = clocks.read((int) clock);
            write64(to, now / NSEC_PER_SEC);
            write64(to + 8, now % NSEC_PER_SEC);
            return 0;
        }
        return kernel(CLOCK_GETTIME, clock, to, 0);
    }

    private long clockGetres(long clock, long to) {
        if (clockGetresFound && Timekeeper.inVdso((int) clock) && to != 0 && isWritable(to, 16)) {
            write64(to, 0);
            write64(to + 8, Timekeeper.resolution((int) clock));
            return 0;
        }
        return kernel(CLOCK_GETRES, clock, to, 0);
    }

    private long gettimeofday(Timekeeper clocks, long to, long zone) {
        if (gettimeofdayFound && zone == 0 && to != 0 && isWritable(to, 16)) {
            long now = clocks.realtime();
            write64(to, now / NSEC_PER_SEC);
            write64(to + 8, now % NSEC_PER_SEC / 1000);
            return 0;
        }
        return kernel(GETTIMEOFDAY, to, zone, 0);
    }

    private long time(Timekeeper clocks, long to) {
        if (!timeFound) {
            return kernel(TIME, to, 0, 0);
        }
        long now = clocks.realtime() / NSEC_PER_SEC;
        if (to == 0) {
            return now;
        }
        if (isWritable(to, 8)) {
            write64(to, now);
            return now;
        }
        return kernel(TIME, to, 0, 0);
    }

    private long getcpu(long cpu, long node) {
        boolean writable = getcpuFound && (cpu == 0 || isWritable(cpu, 4)) && (node == 0 || isWritable(node, 4));
        if (!writable) {
            return kernel(GETCPU, cpu, node, 0);
        }
        if (cpu != 0) {
            write32(cpu, machine.currentThread().task().processor());
        }
        if (node != 0) {
            write32(node, 0);
        }
        return 0;
    }

    private long kernel(int number, long a1, long a2, long a3) {
        return fallback.enter(number, a1, a2, a3, 0, 0, 0);
    }

    private Cpu cpu() {
        return machine.currentThread().cpu();
    }

    private boolean isWritable(long address, int size) {
        return isWritable(address) && isWritable(address + size - 1);
    }

    private boolean isWritable(long address) {
        return cpu().mmu().probe(address, Paging.USER | Paging.WRITE) == Fault.NONE;
    }

    private void write64(long address, long value) {
        cpu().mmu().write64(address, value, Paging.USER);
    }

    private void write32(long address, long value) {
        cpu().mmu().write32(address, value, Paging.USER);
    }

    @Override
    public SyscallEntry critical() {
        throw new UnsupportedOperationException(gate() + " has no linkage to choose: the thread never leaves Java");
    }

    /** {@return the machine behind the gate} */
    EmulatedMachine machine() {
        return machine;
    }

    @Override
    public UserMemory memory() {
        return fallback.memory();
    }

    @Override
    public void close() {}
}

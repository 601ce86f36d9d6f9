package dev.trapgate.emulator.linux.arch.x86.entry;

import static dev.trapgate.emulator.linux.arch.x86.Segments32.KERNEL_CS;
import static dev.trapgate.emulator.linux.arch.x86.Segments32.KERNEL_DS;
import static dev.trapgate.emulator.linux.arch.x86.Segments32.USER_CS;
import static dev.trapgate.emulator.linux.arch.x86.Segments32.USER_DS;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.cpu.ControlRegisters;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GateDescriptor;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.ModelSpecificRegisters;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.TaskStateSegment;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.linux.arch.x86.Segments32;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.Vdso32;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.VdsoImage;
import dev.trapgate.emulator.linux.kernel.HandlerReturn;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The classic 32-bit kernel at boot: arch/i386/kernel/traps.c (trap_init), cpu/common.c (cpu_init) and sysenter.c, Linux
 * 2.6.18.
 */
public final class Kernel32 implements Kernel {

    /** From the end of the TSS, where SYSENTER puts the stack pointer, to its esp0. */
    static final int TSS_SYSENTER_ESP0 = TaskStateSegment.ESP0 - TaskStateSegment.SIZE;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long PAGE_OFFSET = 0xc000_0000L;
    private static final long TEXT = 0xc010_0000L;
    private static final long SYS_CALL_TABLE = 0xc030_0000L;
    private static final long IDT = 0xc040_0000L;
    private static final long VSYSCALL_PAGE = 0xffff_e000L;
    private static final long CPU_AREAS = 0xc100_0000L;
    private static final int CPU_AREA_SHIFT = 15;
    private static final int TSS_OFFSET = 0x1000;
    private static final int AREA_PAGES = 2;
    private static final int STACK_OFFSET = 0x4000;
    private static final int STACK_PAGES = 2;
    /** asm-i386/mach-default/irq_vectors.h: the local APIC's timer. */
    static final int LOCAL_TIMER_VECTOR = 0xef;

    private static final int VECTORS = 256;
    private static final int GATE_SIZE = 8;
    private static final int SYSCALL_VECTOR = 0x80;
    private static final int DOUBLE_FAULT_TSS = 0xf8;
    private static final int DOUBLE_FAULT_OFFSET = 0x1800;
    private static final int DOUBLE_FAULT_STACK_END = 0x2000;

    private final AddressSpace space;
    private final KernelText text = new KernelText(TEXT);
    private final VdsoImage vdso = Vdso32.classic(VSYSCALL_PAGE);
    private final SyscallTable table;

    /**
     * Boots.
     *
     * @param space the memory to lay everything out in
     */
    public Kernel32(AddressSpace space) {
        this.space = space;
        space.map(TEXT, new PageFrames(16), 0, 16, Paging.EXECUTE);
        table = new SyscallTable(
                "sys_call_table",
                Abi.I386,
                TableSize.CLASSIC,
                new SyscallTable.Place(text, space, SYS_CALL_TABLE, Integer.BYTES));
        trapInit();
        mapVsyscallPage();
    }

    /** {@code trap_init}: trap gates for exceptions, 3 to 5 and 0x80 open to programs, a task gate for #DF. */
    private void trapInit() {
        PageFrames frames = new PageFrames(1);
        space.map(IDT, frames, 0, 1, Paging.READ);
        for (int vector = 0; vector < VECTORS; vector++) {
            frames.bytes().set(LONG, (long) vector * GATE_SIZE, gate(vector));
        }
    }

    private long gate(int vector) {
        long handler = text.exception(vector);
        return switch (vector) {
            case SYSCALL_VECTOR ->
                GateDescriptor.low(GateDescriptor.TRAP, 3, KERNEL_CS, text.address(EntryPoint.INT80), 0);
            case Vector.OF, Vector.BR -> GateDescriptor.low(GateDescriptor.TRAP, 3, KERNEL_CS, handler, 0);
            case Vector.BP -> GateDescriptor.low(GateDescriptor.INTERRUPT, 3, KERNEL_CS, handler, 0);
            case Vector.DF -> GateDescriptor.low(GateDescriptor.TASK, 0, DOUBLE_FAULT_TSS, 0, 0);
            case Vector.NMI, Vector.PF -> GateDescriptor.low(GateDescriptor.INTERRUPT, 0, KERNEL_CS, handler, 0);
            default -> {
                int type = vector < Vector.EXCEPTIONS ? GateDescriptor.TRAP : GateDescriptor.INTERRUPT;
                yield GateDescriptor.low(type, 0, KERNEL_CS, handler, 0);
            }
        };
    }

    private void mapVsyscallPage() {
        space.map(VSYSCALL_PAGE, vdso.page(), 0, 1, Paging.USER | Paging.EXECUTE);
    }

    @Override
    public void startCpu(Cpu cpu, int number) {
        PageFrames area = new PageFrames(AREA_PAGES);
        long base = area(number);
        long tss = base + TSS_OFFSET;
        space.map(base, area, 0, AREA_PAGES, Paging.WRITE);
        space.map(base + STACK_OFFSET, new PageFrames(STACK_PAGES), 0, STACK_PAGES, Paging.WRITE);
        fillGdt(area.bytes(), tss);
        fillDoubleFaultTss(area.bytes(), base);
        area.bytes().set(INT, TSS_OFFSET + TaskStateSegment.ESP0, (int) esp0(number));
        area.bytes().set(INT, TSS_OFFSET + TaskStateSegment.SS0, KERNEL_DS);
        cpu.control()
                .setCr0(ControlRegisters.CR0_PE
                        | ControlRegisters.CR0_WP
                        | ControlRegisters.CR0_AM
                        | ControlRegisters.CR0_PG);
        cpu.control().setCr4(ControlRegisters.CR4_OSFXSR | ControlRegisters.CR4_OSXMMEXCPT);
        cpu.tables().loadGdt(base, Segments32.ENTRIES * 8 - 1);
        cpu.tables().loadIdt(IDT, VECTORS * GATE_SIZE - 1);
        cpu.tables().loadTask(Segments32.TSS, Descriptor.taskStateSegment(tss, TaskStateSegment.SIZE - 1), tss);
        enableSepCpu(cpu, tss);
    }

    private static void fillGdt(MemorySegment area, long tss) {
        int code = Descriptor.CODE | Descriptor.WRITABLE;
        area.set(LONG, KERNEL_CS, Descriptor.flat(code, 0, Width.BITS_32));
        area.set(LONG, KERNEL_DS, Descriptor.flat(Descriptor.WRITABLE, 0, Width.BITS_32));
        area.set(LONG, USER_CS & 0xfff8, Descriptor.flat(code, 3, Width.BITS_32));
        area.set(LONG, USER_DS & 0xfff8, Descriptor.flat(Descriptor.WRITABLE, 3, Width.BITS_32));
        area.set(LONG, Segments32.TSS, Descriptor.taskStateSegment(tss, TaskStateSegment.SIZE - 1));
    }

    /** {@code doublefault_tss} of arch/i386/kernel/doublefault.c: a task that needs nothing of the one that failed. */
    private void fillDoubleFaultTss(MemorySegment area, long base) {
        long tss = base + DOUBLE_FAULT_OFFSET;
        area.set(LONG, DOUBLE_FAULT_TSS, Descriptor.taskStateSegment(tss, TaskStateSegment.SIZE - 1));
        putTaskWord(area, TaskStateSegment.ESP0, (int) base + DOUBLE_FAULT_STACK_END);
        putTaskWord(area, TaskStateSegment.SS0, KERNEL_DS);
        putTaskWord(area, TaskStateSegment.EIP, (int) text.address(EntryPoint.DOUBLE_FAULT));
        putTaskWord(area, TaskStateSegment.EFLAGS, (int) (Flags.SF | Flags.FIXED));
        putTaskWord(area, TaskStateSegment.EAX + 4 * GeneralRegisters.RSP, (int) base + DOUBLE_FAULT_STACK_END);
        putTaskWord(area, TaskStateSegment.ES, USER_DS);
        putTaskWord(area, TaskStateSegment.ES + 4, KERNEL_CS);
        putTaskWord(area, TaskStateSegment.ES + 8, KERNEL_DS);
        putTaskWord(area, TaskStateSegment.ES + 12, USER_DS);
    }

    private static void putTaskWord(MemorySegment area, int offset, int value) {
        area.set(INT, DOUBLE_FAULT_OFFSET + offset, value);
    }

    /** {@code enable_sep_cpu} of sysenter.c. */
    private void enableSepCpu(Cpu cpu, long tss) {
        ModelSpecificRegisters msrs = cpu.msrs();
        msrs.write(ModelSpecificRegisters.IA32_SYSENTER_CS, KERNEL_CS);
        msrs.write(ModelSpecificRegisters.IA32_SYSENTER_ESP, tss + TaskStateSegment.SIZE);
        msrs.write(ModelSpecificRegisters.IA32_SYSENTER_EIP, text.address(EntryPoint.SYSENTER));
    }

    @Override
    public void stopCpu(int number) {
        space.unmap(area(number), AREA_PAGES);
        space.unmap(area(number) + STACK_OFFSET, STACK_PAGES);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException for 64-bit code
     */
    @Override
    public void startThread(Cpu cpu, Width width) {
        if (width != Width.BITS_32) {
            throw new IllegalArgumentException("the classic kernel runs 32-bit programs only, not " + width);
        }
        long data = Descriptor.flat(Descriptor.WRITABLE, 3, Width.BITS_32);
        cpu.registers().clear();
        cpu.segments().cs().load(USER_CS, Descriptor.flat(Descriptor.CODE | Descriptor.WRITABLE, 3, Width.BITS_32));
        cpu.segments().ss().load(USER_DS, data);
        cpu.segments().ds().load(USER_DS, data);
        cpu.segments().es().load(USER_DS, data);
        cpu.segments().fs().load(0, 0);
        cpu.segments().gs().load(0, 0);
        cpu.setRflags(Flags.FIXED | Flags.IF);
        cpu.setCpl(3);
    }

    @Override
    public KernelEntry entry(Task task) {
        return new Entry32(task, this, esp0(task.cpuNumber()));
    }

    @Override
    public Optional<SyscallTable> table(Abi abi) {
        return abi == Abi.I386 ? Optional.of(table) : Optional.empty();
    }

    @Override
    public long kernelVsyscall() {
        return VSYSCALL_PAGE + vdso.offset(Vdso32.KERNEL_VSYSCALL);
    }

    @Override
    public HandlerReturn handlerReturn() {
        return new HandlerReturn(
                VSYSCALL_PAGE + vdso.offset(Vdso32.KERNEL_SIGRETURN),
                VSYSCALL_PAGE + vdso.offset(Vdso32.KERNEL_RT_SIGRETURN));
    }

    @Override
    public int threadLocalSelector() {
        return Segments32.TLS;
    }

    @Override
    public int timerVector() {
        return LOCAL_TIMER_VECTOR;
    }

    @Override
    public long taskSize() {
        return PAGE_OFFSET;
    }

    KernelText text() {
        return text;
    }

    SyscallTable table() {
        return table;
    }

    private static long area(int number) {
        return CPU_AREAS + ((long) number << CPU_AREA_SHIFT);
    }

    private static long esp0(int number) {
        return area(number) + STACK_OFFSET + (long) STACK_PAGES * PageFrames.PAGE_SIZE;
    }
}

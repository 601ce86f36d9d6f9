package dev.trapgate.emulator.linux.arch.x86.entry;

import static dev.trapgate.emulator.linux.arch.x86.Segments64.KERNEL_CS;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.cpu.ControlRegisters;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GateDescriptor;
import dev.trapgate.emulator.cpu.ModelSpecificRegisters;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.TaskStateSegment;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.arch.x86.Segments64;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.Vdso32;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.VdsoImage;
import dev.trapgate.emulator.linux.kernel.HandlerReturn;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The 64-bit kernel at boot: arch/x86/kernel/idt.c, cpu/common.c (syscall_init, cpu_init) and process_64.c, Linux 5.17.
 */
public final class Kernel64 implements Kernel {

    /** Whether {@code int $0x80} brings r8 to r11 back. */
    public enum ExtraRegisters {
        /** As the program had them: Linux 4.17 and later. */
        KEPT,
        /** As zero: before Linux 4.17. */
        CLEARED
    }

    /** Offset in the per-CPU area of cpu_tss_rw.x86_tss, whose stack pointers are aligned if it itself is four bytes off. */
    private static final int TSS = 4;
    /** Offset in the per-CPU area of cpu_tss_rw.x86_tss.sp0. */
    static final int TSS_SP0 = TSS + TaskStateSegment.RSP0;
    /** Offset in the per-CPU area of cpu_tss_rw.x86_tss.sp2, where the entry keeps the user's rsp. */
    static final int TSS_SP2 = TSS + TaskStateSegment.RSP2;
    /** Offset in the per-CPU area of cpu_current_top_of_stack. */
    static final int TOP_OF_STACK = 0x78;
    /** The per-CPU area's size. */
    static final int PER_CPU_SIZE = 0x80;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long TASK_SIZE = 0x7fff_ffff_f000L;
    private static final long TEXT = 0xffff_ffff_8100_0000L;
    private static final long SYS_CALL_TABLE = 0xffff_ffff_8200_0000L;
    private static final long X32_SYS_CALL_TABLE = 0xffff_ffff_8201_0000L;
    private static final long IA32_SYS_CALL_TABLE = 0xffff_ffff_8202_0000L;
    private static final long IDT = 0xffff_fe00_0000_0000L;
    private static final long CPU_AREAS = 0xffff_fe00_0001_0000L;
    private static final int CPU_AREA_SHIFT = 16;
    private static final long STACKS = 0xffff_c900_0000_0000L;
    private static final int STACK_SPACING_SHIFT = 15;
    private static final int STACK_PAGES = 4;
    private static final int GDT_OFFSET = 0;
    private static final int ENTRY_STACK_END = 0x2000;
    private static final int PER_CPU_OFFSET = 0x2000;
    private static final int EXCEPTION_STACKS_END = 0x4000;
    private static final int EXCEPTION_STACK_SIZE = 0x400;
    private static final int AREA_PAGES = 4;
    /** asm/irq_vectors.h: the local APIC's timer. */
    static final int LOCAL_TIMER_VECTOR = 0xec;

    private static final int VECTORS = 256;
    private static final int GATE_SIZE = 16;

    /** Read-only data for programs, whose limit is the number of the processor: {@code setup_getcpu}. */
    private static final long CPUNODE_DESCRIPTOR = 0x0040_f500_0000_0000L;

    private static final int IST_DF = 1;
    private static final int IST_NMI = 2;
    private static final int IST_DB = 3;
    private static final int IST_MCE = 4;
    private static final int SYSCALL_VECTOR = 0x80;

    private final AddressSpace space;
    private final KernelText text = new KernelText(TEXT);
    private final SyscallTable table;
    private final SyscallTable ia32Table;
    private final SyscallTable x32Table;
    private final SyscallCommon common;
    private final ExtraRegisters extraRegisters;
    private final long kernelVsyscall;
    private final HandlerReturn handlerReturn;

    /** Whether the kernel was built with CONFIG_X86_X32_ABI. */
    public enum X32 {
        /** Numbers with the x32 bit answer ENOSYS. */
        ABSENT,
        /** Numbers with the x32 bit are looked up in their own table. */
        PRESENT
    }

    /**
     * Boots.
     *
     * @param space the memory to lay everything out in
     * @param extraRegisters how {@code int $0x80} treats r8 to r11
     * @param x32 whether x32 numbers are looked up
     * @param vendor whose processors it runs on
     * @param vdso the address of the 32-bit vDSO, {@link Vdso32#modern}
     */
    public Kernel64(AddressSpace space, ExtraRegisters extraRegisters, X32 x32, Vendor vendor, long vdso) {
        this.space = space;
        this.extraRegisters = extraRegisters;
        space.map(TEXT, new PageFrames(16), 0, 16, Paging.EXECUTE);
        table = table("sys_call_table", Abi.X86_64, SYS_CALL_TABLE);
        x32Table = table("x32_sys_call_table", Abi.X32, X32_SYS_CALL_TABLE);
        ia32Table = table("ia32_sys_call_table", Abi.I386, IA32_SYS_CALL_TABLE);
        VdsoImage image = Vdso32.modern(vendor);
        kernelVsyscall = vdso + image.offset(Vdso32.KERNEL_VSYSCALL);
        handlerReturn = new HandlerReturn(
                vdso + image.offset(Vdso32.KERNEL_SIGRETURN), vdso + image.offset(Vdso32.KERNEL_RT_SIGRETURN));
        common = new SyscallCommon(table, ia32Table, x32Table, x32, kernelVsyscall + Vdso32.landingPad());
        layOutIdt();
    }

    private SyscallTable table(String symbol, Abi abi, long address) {
        return new SyscallTable(
                symbol, abi, TableSize.of(abi), new SyscallTable.Place(text, space, address, Long.BYTES));
    }

    /** {@code idt_setup_traps} and its kind: all interrupt gates, #BP, #OF and vector 0x80 open to programs. */
    private void layOutIdt() {
        PageFrames frames = new PageFrames(1);
        space.map(IDT, frames, 0, 1, Paging.READ);
        for (int vector = 0; vector < VECTORS; vector++) {
            boolean open = vector == Vector.BP || vector == Vector.OF || vector == SYSCALL_VECTOR;
            long handler = vector == SYSCALL_VECTOR ? text.address(EntryPoint.INT80) : text.exception(vector);
            long low = GateDescriptor.low(
                    GateDescriptor.INTERRUPT, open ? 3 : 0, KERNEL_CS, handler, interruptStack(vector));
            frames.bytes().set(LONG, (long) vector * GATE_SIZE, low);
            frames.bytes().set(LONG, (long) vector * GATE_SIZE + 8, GateDescriptor.high(handler));
        }
    }

    private static int interruptStack(int vector) {
        return switch (vector) {
            case Vector.DF -> IST_DF;
            case Vector.NMI -> IST_NMI;
            case Vector.DB -> IST_DB;
            case Vector.MC -> IST_MCE;
            default -> 0;
        };
    }

    @Override
    public void startCpu(Cpu cpu, int number) {
        PageFrames area = new PageFrames(AREA_PAGES);
        long base = area(number);
        space.map(base, area, 0, AREA_PAGES, Paging.WRITE);
        space.map(stack(number), new PageFrames(STACK_PAGES), 0, STACK_PAGES, Paging.WRITE);
        long tss = base + PER_CPU_OFFSET + TSS;
        fillGdt(area.bytes(), tss);
        putDescriptor(area.bytes(), Segments64.CPUNODE, CPUNODE_DESCRIPTOR | number);
        fillTss(area.bytes(), number);
        cpu.control()
                .setCr0(ControlRegisters.CR0_PE
                        | ControlRegisters.CR0_WP
                        | ControlRegisters.CR0_AM
                        | ControlRegisters.CR0_PG);
        cpu.control()
                .setCr4(ControlRegisters.CR4_PAE
                        | ControlRegisters.CR4_OSFXSR
                        | ControlRegisters.CR4_OSXMMEXCPT
                        | ControlRegisters.CR4_UMIP);
        cpu.tables().loadGdt(base + GDT_OFFSET, Segments64.ENTRIES * 8 - 1);
        cpu.tables().loadIdt(IDT, VECTORS * GATE_SIZE - 1);
        syscallInit(cpu, base);
        long descriptor = Descriptor.taskStateSegment(tss, TaskStateSegment.SIZE - 1);
        cpu.tables().loadTask(Segments64.TSS, descriptor, tss);
    }

    private static void fillGdt(MemorySegment area, long tss) {
        int code = Descriptor.CODE | Descriptor.WRITABLE;
        putDescriptor(area, Segments64.KERNEL32_CS, Descriptor.flat(code, 0, Width.BITS_32));
        putDescriptor(area, KERNEL_CS, Descriptor.flat(code, 0, Width.BITS_64));
        putDescriptor(area, Segments64.KERNEL_DS, Descriptor.flat(Descriptor.WRITABLE, 0, Width.BITS_32));
        putDescriptor(area, Segments64.USER32_CS, Descriptor.flat(code, 3, Width.BITS_32));
        putDescriptor(area, Segments64.USER_DS, Descriptor.flat(Descriptor.WRITABLE, 3, Width.BITS_32));
        putDescriptor(area, Segments64.USER_CS, Descriptor.flat(code, 3, Width.BITS_64));
        putDescriptor(area, Segments64.TSS, Descriptor.taskStateSegment(tss, TaskStateSegment.SIZE - 1));
        putDescriptor(area, Segments64.TSS + 8, tss >>> 32);
    }

    private static void putDescriptor(MemorySegment area, int selector, long descriptor) {
        area.set(LONG, GDT_OFFSET + (selector & 0xfff8), descriptor);
    }

    private static void fillTss(MemorySegment area, int number) {
        area.set(LONG, PER_CPU_OFFSET + TSS_SP0, area(number) + ENTRY_STACK_END);
        area.set(LONG, PER_CPU_OFFSET + TOP_OF_STACK, topOfStack(number));
        for (int entry = IST_DF; entry <= IST_MCE; entry++) {
            long end = area(number) + EXCEPTION_STACKS_END - (long) (entry - IST_DF) * EXCEPTION_STACK_SIZE;
            area.set(LONG, PER_CPU_OFFSET + TSS + TaskStateSegment.IST1 + 8L * (entry - 1), end);
        }
    }

    /** {@code syscall_init} of arch/x86/kernel/cpu/common.c. */
    private void syscallInit(Cpu cpu, long base) {
        ModelSpecificRegisters msrs = cpu.msrs();
        msrs.write(
                ModelSpecificRegisters.EFER,
                ModelSpecificRegisters.EFER_SCE
                        | ModelSpecificRegisters.EFER_LME
                        | ModelSpecificRegisters.EFER_LMA
                        | ModelSpecificRegisters.EFER_NXE);
        msrs.write(ModelSpecificRegisters.STAR, Segments64.STAR);
        msrs.write(ModelSpecificRegisters.LSTAR, text.address(EntryPoint.SYSCALL_64));
        msrs.write(ModelSpecificRegisters.CSTAR, text.address(EntryPoint.SYSCALL_COMPAT));
        msrs.write(ModelSpecificRegisters.FMASK, Segments64.FMASK);
        msrs.write(ModelSpecificRegisters.IA32_SYSENTER_CS, KERNEL_CS);
        msrs.write(ModelSpecificRegisters.IA32_SYSENTER_ESP, base + ENTRY_STACK_END);
        msrs.write(ModelSpecificRegisters.IA32_SYSENTER_EIP, text.address(EntryPoint.SYSENTER));
        msrs.write(ModelSpecificRegisters.KERNEL_GS_BASE, base + PER_CPU_OFFSET);
    }

    @Override
    public void stopCpu(int number) {
        space.unmap(area(number), AREA_PAGES);
        space.unmap(stack(number), STACK_PAGES);
    }

    @Override
    public void startThread(Cpu cpu, Width width) {
        int code = Descriptor.CODE | Descriptor.WRITABLE;
        long data = Descriptor.flat(Descriptor.WRITABLE, 3, Width.BITS_32);
        boolean wide = width == Width.BITS_64;
        cpu.registers().clear();
        cpu.segments().cs().load(wide ? Segments64.USER_CS : Segments64.USER32_CS, Descriptor.flat(code, 3, width));
        cpu.segments().ss().load(Segments64.USER_DS, data);
        cpu.segments().ds().load(wide ? 0 : Segments64.USER_DS, wide ? 0 : data);
        cpu.segments().es().load(wide ? 0 : Segments64.USER_DS, wide ? 0 : data);
        cpu.segments().fs().load(0, 0);
        cpu.segments().gs().load(0, 0);
        cpu.setRflags(Flags.FIXED | Flags.IF);
        cpu.setCpl(3);
    }

    @Override
    public KernelEntry entry(Task task) {
        return new Entry64(task, this, topOfStack(task.cpuNumber()));
    }

    @Override
    public Optional<SyscallTable> table(Abi abi) {
        return switch (abi) {
            case X86_64 -> Optional.of(table);
            case I386 -> Optional.of(ia32Table);
            case X32 -> Optional.of(x32Table);
            case AARCH64 -> Optional.empty();
        };
    }

    @Override
    public long kernelVsyscall() {
        return kernelVsyscall;
    }

    @Override
    public HandlerReturn handlerReturn() {
        return handlerReturn;
    }

    @Override
    public int threadLocalSelector() {
        return Segments64.TLS;
    }

    @Override
    public int timerVector() {
        return LOCAL_TIMER_VECTOR;
    }

    @Override
    public long taskSize() {
        return TASK_SIZE;
    }

    KernelText text() {
        return text;
    }

    SyscallCommon common() {
        return common;
    }

    ExtraRegisters extraRegisters() {
        return extraRegisters;
    }

    private static long area(int number) {
        return CPU_AREAS + ((long) number << CPU_AREA_SHIFT);
    }

    private static long stack(int number) {
        return STACKS + ((long) number << STACK_SPACING_SHIFT);
    }

    private static long topOfStack(int number) {
        return stack(number) + (long) STACK_PAGES * PageFrames.PAGE_SIZE;
    }
}

package dev.trapgate.cli;

import dev.trapgate.cli.WalkBill.Item;
import dev.trapgate.emulator.cpu.Check;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.CpuListener;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.GateDescriptor;
import dev.trapgate.emulator.cpu.ModelSpecificRegisters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes down what a processor does on its way into the kernel and back. */
final class WalkRecorder implements CpuListener {

    private static final Map<Integer, String> MSR_NAMES = Map.of(
            ModelSpecificRegisters.IA32_SYSENTER_CS, "IA32_SYSENTER_CS",
            ModelSpecificRegisters.IA32_SYSENTER_ESP, "IA32_SYSENTER_ESP",
            ModelSpecificRegisters.IA32_SYSENTER_EIP, "IA32_SYSENTER_EIP",
            ModelSpecificRegisters.EFER, "EFER",
            ModelSpecificRegisters.STAR, "STAR",
            ModelSpecificRegisters.LSTAR, "LSTAR",
            ModelSpecificRegisters.CSTAR, "CSTAR",
            ModelSpecificRegisters.FMASK, "FMASK",
            ModelSpecificRegisters.KERNEL_GS_BASE, "KERNEL_GS_BASE");

    private final Cpu cpu;
    private final Consumer<WalkStep> steps;
    private final List<WalkWord> frame = new ArrayList<>();
    private final WalkBill entry = new WalkBill();
    private final WalkBill whole = new WalkBill();
    private String instruction = "";
    private boolean inKernelCode;
    private boolean kernelReached;
    private boolean leaving;

    /**
     * Begins.
     *
     * @param cpu whose steps
     * @param steps where to write them down
     */
    WalkRecorder(Cpu cpu, Consumer<WalkStep> steps) {
        this.cpu = cpu;
        this.steps = steps;
    }

    /** {@return what was put on the kernel's stack on the last way in, in order} */
    List<WalkWord> frame() {
        return frame;
    }

    /** {@return the bill of the instruction that entered} */
    WalkBill entryBill() {
        return entry;
    }

    /** {@return the bill of the whole passage} */
    WalkBill wholeBill() {
        return whole;
    }

    private void count(Item item) {
        if (instruction.isEmpty()) {
            return;
        }
        whole.count(item);
        if (!kernelReached) {
            entry.count(item);
        }
    }

    private void step(String actor, String kind, String text) {
        steps.accept(new WalkStep(actor, kind, text));
    }

    @Override
    public void instruction(String name) {
        instruction = name;
        inKernelCode = false;
        if (cpu.cpl() == 3) {
            frame.clear();
            leaving = false;
        }
        step(cpu.cpl() == 3 ? "program" : "kernel", "instruction", name + "  at " + hex(cpu.rip()));
    }

    @Override
    public void kernel(String where, String what) {
        inKernelCode = true;
        kernelReached = true;
        leaving |= where.endsWith("_usermode") || where.endsWith("sysret");
        step("kernel", "code", where + ": " + what);
    }

    @Override
    public void descriptorRead(Table table, int index, long low, long high) {
        count(Item.DESCRIPTOR_READS);
        step("cpu", "descriptor", table == Table.IDT ? gate(index, low, high) : segment(table, index, low));
    }

    private static String gate(int vector, long low, long high) {
        String type = GateDescriptor.type(low) == GateDescriptor.TRAP ? "trap gate" : "interrupt gate";
        return "IDT[0x" + Integer.toHexString(vector) + "] = " + (high == 0 ? "" : hex(high) + ' ') + hex(low) + ": "
                + (GateDescriptor.isPresent(low) ? "present " : "absent ") + type + ", DPL " + GateDescriptor.dpl(low)
                + ", " + hex(GateDescriptor.selector(low)) + ':' + hex(GateDescriptor.offset(low, high));
    }

    private static String segment(Table table, int selector, long low) {
        String kind = Descriptor.isCode(low) ? "code" : "data";
        String width = Descriptor.isLong(low) ? "64-bit " : Descriptor.isBig(low) ? "32-bit " : "16-bit ";
        return table + "[" + hex(selector) + "] = " + hex(low) + ": " + width + kind + ", DPL " + Descriptor.dpl(low)
                + ", base " + hex(Descriptor.base(low)) + ", limit " + hex(Descriptor.limit(low));
    }

    @Override
    public void taskStateRead(String field, long address, long value) {
        count(Item.TASK_STATE_READS);
        step("cpu", "tss", "TSS." + field + " at " + hex(address) + " = " + hex(value));
    }

    @Override
    public void passed(Check check) {
        count(Item.CHECKS);
        step("cpu", "check", check.demand() + (check == Check.GATE_DPL ? " (CPL " + cpu.cpl() + ")" : ""));
    }

    @Override
    public void failed(Check check, int fault) {
        count(Item.CHECKS);
        step("cpu", "fails", "not so: " + check.demand() + "  → " + Fault.toString(fault));
    }

    @Override
    public void exception(int fault) {
        step("cpu", "exception", "delivers " + Fault.toString(fault));
        instruction = "int";
        inKernelCode = false;
    }

    @Override
    public void pushed(long address, int size, long value, String meaning) {
        boolean byProcessor = !inKernelCode && instruction.startsWith("int");
        String actor = byProcessor ? "cpu" : cpu.cpl() == 3 ? "program" : "kernel";
        if (byProcessor) {
            count(Item.PUSHES);
        }
        if (!"program".equals(actor) && !leaving) {
            frame.add(new WalkWord(actor, address, size, value, meaning));
        }
        step(actor, byProcessor || cpu.cpl() == 3 ? "push" : "save", word(address, value, meaning));
    }

    @Override
    public void popped(long address, int size, long value, String meaning) {
        boolean byProcessor = instruction.startsWith("iret") && !inKernelCode;
        if (byProcessor) {
            count(Item.POPS);
        }
        String actor = byProcessor ? "cpu" : cpu.cpl() == 3 ? "program" : "kernel";
        step(actor, byProcessor || cpu.cpl() == 3 ? "pop" : "restore", word(address, value, meaning));
    }

    private static String word(long address, long value, String meaning) {
        return meaning + " = " + hex(value) + "  at " + hex(address);
    }

    @Override
    public void msrRead(int number, long value) {
        count(Item.MSR_READS);
        String name = MSR_NAMES.getOrDefault(number, "MSR");
        step("cpu", "msr", name + " (0x" + Integer.toHexString(number) + ") = " + hex(value));
    }

    @Override
    public void registerWritten(String name, long value) {
        step("cpu", "register", name + " = " + hex(value));
    }

    @Override
    public void privilegeChanged(int from, int to) {
        count(Item.PRIVILEGE_CHANGES);
        step("cpu", "privilege", "CPL " + from + " → " + to);
        inKernelCode &= to == 0;
    }

    @Override
    public void memoryRead(long linear, int size, long value) {
        count(Item.MEMORY_READS);
    }

    @Override
    public void memoryWritten(long linear, int size, long value) {
        count(Item.MEMORY_WRITES);
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}

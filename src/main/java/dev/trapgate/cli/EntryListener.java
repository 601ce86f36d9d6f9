package dev.trapgate.cli;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.CpuListener;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Vector;
import java.io.PrintWriter;

/** Prints each passage of a program into the kernel and back: one line a step. */
final class EntryListener implements CpuListener {

    private final Cpu cpu;
    private final PrintWriter out;
    private String instruction = "";

    EntryListener(Cpu cpu, PrintWriter out) {
        this.cpu = cpu;
        this.out = out;
    }

    @Override
    public void instruction(String name) {
        instruction = name;
        if (cpu.cpl() == 3) {
            out.printf(
                    "entry: %s at 0x%x, rax = 0x%x%n",
                    name, cpu.rip(), cpu.registers().get(GeneralRegisters.RAX));
        }
    }

    @Override
    public void privilegeChanged(int from, int to) {
        if (to == 3) {
            out.printf("         back by %s, rax = 0x%x%n", instruction, cpu.registers().get(GeneralRegisters.RAX));
        }
    }

    @Override
    public void exception(int fault) {
        String address = Fault.vector(fault) == Vector.PF
                ? ", cr2 = 0x" + Long.toHexString(cpu.control().cr2())
                : "";
        out.printf("entry: %s at 0x%x%s%n", Fault.toString(fault), cpu.rip(), address);
    }

    @Override
    public void kernel(String where, String what) {
        out.println("         " + where + ": " + what);
    }
}

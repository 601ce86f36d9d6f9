package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.Task;

/** {@code /proc/cpuinfo}: arch/x86/kernel/cpu/proc.c, of what an emulated processor has. */
final class CpuInfo {

    private CpuInfo() {}

    /** {@return the text, with the caller's processor} */
    static String text(Task task) {
        String vendor = task.cpu().vendor() == Vendor.AMD ? "AuthenticAMD" : "GenuineIntel";
        return "processor\t: 0\n"
                + "vendor_id\t: " + vendor + '\n'
                + "model name\t: Trapgate emulated processor\n"
                + "address sizes\t: 48 bits physical, 48 bits virtual\n\n";
    }
}

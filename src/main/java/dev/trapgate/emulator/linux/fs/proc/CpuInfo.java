package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.sched.Processors;

/** {@code /proc/cpuinfo}: {@code show_cpuinfo} of arch/x86/kernel/cpu/proc.c, Linux 6.18, of what CPUID tells programs. */
final class CpuInfo {

    private static final String FLAGS = "tsc msr cx8 sep cmov syscall nx lm cx16 lahf_lm";

    private CpuInfo() {}

    /** {@return a block of lines for each processor} */
    static String text(Task task) {
        StringBuilder text = new StringBuilder();
        int count = Processors.count();
        for (int number = 0; number < count; number++) {
            processor(text, task.cpu().vendor(), number, count);
        }
        return text.toString();
    }

    private static void processor(StringBuilder text, Vendor vendor, int number, int count) {
        line(text, "processor\t", number);
        line(text, "vendor_id\t", vendor == Vendor.AMD ? "AuthenticAMD" : "GenuineIntel");
        line(text, "cpu family\t", 6);
        line(text, "model\t\t", 15);
        line(text, "model name\t", "Trapgate emulated processor");
        line(text, "stepping\t", 1);
        // The time-stamp counter counts nanoseconds.
        line(text, "cpu MHz\t\t", "1000.000");
        line(text, "physical id\t", 0);
        line(text, "siblings\t", count);
        line(text, "core id\t\t", number);
        line(text, "cpu cores\t", count);
        line(text, "apicid\t\t", number);
        line(text, "initial apicid\t", number);
        line(text, "fpu\t\t", "no");
        line(text, "fpu_exception\t", "no");
        line(text, "cpuid level\t", 1);
        line(text, "wp\t\t", "yes");
        line(text, "flags\t\t", FLAGS);
        line(text, "bugs\t\t", "");
        line(text, "bogomips\t", "2000.00");
        line(text, "clflush size\t", 64);
        line(text, "cache_alignment\t", 64);
        line(text, "address sizes\t", "40 bits physical, 48 bits virtual");
        text.append("power management:\n\n");
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(name).append(": ").append(value).append('\n');
    }
}

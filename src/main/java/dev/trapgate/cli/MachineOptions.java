package dev.trapgate.cli;

import dev.trapgate.emulator.cpu.Vendor;
import picocli.CommandLine.Option;

/** Which emulated machine a command is about. */
final class MachineOptions {

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            defaultValue = "MODERN",
            description = "The kernel: CLASSIC is 2.6.18 of i386, MODERN is 5.17 of x86-64. MODERN unless given.")
    private WalkKernel kernel = WalkKernel.MODERN;

    @Option(
            names = "--vendor",
            paramLabel = "VENDOR",
            defaultValue = "INTEL",
            description = "The processor: ${COMPLETION-CANDIDATES}. INTEL unless given.")
    private Vendor vendor = Vendor.INTEL;

    /** {@return which kernel it runs} */
    WalkKernel kernel() {
        return kernel;
    }

    /** {@return whose processors it has} */
    Vendor vendor() {
        return vendor;
    }
}

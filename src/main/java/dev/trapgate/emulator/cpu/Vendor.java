package dev.trapgate.emulator.cpu;

/**
 * Whose processor: they differ in which entry instruction exists in which mode, and in what SYSRET checks.
 *
 * @see <a href="https://www.intel.com/sdm">SDM vol. 2, SYSCALL, SYSENTER, SYSRET; APM vol. 3, the same pages</a>
 */
public enum Vendor {
    /** SYSENTER works in every mode, SYSCALL in 64-bit mode only, SYSRET faults in ring 0 on a bad return address. */
    INTEL,
    /** SYSCALL works in every mode, SYSENTER outside long mode only, SYSRET leaves a bad return address to ring 3. */
    AMD
}

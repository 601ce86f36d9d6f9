package dev.trapgate.emulator.linux.fs.exec;

import dev.trapgate.emulator.cpu.Descriptor.Width;

/**
 * How a kernel lays out programs of a width.
 *
 * @param width 32- or 64-bit programs
 * @param stackTop the end of the stack: STACK_TOP
 * @param dynamicBase where a position-independent program goes: ELF_ET_DYN_BASE
 * @param vdso AT_SYSINFO_EHDR, 0 if this kernel has no vDSO that is an ELF image
 * @param kernelVsyscall AT_SYSINFO of 32-bit programs, else 0
 * @param hardwareCapabilities AT_HWCAP: edx of CPUID's leaf 1
 * @param entries which entries the auxiliary vector has
 */
public record Personality(
        Width width,
        long stackTop,
        long dynamicBase,
        long vdso,
        long kernelVsyscall,
        int hardwareCapabilities,
        AuxiliaryEntries entries) {

    /** What kernels of different age put in the auxiliary vector. */
    public enum AuxiliaryEntries {
        /** Linux 2.6.18: nothing after AT_SECURE but AT_PLATFORM. */
        LINUX_2_6_18,
        /** From Linux 4.11 on: AT_RANDOM, AT_HWCAP2 and AT_EXECFN too. */
        LINUX_4_11,
        /** From Linux 6.3 on: AT_MINSIGSTKSZ, AT_RSEQ_FEATURE_SIZE and AT_RSEQ_ALIGN too. */
        LINUX_6_3
    }

    /** {@return AT_PLATFORM} */
    String platform() {
        return width == Width.BITS_64 ? "x86_64" : "i686";
    }

    int wordSize() {
        return width == Width.BITS_64 ? Long.BYTES : Integer.BYTES;
    }
}

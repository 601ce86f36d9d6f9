package dev.trapgate.emulator;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.cpu.execute.Interpreter;
import dev.trapgate.emulator.linux.arch.x86.entry.Kernel;
import dev.trapgate.emulator.linux.arch.x86.entry.Kernel32;
import dev.trapgate.emulator.linux.arch.x86.entry.Kernel64;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.Vdso32;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.Vdso64;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.Vvar;
import dev.trapgate.emulator.linux.fs.exec.ExecException;
import dev.trapgate.emulator.linux.fs.exec.Personality;
import dev.trapgate.emulator.linux.fs.exec.Personality.AuxiliaryEntries;
import dev.trapgate.emulator.linux.kernel.UtsName;
import dev.trapgate.emulator.linux.kernel.time.Timekeeper;
import dev.trapgate.emulator.linux.mm.Mm;
import dev.trapgate.emulator.linux.mm.PhysicalMemory;
import dev.trapgate.emulator.linux.mm.Vma;

/** Where a machine's kernel has what every program finds in memory, and how it lays programs out. */
final class MachineLayout {

    private static final long HEAP = 0x0900_0000L;
    private static final long VDSO = 0xf7ff_a000L;
    private static final long VDSO_64 = 0x7fff_f7ff_e000L;
    private static final long MMAP_BASE_32 = 0xb7fe_0000L;
    private static final long MMAP_BASE_64 = 0x7fff_f7ff_0000L;
    private static final long COMPAT_STACK_TOP = 0xffff_e000L;
    private static final long CLASSIC_STACK_TOP = 0xc000_0000L;
    private static final long DYNAMIC_BASE = 0x5555_5555_4000L;
    private static final long COMPAT_DYNAMIC_BASE = 0x5655_5000L;
    private static final long KERNEL_HALF_64 = 0xffff_8000_0000_0000L;

    private final KernelGeneration generation;
    private final Vendor vendor;
    private final Kernel kernel;
    private final AddressSpace boot;

    /**
     * Boots a kernel.
     *
     * @param generation which
     * @param vendor on whose processors
     * @param boot the space that it begins with
     */
    MachineLayout(KernelGeneration generation, Vendor vendor, AddressSpace boot) {
        this.generation = generation;
        this.vendor = vendor;
        this.boot = boot;
        this.kernel = generation == KernelGeneration.CLASSIC
                ? new Kernel32(boot)
                : new Kernel64(
                        boot,
                        generation == KernelGeneration.BEFORE_4_17
                                ? Kernel64.ExtraRegisters.CLEARED
                                : Kernel64.ExtraRegisters.KEPT,
                        generation == KernelGeneration.MODERN_X32 ? Kernel64.X32.PRESENT : Kernel64.X32.ABSENT,
                        vendor,
                        VDSO);
    }

    /** {@return the kernel} */
    Kernel kernel() {
        return kernel;
    }

    /** {@return a space with the kernel's half and nothing else} */
    AddressSpace newSpace() {
        return new AddressSpace(boot, generation.is64Bit() ? KERNEL_HALF_64 : kernel.taskSize());
    }

    /** {@return a program's memory, with nothing in it} */
    Mm newMm(AddressSpace space, PhysicalMemory memory) {
        long base = generation.is64Bit() ? MMAP_BASE_64 : MMAP_BASE_32;
        return new Mm(space, kernel.taskSize(), base, HEAP, memory);
    }

    /** Maps what every program finds: {@code arch_setup_additional_pages}. The classic kernel's is in its own half. */
    void mapVdso(Mm mm, PageFrames vvar) {
        if (generation.is64Bit()) {
            int executable = Mm.PROT_READ | Mm.PROT_EXEC;
            mapPage(mm, VDSO, executable, "[vdso]", Vdso32.modern(vendor).page());
            mapPage(mm, VDSO_64, executable, "[vdso]", Vdso64.image().page());
            mapPage(mm, VDSO_64 - PageFrames.PAGE_SIZE, Mm.PROT_READ, "[vvar]", vvar);
        }
    }

    /** {@return what the vDSO reads the clocks from} */
    static PageFrames vvar(Timekeeper timekeeper) {
        return Vvar.page(timekeeper);
    }

    /** Maps a page that Java has. */
    static void mapPage(Mm mm, long address, int protection, String name, PageFrames page) {
        mm.map(Vma.special(address, address + PageFrames.PAGE_SIZE, protection, name), page);
    }

    UtsName utsName() {
        return switch (generation) {
            case CLASSIC -> new UtsName("Linux", "trapgate", "2.6.18", "#1 emulated", "i686", "(none)");
            case BEFORE_4_17 -> new UtsName("Linux", "trapgate", "4.16.0", "#1 SMP emulated", "x86_64", "(none)");
            case MODERN, MODERN_X32 ->
                new UtsName("Linux", "trapgate", "5.17.0", "#1 SMP emulated", "x86_64", "(none)");
        };
    }

    /** {@return how this machine's kernel lays out programs of a width; ENOEXEC is thrown if it does not run such ones} */
    Personality personality(Descriptor.Width width) throws ExecException {
        int features = Interpreter.features();
        if (width == Descriptor.Width.BITS_32) {
            return new Personality(
                    width,
                    generation.is64Bit() ? COMPAT_STACK_TOP : CLASSIC_STACK_TOP,
                    COMPAT_DYNAMIC_BASE,
                    vdso(width),
                    kernel.kernelVsyscall(),
                    features,
                    auxiliaryEntries());
        }
        if (!generation.is64Bit()) {
            throw new ExecException(Errno.ENOEXEC, "it is a 64-bit program, and the classic kernel is a 32-bit one");
        }
        return new Personality(width, kernel.taskSize(), DYNAMIC_BASE, vdso(width), 0, features, auxiliaryEntries());
    }

    private AuxiliaryEntries auxiliaryEntries() {
        return switch (generation) {
            case CLASSIC -> AuxiliaryEntries.LINUX_2_6_18;
            case BEFORE_4_17 -> AuxiliaryEntries.LINUX_4_11;
            case MODERN, MODERN_X32 -> AuxiliaryEntries.LINUX_6_3;
        };
    }

    /** {@return where programs of a width find their vDSO: AT_SYSINFO_EHDR} */
    long vdso(Descriptor.Width width) {
        if (!generation.is64Bit()) {
            return kernel.kernelVsyscall() & -PageFrames.PAGE_SIZE;
        }
        return width == Descriptor.Width.BITS_64 ? VDSO_64 : VDSO;
    }
}

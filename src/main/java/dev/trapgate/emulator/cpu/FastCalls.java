package dev.trapgate.emulator.cpu;

import dev.trapgate.emulator.cpu.Descriptor.Width;

/**
 * The entries and exits that read no descriptor: SYSENTER, SYSEXIT, SYSCALL, SYSRET, and SWAPGS (SDM vol. 2 and APM
 * vol. 3, under the instructions' names).
 */
final class FastCalls {

    private static final long KERNEL_CODE_32 = Descriptor.flat(Descriptor.CODE | Descriptor.WRITABLE, 0, Width.BITS_32);
    private static final long KERNEL_CODE_64 = Descriptor.flat(Descriptor.CODE | Descriptor.WRITABLE, 0, Width.BITS_64);
    private static final long KERNEL_STACK = Descriptor.flat(Descriptor.WRITABLE, 0, Width.BITS_32);
    private static final long USER_CODE_32 = Descriptor.flat(Descriptor.CODE | Descriptor.WRITABLE, 3, Width.BITS_32);
    private static final long USER_CODE_64 = Descriptor.flat(Descriptor.CODE | Descriptor.WRITABLE, 3, Width.BITS_64);
    private static final long USER_STACK = Descriptor.flat(Descriptor.WRITABLE, 3, Width.BITS_32);

    private static final long LOW_32 = 0xffff_ffffL;

    private final Cpu cpu;

    FastCalls(Cpu cpu) {
        this.cpu = cpu;
    }

    /** SDM vol. 2, SYSENTER. AMD: not in long mode (APM vol. 3, SYSENTER). */
    int sysenter() {
        if (cpu.vendor() == Vendor.AMD && cpu.isLongMode()) {
            return cpu.failed(Check.OPCODE, Fault.of(Vector.UD));
        }
        cpu.passed(Check.OPCODE);
        int selector = (int) cpu.readMsr(ModelSpecificRegisters.IA32_SYSENTER_CS) & 0xffff;
        if (!isProtected() || Selector.isNull(selector)) {
            return cpu.failed(Check.SYSENTER_CS, Fault.of(Vector.GP));
        }
        cpu.passed(Check.SYSENTER_CS);
        long sp = cpu.readMsr(ModelSpecificRegisters.IA32_SYSENTER_ESP);
        long ip = cpu.readMsr(ModelSpecificRegisters.IA32_SYSENTER_EIP);
        boolean wide = cpu.isLongMode();
        setFlags(cpu.rflags() & ~(Flags.VM | Flags.IF | Flags.RF));
        enterRing0(selector);
        setStackPointer(wide ? sp : sp & LOW_32);
        jump(wide ? ip : ip & LOW_32);
        return Fault.NONE;
    }

    /** SDM vol. 2, SYSEXIT. AMD: not in long mode, once the privilege level is right. */
    int sysexit(Width width) {
        int selector = (int) cpu.readMsr(ModelSpecificRegisters.IA32_SYSENTER_CS) & 0xffff;
        if (!isProtected() || Selector.isNull(selector)) {
            return cpu.failed(Check.SYSENTER_CS, Fault.of(Vector.GP));
        }
        cpu.passed(Check.SYSENTER_CS);
        int fault = cpu.requireRing0();
        if (fault != Fault.NONE) {
            return fault;
        }
        if (cpu.vendor() == Vendor.AMD && cpu.isLongMode()) {
            return cpu.failed(Check.OPCODE, Fault.of(Vector.UD));
        }
        boolean wide = width == Width.BITS_64 && cpu.is64BitMode();
        long sp = cpu.registers().get(GeneralRegisters.RCX);
        long ip = cpu.registers().get(GeneralRegisters.RDX);
        if (wide && !(Mmu.isCanonical(sp) && Mmu.isCanonical(ip))) {
            return cpu.failed(Check.TARGET, Fault.of(Vector.GP));
        }
        loadCode(selector + (wide ? 32 : 16) | 3, wide ? USER_CODE_64 : USER_CODE_32);
        loadStack(selector + (wide ? 40 : 24) | 3, USER_STACK);
        cpu.enter(3);
        setStackPointer(wide ? sp : sp & LOW_32);
        jump(wide ? ip : ip & LOW_32);
        return Fault.NONE;
    }

    /** SDM vol. 2, SYSCALL: 64-bit mode only. APM vol. 3, SYSCALL: every mode. */
    int syscall(long next) {
        if (cpu.vendor() == Vendor.INTEL && !cpu.is64BitMode()) {
            return cpu.failed(Check.OPCODE, Fault.of(Vector.UD));
        }
        cpu.passed(Check.OPCODE);
        if (!isSyscallEnabled()) {
            return cpu.failed(Check.SYSCALL_ENABLED, Fault.of(Vector.UD));
        }
        cpu.passed(Check.SYSCALL_ENABLED);
        long star = cpu.toldMsr(ModelSpecificRegisters.STAR, cpu.msrs().star());
        int selector = (int) (star >>> 32) & 0xfffc;
        if (!cpu.isLongMode()) {
            writeRegister(GeneralRegisters.RCX, next);
            setFlags(cpu.rflags() & ~(Flags.VM | Flags.IF | Flags.RF));
            enterRing0(selector);
            jump(star & LOW_32);
            return Fault.NONE;
        }
        boolean wide = cpu.is64BitMode();
        long target = wide
                ? cpu.toldMsr(ModelSpecificRegisters.LSTAR, cpu.msrs().lstar())
                : cpu.toldMsr(ModelSpecificRegisters.CSTAR, cpu.msrs().cstar());
        long cleared = cpu.toldMsr(ModelSpecificRegisters.FMASK, cpu.msrs().fmask());
        writeRegister(GeneralRegisters.RCX, next);
        writeRegister(GeneralRegisters.R11, cpu.rflags() & ~Flags.RF);
        setFlags(cpu.rflags() & ~(cleared | Flags.RF));
        enterRing0(selector);
        jump(target);
        return Fault.NONE;
    }

    /** SDM vol. 2, SYSRET: checks RCX in ring 0. APM vol. 3, SYSRET: leaves that to the fetch in ring 3. */
    int sysret(Width width) {
        boolean intel = cpu.vendor() == Vendor.INTEL;
        if (intel && !cpu.is64BitMode()) {
            return cpu.failed(Check.OPCODE, Fault.of(Vector.UD));
        }
        cpu.passed(Check.OPCODE);
        if (!isSyscallEnabled()) {
            return cpu.failed(Check.SYSCALL_ENABLED, Fault.of(Vector.UD));
        }
        cpu.passed(Check.SYSCALL_ENABLED);
        int fault = cpu.requireRing0();
        if (fault != Fault.NONE) {
            return fault;
        }
        boolean wide = width == Width.BITS_64 && cpu.is64BitMode();
        long ip = cpu.registers().get(GeneralRegisters.RCX);
        if (intel && wide) {
            if (!Mmu.isCanonical(ip)) {
                return cpu.failed(Check.TARGET, Fault.of(Vector.GP));
            }
            cpu.passed(Check.TARGET);
        }
        setFlags(
                cpu.isLongMode()
                        ? cpu.registers().get(GeneralRegisters.R11) & Flags.SYSRET_MASK
                        : cpu.rflags() | Flags.IF);
        enterRing3(wide);
        jump(wide ? ip : ip & LOW_32);
        return Fault.NONE;
    }

    private void enterRing3(boolean wide) {
        int selector =
                (int) (cpu.toldMsr(ModelSpecificRegisters.STAR, cpu.msrs().star()) >>> 48);
        loadCode(selector + (wide ? 16 : 0) | 3, wide ? USER_CODE_64 : USER_CODE_32);
        loadReturnStack(selector + 8 | 3);
        cpu.enter(3);
    }

    /** SDM vol. 2, SWAPGS. */
    int swapgs() {
        if (!cpu.is64BitMode()) {
            return cpu.failed(Check.OPCODE, Fault.of(Vector.UD));
        }
        cpu.passed(Check.OPCODE);
        int fault = cpu.requireRing0();
        if (fault != Fault.NONE) {
            return fault;
        }
        long other =
                cpu.toldMsr(ModelSpecificRegisters.KERNEL_GS_BASE, cpu.msrs().kernelGsBase());
        SegmentRegister gs = cpu.segments().gs();
        cpu.msrs().setKernelGsBase(gs.base());
        gs.setBase(other);
        cpu.wrote("gs.base", other);
        return Fault.NONE;
    }

    private boolean isSyscallEnabled() {
        long efer = cpu.toldMsr(ModelSpecificRegisters.EFER, cpu.msrs().efer());
        return (efer & ModelSpecificRegisters.EFER_SCE) != 0;
    }

    private void enterRing0(int selector) {
        boolean wide = cpu.isLongMode();
        loadCode(selector & 0xfffc, wide ? KERNEL_CODE_64 : KERNEL_CODE_32);
        loadStack((selector & 0xfffc) + 8, KERNEL_STACK);
        cpu.enter(0);
    }

    /** AMD's SYSRET writes SS's selector and leaves its hidden part; both are flat under Linux. */
    private void loadReturnStack(int selector) {
        if (cpu.vendor() == Vendor.INTEL || cpu.segments().ss().isUnusable()) {
            loadStack(selector, USER_STACK);
        } else {
            cpu.segments().ss().setSelector(selector);
            cpu.wrote("ss", selector & 0xffff);
        }
    }

    private void loadCode(int selector, long descriptor) {
        cpu.segments().cs().load(selector, descriptor);
        cpu.wrote("cs", selector & 0xffff);
    }

    private void loadStack(int selector, long descriptor) {
        cpu.segments().ss().load(selector, descriptor);
        cpu.wrote("ss", selector & 0xffff);
    }

    private void setStackPointer(long value) {
        writeRegister(GeneralRegisters.RSP, value);
    }

    private void writeRegister(int register, long value) {
        cpu.registers().set(register, value);
        cpu.wrote(GeneralRegisters.name(register), value);
    }

    private void setFlags(long value) {
        cpu.setRflags(value);
        cpu.wrote("rflags", cpu.rflags());
    }

    private void jump(long target) {
        cpu.setRip(target);
        cpu.wrote("rip", target);
    }

    private boolean isProtected() {
        return (cpu.control().cr0() & ControlRegisters.CR0_PE) != 0;
    }
}

package dev.trapgate.emulator.linux.arch.x86;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.ModelSpecificRegisters;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/**
 * {@code arch_prctl(2)}: arch/x86/kernel/process_64.c and process.c, Linux 6.18, for a processor that cannot refuse CPUID
 * and has x87 and SSE state only; built without shadow stacks and address masking.
 */
public final class ArchPrctl {

    private static final int ARCH_SET_GS = 0x1001;
    private static final int ARCH_SET_FS = 0x1002;
    private static final int ARCH_GET_FS = 0x1003;
    private static final int ARCH_GET_GS = 0x1004;
    private static final int ARCH_GET_CPUID = 0x1011;
    private static final int ARCH_SET_CPUID = 0x1012;
    private static final int ARCH_GET_XCOMP_SUPP = 0x1021;
    private static final int ARCH_GET_XCOMP_PERM = 0x1022;
    private static final int ARCH_REQ_XCOMP_PERM = 0x1023;
    private static final int ARCH_GET_XCOMP_GUEST_PERM = 0x1024;
    private static final int ARCH_REQ_XCOMP_GUEST_PERM = 0x1025;
    private static final int ARCH_MAP_VDSO_32 = 0x2002;
    private static final int ARCH_MAP_VDSO_64 = 0x2003;
    private static final long TASK_SIZE_MAX = 0x7fff_ffff_f000L;
    private static final long X87_AND_SSE = 3;
    private static final long XFEATURE_MAX = 20;

    private ArchPrctl() {}

    /** {@code arch_prctl(2)}. */
    public static long archPrctl(Task current, PtRegs regs) {
        int option = (int) regs.argument(1);
        long value = regs.argument(2);
        if (regs.abi() != Abi.I386) {
            long result = bases(current, option, value);
            if (result != ErrorNumbers.EINVAL) {
                return result;
            }
        }
        return switch (option) {
            case ARCH_GET_CPUID -> 1;
            case ARCH_SET_CPUID -> ErrorNumbers.ENODEV;
            case ARCH_GET_XCOMP_SUPP, ARCH_GET_XCOMP_PERM, ARCH_GET_XCOMP_GUEST_PERM ->
                put(current, value, X87_AND_SSE);
            case ARCH_REQ_XCOMP_PERM, ARCH_REQ_XCOMP_GUEST_PERM ->
                Long.compareUnsigned(value, XFEATURE_MAX) >= 0 ? ErrorNumbers.EINVAL : ErrorNumbers.EOPNOTSUPP;
            default -> ErrorNumbers.EINVAL;
        };
    }

    /** {@code do_arch_prctl_64}. */
    private static long bases(Task current, int option, long value) {
        Cpu cpu = current.cpu();
        return switch (option) {
            case ARCH_SET_FS -> setBase(cpu, ModelSpecificRegisters.FS_BASE, value);
            case ARCH_SET_GS -> setBase(cpu, ModelSpecificRegisters.KERNEL_GS_BASE, value);
            case ARCH_GET_FS -> put(current, value, cpu.msrs().read(ModelSpecificRegisters.FS_BASE));
            case ARCH_GET_GS -> put(current, value, cpu.msrs().read(ModelSpecificRegisters.KERNEL_GS_BASE));
            case ARCH_MAP_VDSO_32, ARCH_MAP_VDSO_64 -> ErrorNumbers.EEXIST;
            default -> ErrorNumbers.EINVAL;
        };
    }

    /** In the kernel, SWAPGS has put the program's GS base aside. */
    private static long setBase(Cpu cpu, int register, long base) {
        if (Long.compareUnsigned(base, TASK_SIZE_MAX) >= 0) {
            return ErrorNumbers.EPERM;
        }
        if (register == ModelSpecificRegisters.FS_BASE) {
            cpu.segments().fs().load(0, 0);
        }
        cpu.msrs().write(register, base);
        return 0;
    }

    private static long put(Task current, long to, long value) {
        return current.uaccess().putUser64(to, value) ? 0 : ErrorNumbers.EFAULT;
    }
}

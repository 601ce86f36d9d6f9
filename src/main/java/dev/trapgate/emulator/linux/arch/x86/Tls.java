package dev.trapgate.emulator.linux.arch.x86;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.ModelSpecificRegisters;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.SegmentRegister;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;

/** A thread's own three descriptors: arch/x86/kernel/tls.c, Linux 6.18. They are in its processor's GDT. */
public final class Tls {

    private static final long ESRCH = -Errno.ESRCH.number();
    private static final int ENTRIES = 3;
    private static final int DESCRIPTOR_SIZE = 8;
    private static final int SELECTOR_SHIFT = 3;
    private static final int RPL_USER = 3;

    private Tls() {}

    /** {@code set_thread_area(2)}: entry −1 takes the first free one, and is told which. */
    public static long setThreadArea(Task current, PtRegs regs) {
        long at = regs.argument(1);
        UserStructure read = UserStructure.from(current.uaccess(), at, UserDescriptor.SIZE);
        if (read == null) {
            return ErrorNumbers.EFAULT;
        }
        UserDescriptor wanted = UserDescriptor.from(read);
        if (!isAllowed(wanted)) {
            return ErrorNumbers.EINVAL;
        }
        int entry = read.get32(0);
        if (entry == -1) {
            entry = free(current);
            if (entry < 0) {
                return ESRCH;
            }
            if (!current.uaccess().putUser32(at, entry)) {
                return ErrorNumbers.EFAULT;
            }
        }
        if (!isOwn(current, entry)) {
            return ErrorNumbers.EINVAL;
        }
        set(current.cpu(), entry, wanted.isEmpty() || wanted.isZero() ? 0 : wanted.descriptor());
        return 0;
    }

    /**
     * Writes one of a thread's own descriptors, as set_thread_area(2) does, without asking whether that is allowed.
     *
     * @param cpu the thread's processor
     * @param entry the descriptor's index in the GDT
     * @param base the segment's first address
     * @param limit its last byte's offset, or page
     * @param flags as {@code struct user_desc} has them, seg_32bit in bit 0
     */
    public static void describe(Cpu cpu, int entry, int base, int limit, int flags) {
        UserDescriptor wanted = new UserDescriptor(base, limit, flags);
        set(cpu, entry, wanted.isEmpty() || wanted.isZero() ? 0 : wanted.descriptor());
    }

    /** Gives a child's processor the parent's descriptors. */
    public static void copy(Cpu parent, Cpu child) {
        int first = (parent.isLongMode() ? Segments64.TLS : Segments32.TLS) >> SELECTOR_SHIFT;
        for (int entry = first; entry < first + ENTRIES; entry++) {
            set(child, entry, get(parent, entry));
        }
    }

    /** Forgets a thread's descriptors: {@code flush_thread}. */
    public static void clear(Cpu cpu) {
        int first = (cpu.isLongMode() ? Segments64.TLS : Segments32.TLS) >> SELECTOR_SHIFT;
        for (int entry = first; entry < first + ENTRIES; entry++) {
            set(cpu, entry, 0);
        }
    }

    /**
     * Gives a child of a 32-bit program the descriptor that CLONE_SETTLS names: {@code set_new_tls}.
     *
     * @param current the calling task
     * @param child the child's processor
     * @param at where {@code struct user_desc} is, with the number of the entry
     * @return 0, −EFAULT, −EINVAL
     */
    public static long setNewTls(Task current, Cpu child, long at) {
        UserStructure read = UserStructure.from(current.uaccess(), at, UserDescriptor.SIZE);
        if (read == null) {
            return ErrorNumbers.EFAULT;
        }
        UserDescriptor wanted = UserDescriptor.from(read);
        if (!isAllowed(wanted) || !isOwn(current, read.get32(0))) {
            return ErrorNumbers.EINVAL;
        }
        set(child, read.get32(0), wanted.isEmpty() || wanted.isZero() ? 0 : wanted.descriptor());
        return 0;
    }

    /** {@code get_thread_area(2)}. */
    public static long getThreadArea(Task current, PtRegs regs) {
        long at = regs.argument(1);
        long entry = current.uaccess().getUser32(at);
        if (entry < 0) {
            return ErrorNumbers.EFAULT;
        }
        if (!isOwn(current, (int) entry)) {
            return ErrorNumbers.EINVAL;
        }
        UserStructure told = new UserStructure(UserDescriptor.SIZE);
        told.set32(0, entry);
        UserDescriptor.of(get(current.cpu(), (int) entry)).put(told);
        return told.to(current.uaccess(), at) ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@code tls_desc_okay}: 32-bit data that is there, or nothing. */
    private static boolean isAllowed(UserDescriptor wanted) {
        boolean clears = wanted.isEmpty() || wanted.isZero();
        return clears || (wanted.is32Bit() && wanted.contents() <= 1 && !wanted.isAbsent());
    }

    private static int free(Task current) {
        for (int entry = first(current); isOwn(current, entry); entry++) {
            if (get(current.cpu(), entry) == 0) {
                return entry;
            }
        }
        return -1;
    }

    private static boolean isOwn(Task current, int entry) {
        return entry >= first(current) && entry < first(current) + ENTRIES;
    }

    /** GDT_ENTRY_TLS_MIN. */
    private static int first(Task current) {
        return (current.cpu().isLongMode() ? Segments64.TLS : Segments32.TLS) >> SELECTOR_SHIFT;
    }

    private static long get(Cpu cpu, int entry) {
        return cpu.mmu().read64(cpu.tables().gdtBase() + (long) entry * DESCRIPTOR_SIZE, Paging.READ);
    }

    /** Writes the descriptor, and loads it again where the thread is using it. */
    private static void set(Cpu cpu, int entry, long descriptor) {
        cpu.mmu().write64(cpu.tables().gdtBase() + (long) entry * DESCRIPTOR_SIZE, descriptor, Paging.READ);
        int selector = (entry << SELECTOR_SHIFT) | RPL_USER;
        reload(cpu, cpu.segments().ds(), selector, descriptor);
        reload(cpu, cpu.segments().es(), selector, descriptor);
        reload(cpu, cpu.segments().fs(), selector, descriptor);
        reloadGs(cpu, selector, descriptor);
    }

    /** In a 64-bit kernel SWAPGS stands around it: {@code load_gs_index}. */
    private static void reloadGs(Cpu cpu, int selector, long descriptor) {
        SegmentRegister gs = cpu.segments().gs();
        boolean swapped = cpu.isLongMode() && cpu.cpl() == 0 && gs.selector() == selector;
        long kernelBase = cpu.msrs().read(ModelSpecificRegisters.GS_BASE);
        reload(cpu, gs, selector, descriptor);
        if (swapped) {
            cpu.msrs().write(ModelSpecificRegisters.KERNEL_GS_BASE, gs.base());
            cpu.msrs().write(ModelSpecificRegisters.GS_BASE, kernelBase);
        }
    }

    private static void reload(Cpu cpu, SegmentRegister register, int selector, long descriptor) {
        if (register.selector() != selector) {
            return;
        }
        if (descriptor == 0) {
            register.load(0, 0);
        } else {
            cpu.loadSegment(register, selector);
        }
    }
}

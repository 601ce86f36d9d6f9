package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Changing rights: {@code do_mprotect_pkey} and {@code mprotect_fixup} of mm/mprotect.c, Linux 6.18. */
final class Mprotect {

    private static final int PROT_SEM = 8;
    private static final int PROT_GROWSDOWN = 0x100_0000;
    private static final int PROT_GROWSUP = 0x200_0000;
    private static final int PROT_KNOWN = Mm.PROT_READ | Mm.PROT_WRITE | Mm.PROT_EXEC | PROT_SEM;
    private static final int NO_KEY = -1;
    private static final int MAY_SHIFT = 4;

    private Mprotect() {}

    /** {@code mprotect(2)}. */
    static long mprotect(Task current, PtRegs regs) {
        return protect(current, regs, NO_KEY);
    }

    /** {@code pkey_mprotect(2)} of a processor without protection keys: none was ever allocated. */
    static long pkeyMprotect(Task current, PtRegs regs) {
        return protect(current, regs, (int) regs.argument(4));
    }

    private static long protect(Task current, PtRegs regs, int key) {
        Mm mm = current.process().mm();
        long start = regs.argument(1);
        long length = regs.argument(2);
        long grows = regs.argument(3) & (PROT_GROWSDOWN | PROT_GROWSUP);
        long prot = regs.argument(3) & ~grows;
        if (grows == (PROT_GROWSDOWN | PROT_GROWSUP) || (start & PageFrames.PAGE_MASK) != 0) {
            return ErrorNumbers.EINVAL;
        }
        if (length == 0) {
            return 0;
        }
        long end = start + Mm.pageUp(length);
        if (Long.compareUnsigned(end, start) <= 0) {
            return ErrorNumbers.ENOMEM;
        }
        if ((prot & ~PROT_KNOWN) != 0 || key != NO_KEY) {
            return ErrorNumbers.EINVAL;
        }
        return mm.write(() -> inRange(mm, start, end, (int) prot, grows));
    }

    private static long inRange(Mm mm, long from, long end, int prot, long grows) {
        Vma first = from < 0 ? null : mm.tree().findOrNext(from);
        if (first == null) {
            return ErrorNumbers.ENOMEM;
        }
        long start = from;
        if ((grows & PROT_GROWSDOWN) != 0) {
            if (Long.compareUnsigned(first.start(), end) >= 0) {
                return ErrorNumbers.ENOMEM;
            }
            start = first.start();
            if (!first.has(VmFlags.VM_GROWSDOWN)) {
                return ErrorNumbers.EINVAL;
            }
        } else if (first.start() > start) {
            return ErrorNumbers.ENOMEM;
        } else if ((grows & PROT_GROWSUP) != 0) {
            // No mapping grows upwards on x86.
            return ErrorNumbers.EINVAL;
        }
        return eachArea(mm, start, end, prot);
    }

    private static long eachArea(Mm mm, long start, long end, int prot) {
        long last = Long.compareUnsigned(end, mm.taskSize()) > 0 ? mm.taskSize() : end;
        long at = start;
        for (Vma area : mm.tree().overlapping(start, last)) {
            if (area.start() > at) {
                return ErrorNumbers.ENOMEM;
            }
            long result = fixup(mm, area, Math.max(area.start(), start), Math.min(area.end(), last), prot);
            if (result != 0) {
                return result;
            }
            at = area.end();
        }
        return Long.compareUnsigned(at, end) < 0 ? ErrorNumbers.ENOMEM : 0;
    }

    private static long fixup(Mm mm, Vma area, long start, long end, int prot) {
        long flags = (area.flags() & ~VmFlags.VM_ACCESS_FLAGS) | (prot & VmFlags.VM_ACCESS_FLAGS);
        if ((flags & ~(flags >> MAY_SHIFT) & VmFlags.VM_ACCESS_FLAGS) != 0) {
            return ErrorNumbers.EACCES;
        }
        if (area.has(VmFlags.VM_SEALED)) {
            return ErrorNumbers.EPERM;
        }
        if (flags == area.flags()) {
            return 0;
        }
        long pages = (end - start) >>> PageFrames.PAGE_SHIFT;
        if ((flags & VmFlags.VM_WRITE) != 0) {
            if (!mm.mayExpand(flags, pages) && mm.mayExpand(area.flags(), pages)) {
                return ErrorNumbers.ENOMEM;
            }
            long exempt = VmFlags.VM_ACCOUNT | VmFlags.VM_WRITE | VmFlags.VM_SHARED | VmFlags.VM_NORESERVE;
            if ((area.flags() & exempt) == 0) {
                if (!mm.isEnoughMemory(pages)) {
                    return ErrorNumbers.ENOMEM;
                }
                flags |= VmFlags.VM_ACCOUNT;
            }
        } else if (area.has(VmFlags.VM_ACCOUNT) && area.cache() == null && area.anonymous() == null) {
            flags &= ~VmFlags.VM_ACCOUNT;
        }
        long changed = flags;
        mm.tree().modify(area, start, end, part -> part.withFlags(changed));
        mm.pages().hide(start, end);
        return 0;
    }
}

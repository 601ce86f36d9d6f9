package dev.trapgate.emulator.linux.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** Moving a mapping and changing its size: {@code do_mremap} of mm/mremap.c, Linux 6.18. */
final class Mremap {

    private static final int MREMAP_MAYMOVE = 1;
    private static final int MREMAP_FIXED = 2;
    private static final int MREMAP_DONTUNMAP = 4;
    private static final int MAP_COUNT_RESERVE = 3;
    private static final int SHIFT = PageFrames.PAGE_SHIFT;

    private final Task current;
    private final Abi abi;
    private final Mm mm;
    private final int flags;
    private long address;
    private long oldLength;
    private final long newLength;
    private long newAddress;
    private long populateFrom;
    private long populateEnd;

    private Mremap(Task current, PtRegs regs) {
        this.current = current;
        this.abi = regs.abi();
        this.mm = current.process().mm();
        this.address = regs.argument(1);
        this.oldLength = Mm.pageUp(regs.argument(2));
        this.newLength = Mm.pageUp(regs.argument(3));
        this.flags = (int) regs.argument(4);
        this.newAddress = regs.argument(5);
    }

    /** {@code mremap(2)}. */
    static long mremap(Task current, PtRegs regs) {
        Mremap call = new Mremap(current, regs);
        boolean unknown = (regs.argument(4) & ~(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)) != 0;
        long result = unknown ? ErrorNumbers.EINVAL : call.mm.write(call::doMremap);
        if (call.populateFrom < call.populateEnd) {
            Populate.ignoringErrors(call.mm, call.populateFrom, call.populateEnd);
        }
        return result;
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private long doMremap() {
        long refusal = checkParams();
        if (refusal != 0) {
            return refusal;
        }
        if (has(MREMAP_FIXED) && oldLength == newLength) {
            return moveEach();
        }
        Vma area = find(address);
        refusal = checkArea(area);
        if (area == null || refusal != 0) {
            return refusal;
        }
        return has(MREMAP_FIXED | MREMAP_DONTUNMAP) ? mremapTo() : mremapAt(area);
    }

    private long checkParams() {
        if ((address & PageFrames.PAGE_MASK) != 0
                || newLength == 0
                || Long.compareUnsigned(newLength, mm.taskSize()) > 0) {
            return ErrorNumbers.EINVAL;
        }
        if (!has(MREMAP_FIXED | MREMAP_DONTUNMAP)) {
            return 0;
        }
        boolean outside = Long.compareUnsigned(newAddress, mm.taskSize() - newLength) > 0
                || (newAddress & PageFrames.PAGE_MASK) != 0;
        boolean resizes = has(MREMAP_DONTUNMAP) && oldLength != newLength;
        if (outside || !has(MREMAP_MAYMOVE) || resizes || overlaps()) {
            return ErrorNumbers.EINVAL;
        }
        return mm.tree().count() + 2 >= Mm.MAX_MAP_COUNT - MAP_COUNT_RESERVE ? ErrorNumbers.ENOMEM : 0;
    }

    private boolean overlaps() {
        return Long.compareUnsigned(address + oldLength, newAddress) > 0
                && Long.compareUnsigned(newAddress + newLength, address) > 0;
    }

    private @Nullable Vma find(long at) {
        return at < 0 ? null : mm.tree().find(at);
    }

    /** {@code check_prep_vma}. */
    private long checkArea(@Nullable Vma area) {
        if (area == null) {
            return ErrorNumbers.EFAULT;
        }
        if (area.has(VmFlags.VM_SEALED)) {
            return ErrorNumbers.EPERM;
        }
        boolean moves = has(MREMAP_FIXED | MREMAP_DONTUNMAP) || newLength > oldLength;
        if (!moves) {
            return 0;
        }
        if (oldLength == 0 && (area.flags() & (VmFlags.VM_SHARED | VmFlags.VM_MAYSHARE)) == 0) {
            return ErrorNumbers.EINVAL;
        }
        boolean fixedSize = area.has(VmFlags.VM_DONTEXPAND);
        if (has(MREMAP_DONTUNMAP) && fixedSize) {
            return ErrorNumbers.EINVAL;
        }
        if (Long.compareUnsigned(Math.min(oldLength, newLength), area.end() - address) > 0) {
            return ErrorNumbers.EFAULT;
        }
        return newLength > oldLength ? checkGrowth(area, fixedSize) : 0;
    }

    private long checkGrowth(Vma area, boolean fixedSize) {
        long index = area.index(address);
        if (Long.compareUnsigned(index + (newLength >>> SHIFT), index) < 0) {
            return ErrorNumbers.EINVAL;
        }
        if (fixedSize) {
            return ErrorNumbers.EFAULT;
        }
        long delta = newLength - oldLength;
        if (!Mlock.isFutureOk(current, area.flags(), delta)) {
            return ErrorNumbers.EAGAIN;
        }
        return mm.mayExpand(area.flags(), delta >>> SHIFT) ? 0 : ErrorNumbers.ENOMEM;
    }

    /** {@code remap_move}: mapping after mapping, with the gaps between them. */
    private long moveEach() {
        long start = address;
        long end = address + oldLength;
        long to = newAddress;
        long result = ErrorNumbers.EFAULT;
        for (Vma area : mm.tree().overlapping(start, Math.min(end, mm.taskSize()))) {
            boolean isFirst = result == ErrorNumbers.EFAULT;
            if (isFirst && area.start() > start) {
                return ErrorNumbers.EFAULT;
            }
            Vma part = area.within(start, end);
            address = part.start();
            oldLength = part.end() - part.start();
            newAddress = to + (address - start);
            long moved = new Mremap(this, oldLength).moveOne(area);
            if (moved < 0) {
                return moved;
            }
            result = isFirst ? moved : result;
        }
        return result;
    }

    /** The same call for one mapping of several. */
    private Mremap(Mremap whole, long length) {
        this.current = whole.current;
        this.abi = whole.abi;
        this.mm = whole.mm;
        this.address = whole.address;
        this.oldLength = length;
        this.newLength = length;
        this.flags = whole.flags;
        this.newAddress = whole.newAddress;
    }

    private long moveOne(Vma area) {
        long refusal = checkArea(area);
        return refusal == 0 ? mremapTo() : refusal;
    }

    /** {@code mremap_at}: in place if possible. */
    private long mremapAt(Vma area) {
        if (newLength == oldLength) {
            return address;
        }
        if (newLength < oldLength) {
            long result = Munmap.unmap(mm, address + newLength, oldLength - newLength);
            return result == 0 ? address : result;
        }
        if (area.end() - address == oldLength && isFreeBehind(area)) {
            return expandInPlace(area);
        }
        if (!has(MREMAP_MAYMOVE)) {
            return ErrorNumbers.ENOMEM;
        }
        return setNewAddress(area, 0);
    }

    private boolean isFreeBehind(Vma area) {
        long end = area.end() + (newLength - oldLength);
        return end > area.end() && end <= mm.taskSize() && mm.tree().isFree(area.end(), end);
    }

    private long expandInPlace(Vma area) {
        long delta = newLength - oldLength;
        if (area.has(VmFlags.VM_ACCOUNT) && !mm.isEnoughMemory(delta >>> SHIFT)) {
            return ErrorNumbers.ENOMEM;
        }
        mm.tree().insert(area.at(area.end(), area.end() + delta, area.index(area.end())));
        populate(area, area.end(), area.end() + delta);
        return address;
    }

    /** {@code mremap_to}: to a place that is given, or wished for. */
    private long mremapTo() {
        if (has(MREMAP_FIXED)) {
            long result = Munmap.unmap(mm, newAddress, newLength);
            if (result != 0) {
                return result;
            }
        }
        if (newLength < oldLength) {
            long result = Munmap.unmap(mm, address + newLength, oldLength - newLength);
            if (result != 0) {
                return result;
            }
            oldLength = newLength;
        }
        Vma area = find(address);
        if (area == null) {
            return ErrorNumbers.EFAULT;
        }
        if (has(MREMAP_DONTUNMAP) && !mm.mayExpand(area.flags(), oldLength >>> SHIFT)) {
            return ErrorNumbers.ENOMEM;
        }
        return setNewAddress(area, newAddress);
    }

    /** {@code vrm_set_new_addr}. */
    private long setNewAddress(Vma area, long wish) {
        int mapFlags = (has(MREMAP_FIXED) ? MapFlags.MAP_FIXED : 0)
                | (area.has(VmFlags.VM_MAYSHARE) ? MapFlags.MAP_SHARED : 0);
        long place = UnmappedArea.find(mm, abi, current.credentials(), wish, newLength, mapFlags);
        return place < 0 ? place : moveArea(area, place);
    }

    /** {@code move_vma}: a copy of the mapping that takes the pages over; then the old one goes, or stays without pages. */
    private long moveArea(Vma area, long place) {
        if (mm.tree().count() >= Mm.MAX_MAP_COUNT - MAP_COUNT_RESERVE) {
            return ErrorNumbers.ENOMEM;
        }
        long charged = has(MREMAP_DONTUNMAP) ? newLength : newLength - oldLength;
        if (area.has(VmFlags.VM_ACCOUNT) && !mm.isEnoughMemory(charged >>> SHIFT)) {
            return ErrorNumbers.ENOMEM;
        }
        boolean untouched = area.cache() == null && area.anonymous() == null;
        long index = untouched ? place >>> SHIFT : area.index(address);
        mm.tree().insert(area.at(place, place + newLength, index));
        mm.pages().move(address, address + oldLength, place);
        if (oldLength != 0) {
            Vma source = find(address);
            if (source != null && has(MREMAP_DONTUNMAP)) {
                keepWithoutPages(source);
            } else {
                mm.remove(address, address + oldLength);
            }
        }
        populate(area, place + oldLength, place + newLength);
        return place;
    }

    /** {@code dontunmap_complete}. */
    private void keepWithoutPages(Vma source) {
        boolean whole = source.start() == address && source.end() == address + oldLength;
        Vma kept = source.withFlags(source.flags() & ~(VmFlags.VM_LOCKED_MASK | VmFlags.VM_ACCOUNT));
        mm.tree().replace(source, whole ? kept.withAnonymous(null) : kept);
    }

    private void populate(Vma area, long start, long end) {
        if (area.has(VmFlags.VM_LOCKED)) {
            populateFrom = start;
            populateEnd = end;
        }
    }
}

package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.PageCache;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What a page fault brings: arch/x86/mm/fault.c and mm/memory.c, Linux 6.18. Its callers hold the {@link Mm}'s monitor.
 */
final class PageFaults {

    private static final int PAGE = PageFrames.PAGE_SIZE;

    private final Mm mm;
    private final VmaTree tree;
    private final PageTable pages;

    PageFaults(Mm mm, VmaTree tree, PageTable pages) {
        this.mm = mm;
        this.tree = tree;
        this.pages = pages;
    }

    /** {@code do_user_addr_fault}. */
    FaultOutcome handle(long address, int code) {
        Vma area = tree.find(address);
        if (area == null) {
            area = expandStack(address);
        }
        if (area == null) {
            return FaultOutcome.NOT_MAPPED;
        }
        return allows(area, code)
                ? bring(area, address & -PAGE, (code & Paging.WRITE) != 0 ? Access.WRITE : Access.READ)
                : FaultOutcome.NOT_ALLOWED;
    }

    /** What an access does to a page. */
    enum Access {
        /** It reads it or fetches instructions from it. */
        READ,
        /** It writes it. */
        WRITE
    }

    private static boolean allows(Vma area, int code) {
        if ((code & Paging.WRITE) != 0) {
            return area.has(VmFlags.VM_WRITE);
        }
        if ((code & Paging.EXECUTE) != 0) {
            return area.has(VmFlags.VM_EXEC);
        }
        return area.isAccessible();
    }

    /** Gives a page of a mapping that allows the access: {@code handle_mm_fault}. */
    FaultOutcome bring(Vma area, long page, Access access) {
        Pte there = pages.find(page);
        if (there != null && there.kind() == Pte.Kind.GUARD) {
            return FaultOutcome.NOT_MAPPED;
        }
        boolean isPrivate = !area.has(VmFlags.VM_SHARED);
        if (there != null && (access == Access.READ || isReusable(there, area))) {
            pages.show(page, there, area);
            return FaultOutcome.HANDLED;
        }
        PageCache cache = area.cache();
        if (there == null && cache != null) {
            return access == Access.WRITE && isPrivate
                    ? copyOfFilePage(area, page, cache)
                    : filePage(area, page, cache);
        }
        if (access == Access.READ) {
            pages.set(page, Pte.ZERO_PAGE, withIdentity(area));
            return FaultOutcome.HANDLED;
        }
        return ownPage(area, page, there);
    }

    private static boolean isReusable(Pte there, Vma area) {
        return (there.kind() == Pte.Kind.ANONYMOUS && !there.isShared())
                || (there.kind() == Pte.Kind.FILE && area.has(VmFlags.VM_SHARED));
    }

    /** {@code do_anonymous_page} and {@code do_wp_page}: a page of its own, with what was seen there before. */
    private FaultOutcome ownPage(Vma area, long page, @Nullable Pte before) {
        PageFrames frame = mm.allocateFrame();
        if (frame == null) {
            return FaultOutcome.OUT_OF_MEMORY;
        }
        if (before != null && (before.kind() == Pte.Kind.FILE || before.kind() == Pte.Kind.ANONYMOUS)) {
            MemorySegment.copy(before.frames().bytes(), (long) before.index() * PAGE, frame.bytes(), 0, PAGE);
        }
        pages.set(page, new Pte(frame, 0, Pte.Kind.ANONYMOUS), withIdentity(area));
        return FaultOutcome.HANDLED;
    }

    /** {@code do_read_fault} and {@code do_shared_fault}. */
    private FaultOutcome filePage(Vma area, long page, PageCache cache) {
        PageFrames frame = filePageFrame(area, page, cache);
        if (frame == null) {
            return FaultOutcome.BEYOND_FILE;
        }
        pages.set(page, new Pte(frame, 0, Pte.Kind.FILE), area);
        return FaultOutcome.HANDLED;
    }

    /** {@code do_cow_fault}. */
    private FaultOutcome copyOfFilePage(Vma area, long page, PageCache cache) {
        PageFrames frame = filePageFrame(area, page, cache);
        return frame == null ? FaultOutcome.BEYOND_FILE : ownPage(area, page, new Pte(frame, 0, Pte.Kind.FILE));
    }

    /** A page for which there is no memory is as if it were not in the file. A file that is just being cut short may lose the page again, and then the program never sees it. */
    private static @Nullable PageFrames filePageFrame(Vma area, long page, PageCache cache) {
        long index = area.index(page);
        if (isBeyond(area, index)) {
            return null;
        }
        PageFrames frame = cache.obtain(index);
        if (frame != null && isBeyond(area, index)) {
            cache.remove(index, index + 1);
            return null;
        }
        return frame;
    }

    private static boolean isBeyond(Vma area, long index) {
        File file = area.file();
        return file == null || index >= (file.inode().size() + PAGE - 1) >>> PageFrames.PAGE_SHIFT;
    }

    /** {@code anon_vma_prepare}: private pages get an identity, that of a neighbor if they could be one. */
    private Vma withIdentity(Vma area) {
        if (area.anonymous() != null || area.has(VmFlags.VM_SHARED)) {
            return area;
        }
        Vma next = tree.findOrNext(area.end());
        Object identity = null;
        if (next != null && next.anonymous() != null && VmaTree.couldBeOne(area, next)) {
            identity = next.anonymous();
        }
        Vma previous = tree.before(area.start());
        if (identity == null && previous != null && VmaTree.couldBeOne(previous, area)) {
            identity = previous.anonymous();
        }
        Vma identified = area.withAnonymous(identity == null ? new Object() : identity);
        tree.replace(area, identified);
        return identified;
    }

    /** {@code expand_stack}: a mapping that grows takes in the page that was touched below it. */
    @Nullable
    Vma expandStack(long address) {
        Vma area = tree.findOrNext(address);
        if (area == null || !area.has(VmFlags.VM_GROWSDOWN)) {
            return null;
        }
        long start = address & -PAGE;
        Vma below = tree.before(area.start());
        boolean isTooNear = below != null
                && !below.has(VmFlags.VM_GROWSDOWN)
                && below.isAccessible()
                && start - below.end() < Mm.STACK_GUARD_GAP;
        long growth = (area.start() - start) >>> PageFrames.PAGE_SHIFT;
        boolean fits = Long.compareUnsigned(area.end() - start, mm.limit(Resource.RLIMIT_STACK)) <= 0;
        if (start < Mm.MMAP_MIN_ADDR
                || isTooNear
                || !fits
                || !mm.mayExpand(area.flags(), growth)
                || growth > area.pgoff()) {
            return null;
        }
        Vma grown = area.at(start, area.end(), area.pgoff() - growth);
        tree.replace(area, grown);
        return grown;
    }
}

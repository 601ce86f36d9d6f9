package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import java.lang.foreign.MemorySegment;

/** How a mapping comes to a child: {@code dup_mmap} of mm/mmap.c and {@code copy_page_range} of mm/memory.c, Linux 6.18. */
final class DupMmap {

    private static final int PAGE = PageFrames.PAGE_SIZE;

    private DupMmap() {}

    /**
     * Copies a mapping. The caller holds both monitors.
     *
     * @param area the parent's mapping
     * @param pages the parent's pages
     * @param child the child's memory
     */
    static void copy(Vma area, PageTable pages, Mm child) {
        boolean wiped = area.has(VmFlags.VM_WIPEONFORK);
        Vma unlocked = area.withFlags(area.flags() & ~VmFlags.VM_LOCKED_MASK);
        Vma copy = child.tree().addAlone(wiped ? unlocked.withAnonymous(null) : unlocked);
        if (wiped) {
            return;
        }
        boolean pinned = area.has(VmFlags.VM_PINNED | VmFlags.VM_WRITE);
        pages.range(area.start(), area.end()).forEach((number, entry) -> {
            long address = number << PageFrames.PAGE_SHIFT;
            switch (entry.kind()) {
                case ANONYMOUS -> child.pages().adopt(address, pinned ? copied(entry) : entry);
                case ZERO, GUARD -> child.pages().adopt(address, entry);
                case FILE -> {
                    // Found again when it is touched.
                }
            }
        });
        if (!pinned && area.has(VmFlags.VM_WRITE)) {
            pages.protectShared(copy);
        }
    }

    /** Java has a segment over the parent's page, so that it cannot be the parent that gets another. */
    private static Pte copied(Pte entry) {
        PageFrames frame = new PageFrames(1);
        MemorySegment.copy(entry.frames().bytes(), (long) entry.index() * PAGE, frame.bytes(), 0, PAGE);
        return new Pte(frame, 0, Pte.Kind.ANONYMOUS);
    }
}

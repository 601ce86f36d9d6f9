package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Paging;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a program that were touched, and what of them the processors see. Guarded by the {@link Mm} that has it.
 */
final class PageTable {

    private static final int SHIFT = PageFrames.PAGE_SHIFT;

    private final AddressSpace space;
    private final TreeMap<Long, Pte> entries = new TreeMap<>();
    private final PhysicalMemory memory;
    private long anonymousPages;

    PageTable(AddressSpace space, PhysicalMemory memory) {
        this.space = space;
        this.memory = memory;
    }

    /** {@return the pages that the processors see} */
    AddressSpace space() {
        return space;
    }

    /** {@return how many private pages the program has} */
    long anonymousPages() {
        return anonymousPages;
    }

    /** {@return how many pages are there: the resident set, without the page of zeros} */
    long residentPages() {
        return entries.values().stream()
                .filter(entry -> entry.kind() == Pte.Kind.ANONYMOUS || entry.kind() == Pte.Kind.FILE)
                .count();
    }

    /** {@return a page's entry, or null if it was not touched} */
    @Nullable
    Pte find(long address) {
        return entries.get(address >>> SHIFT);
    }

    /** Sets a page's entry, and lets the processors see it with the rights that its mapping gives. */
    void set(long address, Pte entry, Vma area) {
        adopt(address, entry);
        show(address, entry, area);
    }

    /** Sets a page's entry, which the processors see once the page is touched. */
    void adopt(long address, Pte entry) {
        add(entry);
        drop(entries.put(address >>> SHIFT, entry));
    }

    /** Takes the right to write from those pages of a range that others have now, too: {@code ptep_set_wrprotect}. */
    void protectShared(Vma area) {
        range(area.start(), area.end()).forEach((number, entry) -> {
            if (entry.isShared() && space.isMapped(number << SHIFT)) {
                show(number << SHIFT, entry, area);
            }
        });
    }

    /** Lets the processors see a page again, with the rights that its mapping gives. */
    void show(long address, Pte entry, Vma area) {
        int rights = rights(entry, area);
        if (rights == 0) {
            space.unmap(address & -PageFrames.PAGE_SIZE, 1);
        } else {
            space.map(address & -PageFrames.PAGE_SIZE, entry.frames(), entry.index(), 1, rights);
        }
    }

    /** Takes pages from the processors, which will fault and then see them with the rights they now have. */
    void hide(long start, long end) {
        space.unmap(start, (end - start) >>> SHIFT);
    }

    /** Forgets pages of a range: {@code zap_page_range}. */
    void clear(long start, long end) {
        hide(start, end);
        NavigableMap<Long, Pte> range = range(start, end);
        range.values().forEach(this::drop);
        range.clear();
    }

    /** Forgets those pages of a range that are of some kind. */
    void clear(long start, long end, Pte.Kind kind) {
        Iterator<Map.Entry<Long, Pte>> each = range(start, end).entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Long, Pte> next = each.next();
            if (next.getValue().kind() == kind) {
                space.unmap(next.getKey() << SHIFT, 1);
                drop(next.getValue());
                each.remove();
            }
        }
    }

    /** {@return the touched pages of a range by page number; a view} */
    NavigableMap<Long, Pte> range(long start, long end) {
        return entries.subMap(start >>> SHIFT, true, end >>> SHIFT, false);
    }

    /** Moves the pages of a range elsewhere; they are seen there when they are touched: {@code move_page_tables}. */
    void move(long start, long end, long to) {
        hide(start, end);
        NavigableMap<Long, Pte> range = range(start, end);
        List<Map.Entry<Long, Pte>> moved = new ArrayList<>(range.size());
        range.forEach((number, entry) -> moved.add(Map.entry(number, entry)));
        range.clear();
        long distance = (to >> SHIFT) - (start >> SHIFT);
        moved.forEach(entry -> entries.put(entry.getKey() + distance, entry.getValue()));
    }

    private void add(Pte entry) {
        if (entry.kind() == Pte.Kind.ANONYMOUS) {
            anonymousPages++;
            if (entry.map()) {
                memory.charge(1);
            }
        }
    }

    private void drop(@Nullable Pte entry) {
        if (entry != null && entry.kind() == Pte.Kind.ANONYMOUS) {
            anonymousPages--;
            if (entry.unmap()) {
                memory.give(1);
            }
        }
    }

    private static int rights(Pte entry, Vma area) {
        if (!area.isAccessible() || entry.kind() == Pte.Kind.GUARD) {
            return 0;
        }
        boolean own = (entry.kind() == Pte.Kind.ANONYMOUS && !entry.isShared())
                || (entry.kind() == Pte.Kind.FILE && area.has(VmFlags.VM_SHARED));
        return Paging.USER
                | (own && area.has(VmFlags.VM_WRITE) ? Paging.WRITE : 0)
                | (area.has(VmFlags.VM_EXEC) ? Paging.EXECUTE : 0);
    }
}

package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Paging;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A program's memory: {@code struct mm_struct}, its mappings and its pages. Anonymous memory gets a frame when it is
 * first touched.
 */
public final class Mm {

    /** Pages may be read. */
    public static final int PROT_READ = 1;
    /** Pages may be written. */
    public static final int PROT_WRITE = 2;
    /** Instructions may be fetched from pages. */
    public static final int PROT_EXEC = 4;

    private static final int PAGE = PageFrames.PAGE_SIZE;

    /** A page's frame within its run of frames. */
    private record Frame(PageFrames frames, int index) {}

    private final AddressSpace space;
    private final long taskSize;
    private final long mmapBase;
    private final long pageLimit;
    private final TreeMap<Long, Vma> areas = new TreeMap<>();
    private final Map<Long, Frame> pages = new HashMap<>();
    private long brkStart;
    private long brk;
    private long mappedPages;

    /**
     * Makes an empty program memory.
     *
     * @param space the pages that the processors see
     * @param taskSize the address after the program's half
     * @param mmapBase mappings without an address are placed below this one
     * @param brkStart where the heap begins
     * @param pageLimit how many pages may be mapped in all
     */
    public Mm(AddressSpace space, long taskSize, long mmapBase, long brkStart, long pageLimit) {
        this.space = space;
        this.taskSize = taskSize;
        this.mmapBase = mmapBase;
        this.pageLimit = pageLimit;
        this.brkStart = brkStart;
        this.brk = brkStart;
    }

    /** {@return the address after the program's half: TASK_SIZE} */
    public long taskSize() {
        return taskSize;
    }

    /** {@return the mappings in the order of their addresses} */
    public synchronized List<Vma> areas() {
        return new ArrayList<>(areas.values());
    }

    /** {@return how many pages may still be mapped} */
    public synchronized long freePages() {
        return pageLimit - mappedPages;
    }

    /** {@return how many pages may be mapped in all} */
    public long pageLimit() {
        return pageLimit;
    }

    /**
     * Finds room below a bound, from the top down.
     *
     * @param size how many bytes, a multiple of the page size, more than 0
     * @param below the exclusive upper bound; the mapping base if that is lower
     * @return the address, or −1 if there is no such room
     */
    public synchronized long unmappedArea(long size, long below) {
        long end = Math.min(below, mmapBase);
        while (end >= size + PAGE) {
            long start = end - size;
            Map.Entry<Long, Vma> before = areas.lowerEntry(end);
            if (before == null || before.getValue().end() <= start) {
                return start;
            }
            end = before.getKey();
        }
        return -1;
    }

    /**
     * Maps memory over whatever was there.
     *
     * @param area the mapping
     * @param frames its pages' frames; null to find them when they are touched
     * @return whether the limit on pages allows it
     */
    public synchronized boolean map(Vma area, @Nullable PageFrames frames) {
        long count = (area.end() - area.start()) / PAGE;
        if (count > pageLimit - mappedPages) {
            return false;
        }
        unmap(area.start(), area.end());
        areas.put(area.start(), area);
        mappedPages += count;
        if (frames != null) {
            for (int i = 0; i < count; i++) {
                pages.put(area.start() / PAGE + i, new Frame(frames, i));
            }
            space.map(area.start(), frames, 0, (int) count, rights(area.protection()));
        }
        return true;
    }

    /** Unmaps what is mapped of a range. */
    public synchronized void unmap(long start, long end) {
        for (Vma area : overlapping(start, end)) {
            areas.remove(area.start());
            Vma gone = area.within(start, end);
            mappedPages -= (gone.end() - gone.start()) / PAGE;
            keep(area.within(area.start(), start));
            keep(area.within(end, area.end()));
            for (long page = gone.start() / PAGE; page < gone.end() / PAGE; page++) {
                pages.remove(page);
            }
        }
        space.unmap(start, (end - start) / PAGE);
    }

    /**
     * Changes the protection of a range.
     *
     * @return whether all of it is mapped; what lies before the first gap is changed in any case
     */
    public synchronized boolean protect(long start, long end, int protection) {
        long at = start;
        for (Vma area : overlapping(start, end)) {
            if (area.start() > at) {
                break;
            }
            areas.remove(area.start());
            Vma changed = area.within(start, end);
            keep(area.within(area.start(), start));
            keep(changed.protectedBy(protection));
            keep(area.within(end, area.end()));
            at = changed.end();
        }
        space.unmap(start, (at - start) / PAGE);
        return at >= end;
    }

    /**
     * Says where the heap begins, empty, as execve(2) does.
     *
     * @param start its first byte's address
     */
    public synchronized void startBrk(long start) {
        brkStart = start;
        brk = start;
    }

    /**
     * Moves the end of the heap.
     *
     * @param end the new end, or anything out of range to learn the present one
     * @return the end as it is now
     */
    public synchronized long brk(long end) {
        if (Long.compareUnsigned(end, brkStart) < 0 || Long.compareUnsigned(end, taskSize) > 0) {
            return brk;
        }
        long from = pageUp(brk);
        long to = pageUp(end);
        if (to < from) {
            unmap(to, from);
        } else if (to > from) {
            boolean taken = !overlapping(from, to + PAGE).isEmpty();
            if (taken || !map(new Vma(from, to, PROT_READ | PROT_WRITE, "[heap]"), null)) {
                return brk;
            }
        }
        brk = end;
        return brk;
    }

    /**
     * Answers a page fault in the program's half: {@code handle_mm_fault}.
     *
     * @param address the address
     * @param code the fault's error code: bits of {@link Paging}
     * @return whether the access can be tried again
     */
    public synchronized boolean handleFault(long address, int code) {
        long page = address & -PAGE;
        Vma area = find(address);
        if (area == null || !allows(area, code)) {
            return false;
        }
        if (!space.isMapped(page)) {
            Frame frame = pages.computeIfAbsent(page / PAGE, absent -> new Frame(new PageFrames(1), 0));
            space.map(page, frame.frames(), frame.index(), 1, rights(area.protection()));
        }
        return true;
    }

    /** {@return the mapping that holds an address, or null} */
    public synchronized @Nullable Vma find(long address) {
        Map.Entry<Long, Vma> at = areas.floorEntry(address);
        return at != null && address < at.getValue().end() ? at.getValue() : null;
    }

    /** {@return whether nothing of a range is mapped} */
    public synchronized boolean isFree(long start, long end) {
        return overlapping(start, end).isEmpty();
    }

    private static boolean allows(Vma area, int code) {
        int protection = area.protection();
        if ((code & Paging.WRITE) != 0) {
            return (protection & PROT_WRITE) != 0;
        }
        if ((code & Paging.EXECUTE) != 0) {
            return (protection & PROT_EXEC) != 0;
        }
        return protection != 0;
    }

    private static int rights(int protection) {
        return Paging.USER
                | ((protection & PROT_WRITE) != 0 ? Paging.WRITE : 0)
                | ((protection & PROT_EXEC) != 0 ? Paging.EXECUTE : 0);
    }

    private void keep(Vma area) {
        if (area.start() < area.end()) {
            areas.put(area.start(), area);
        }
    }

    private List<Vma> overlapping(long start, long end) {
        Vma first = find(start);
        List<Vma> found = new ArrayList<>();
        if (first != null) {
            found.add(first);
        }
        areas.subMap(start, false, Math.max(start, end), false).values().forEach(found::add);
        return found;
    }

    /** {@return an address rounded up to a page} */
    public static long pageUp(long address) {
        return (address + PAGE - 1) & -PAGE;
    }
}

package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.PageCache;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A program's mappings in the order of their addresses, with what they amount to: {@code mm_mt} and the counters of
 * {@code struct mm_struct}; merging and splitting follow mm/vma.c, Linux 6.18. Guarded by the {@link Mm} that has it.
 */
final class VmaTree {

    private final TreeMap<Long, Vma> areas = new TreeMap<>();
    private final IdentityHashMap<PageCache, MappedFile> mappedFiles = new IdentityHashMap<>();
    private final Function<PageCache, MappedFile> attach;
    private List<File> dropped = new ArrayList<>();
    private IdentityHashMap<File, Changes> observed = new IdentityHashMap<>();
    private long totalPages;
    private long dataPages;
    private long lockedPages;

    /** What became of the mappings of a file that counts them. */
    static final class Changes {

        private int more;
        private int closed;

        /** {@return how many ended} */
        int closed() {
            return closed;
        }

        /** {@return how many were made} */
        int opened() {
            return more + closed;
        }
    }

    /**
     * Makes an empty tree.
     *
     * @param attach makes what a file's pages tell of pages that they lose
     */
    VmaTree(Function<PageCache, MappedFile> attach) {
        this.attach = attach;
    }

    /** {@return how many mappings there are: {@code map_count}} */
    int count() {
        return areas.size();
    }

    /** {@return how many pages are mapped: {@code total_vm}} */
    long totalPages() {
        return totalPages;
    }

    /** {@return how many of them are private and writable: {@code data_vm}} */
    long dataPages() {
        return dataPages;
    }

    /** {@return how many of them are locked: {@code locked_vm}} */
    long lockedPages() {
        return lockedPages;
    }

    /** {@return the mappings; a view} */
    Iterable<Vma> all() {
        return areas.values();
    }

    /** {@return the mappings from the highest address down; a view} */
    Iterable<Vma> descending(long below) {
        return areas.headMap(below, false).descendingMap().values();
    }

    /** {@return the mapping that holds an address: {@code vma_lookup}} */
    @Nullable
    Vma find(long address) {
        Map.Entry<Long, Vma> at = areas.floorEntry(address);
        return at != null && address < at.getValue().end() ? at.getValue() : null;
    }

    /** {@return the mapping that holds an address, or else the first one above it: {@code find_vma}} */
    @Nullable
    Vma findOrNext(long address) {
        Vma at = find(address);
        return at == null ? value(areas.higherEntry(address)) : at;
    }

    /** {@return the last mapping that begins below an address} */
    @Nullable
    Vma before(long address) {
        return value(areas.lowerEntry(address));
    }

    /** {@return the mappings that overlap a range} */
    List<Vma> overlapping(long start, long end) {
        List<Vma> found = new ArrayList<>();
        if (start < end) {
            Vma first = find(start);
            if (first != null) {
                found.add(first);
            }
            found.addAll(areas.subMap(start, false, end, false).values());
        }
        return found;
    }

    /** {@return whether a range has no mapping} */
    boolean isFree(long start, long end) {
        Vma next = findOrNext(start);
        return next == null || next.start() >= end;
    }

    /** {@return whether mappings cover all of a range} */
    boolean covers(long start, long end) {
        long at = start;
        for (Vma area : overlapping(start, end)) {
            if (area.start() > at) {
                return false;
            }
            at = area.end();
        }
        return at >= end;
    }

    /** Adds a mapping to a free range, as one with its neighbors where they are alike: {@code vma_merge}. */
    Vma insert(Vma area) {
        Vma merged = area;
        Vma previous = before(area.start());
        if (previous != null && previous.end() == area.start()) {
            Vma both = previous.merged(merged);
            if (both != null) {
                drop(previous);
                merged = both;
            }
        }
        Vma next = areas.get(area.end());
        if (next != null) {
            Vma both = merged.merged(next);
            if (both != null) {
                drop(next);
                merged = both;
            }
        }
        add(merged);
        return merged;
    }

    /** Adds a mapping to a free range, without a look at its neighbors. {@return the mapping} */
    Vma addAlone(Vma area) {
        add(area);
        return area;
    }

    /** Takes a range out of a mapping that overlaps it. */
    void cut(Vma area, long start, long end) {
        drop(area);
        if (area.start() < start) {
            add(area.within(area.start(), start));
        }
        if (end < area.end()) {
            add(area.within(end, area.end()));
        }
    }

    /** Notes that a mapping, or the part of it that is cut out, ends: {@code vm_ops->close}. */
    void close(Vma area) {
        File file = area.file();
        if (file != null && area.isObserved()) {
            changes(file).closed++;
        }
    }

    /** Changes the part of a mapping that lies in a range: {@code vma_modify}. */
    Vma modify(Vma area, long start, long end, Function<Vma, Vma> change) {
        Vma part = area.within(start, end);
        Vma changed = change.apply(part);
        if (changed.equals(part)) {
            return area;
        }
        cut(area, start, end);
        return insert(changed);
    }

    /** Puts a mapping in the place of one of the same range, without a look at its neighbors. */
    void replace(Vma old, Vma other) {
        drop(old);
        add(other);
    }

    /** {@return the files that mappings let go of since this was last asked; the caller drops them, without the lock} */
    List<File> takeDropped() {
        if (dropped.isEmpty()) {
            return List.of();
        }
        List<File> taken = dropped;
        dropped = new ArrayList<>();
        return taken;
    }

    /** {@return what became of the mappings of files that count them, since this was last asked} */
    Map<File, Changes> takeObserved() {
        if (observed.isEmpty()) {
            return Map.of();
        }
        IdentityHashMap<File, Changes> taken = observed;
        observed = new IdentityHashMap<>();
        return taken;
    }

    /** {@return whether private pages of two mappings could have one identity, were their rights alike} */
    static boolean couldBeOne(Vma first, Vma second) {
        long rights = VmFlags.VM_ACCESS_FLAGS;
        Vma alike = second.withFlags((second.flags() & ~rights) | (first.flags() & rights));
        return first.merged(alike) != null;
    }

    private void add(Vma area) {
        areas.put(area.start(), area);
        account(area, 1);
        File file = area.file();
        if (file != null) {
            file.acquire();
            observe(area, file, 1);
        }
        PageCache cache = area.cache();
        if (cache != null) {
            mappedFiles.computeIfAbsent(cache, attach).add(area);
        }
    }

    private void drop(Vma area) {
        areas.remove(area.start());
        account(area, -1);
        PageCache cache = area.cache();
        if (cache != null) {
            MappedFile mapped = mappedFiles.get(cache);
            if (mapped != null && !mapped.remove(area)) {
                mappedFiles.remove(cache);
                cache.detach(mapped);
            }
        }
        File file = area.file();
        if (file != null) {
            dropped.add(file);
            observe(area, file, -1);
        }
    }

    private void observe(Vma area, File file, int change) {
        if (area.isObserved()) {
            changes(file).more += change;
        }
    }

    private Changes changes(File file) {
        return observed.computeIfAbsent(file, unchanged -> new Changes());
    }

    private void account(Vma area, int sign) {
        long pages = sign * area.pages();
        totalPages += pages;
        if ((area.flags() & (VmFlags.VM_WRITE | VmFlags.VM_SHARED)) == VmFlags.VM_WRITE) {
            dataPages += pages;
        }
        if (area.has(VmFlags.VM_LOCKED)) {
            lockedPages += pages;
        }
    }

    private static @Nullable Vma value(Map.@Nullable Entry<Long, Vma> entry) {
        return entry == null ? null : entry.getValue();
    }
}

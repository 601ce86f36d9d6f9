package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.cpu.PageFrames;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a file: {@code struct address_space}. Pages without a frame are holes and read as zeros. Mappings of the
 * file share the frames, so that what one writes the other sees.
 */
public final class PageCache {

    /** A mapping of the file, which must let go of pages that the file loses: {@code i_mmap}'s member. */
    public interface Mapped {

        /**
         * Removes pages from the program's view: {@code unmap_mapping_range}.
         *
         * @param first the first page's index in the file
         * @param last the index after the last page
         */
        void unmapPages(long first, long last);
    }

    private final TreeMap<Long, PageFrames> pages = new TreeMap<>();
    private final List<Mapped> mappings = new CopyOnWriteArrayList<>();

    /** Makes a file without pages. */
    public PageCache() {}

    /** {@return the page's frame, or null if the page is a hole} */
    public synchronized @Nullable PageFrames find(long index) {
        return pages.get(index);
    }

    /** {@return the page's frame, made and zeroed if the page was a hole} */
    public synchronized PageFrames obtain(long index) {
        return pages.computeIfAbsent(index, absent -> new PageFrames(1));
    }

    /** {@return how many pages have a frame} */
    public synchronized int count() {
        return pages.size();
    }

    /** {@return the index of the first page at or after {@code index} that has a frame; −1 if none does} */
    public synchronized long nextPage(long index) {
        Long next = pages.ceilingKey(index);
        return next == null ? -1 : next;
    }

    /**
     * Makes holes of pages, in mappings too: {@code truncate_pagecache}.
     *
     * @param first the first page's index
     * @param last the index after the last page
     */
    public void remove(long first, long last) {
        synchronized (this) {
            Iterator<Map.Entry<Long, PageFrames>> gone =
                    pages.subMap(first, last).entrySet().iterator();
            while (gone.hasNext()) {
                gone.next();
                gone.remove();
            }
        }
        mappings.forEach(mapping -> mapping.unmapPages(first, last));
    }

    /** Adds a mapping of the file. */
    public void attach(Mapped mapping) {
        mappings.add(mapping);
    }

    /** Forgets a mapping of the file. */
    public void detach(Mapped mapping) {
        mappings.remove(mapping);
    }
}

package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a file: {@code struct address_space}. Pages without a frame are holes and read as zeros. Mappings of the
 * file share the frames, so that what one writes the other sees.
 *
 * <p>A page that fallocate(2) made has a frame, but counts as a hole until it is first written or mapped: it is not up
 * to date, as the kernel says.
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

    /** Where pages come from that have not been seen yet: {@code read_folio}. */
    @FunctionalInterface
    public interface Reader {

        /**
         * Reads a page; what the file does not have stays zero.
         *
         * @param index its index in the file
         * @param frame where to put it, all zero
         * @return 0, or an error number negated if it cannot be read
         */
        long fill(long index, PageFrames frame);
    }

    private static final int FIRST_SIZE = 4;
    private static final MemorySegment ZEROS = new PageFrames(1).bytes().asReadOnly();

    /** Pages in ascending order of their indices. */
    private long[] indices = new long[FIRST_SIZE];

    private @Nullable PageFrames[] frames = new @Nullable PageFrames[FIRST_SIZE];
    private boolean[] upToDate = new boolean[FIRST_SIZE];
    private int count;
    private final AtomicInteger writableMappings = new AtomicInteger();
    private final List<Mapped> mappings = new CopyOnWriteArrayList<>();

    private final FileSpace space;
    private @Nullable Reader reader;

    /**
     * Makes a file without pages, whose pages are its contents.
     *
     * @param space where their memory comes from
     */
    public PageCache(FileSpace space) {
        this.space = space;
        this.reader = null;
    }

    /**
     * Makes a file without pages yet, whose contents are elsewhere; then no page is a hole.
     *
     * @param space where the pages' memory comes from
     * @param reader where their contents come from
     */
    public PageCache(FileSpace space, Reader reader) {
        this.space = space;
        this.reader = reader;
    }

    /** {@return the page's frame, or null if the page is a hole or cannot be had: see {@link #isWhole}} */
    public synchronized @Nullable PageFrames find(long index) {
        int at = search(index);
        if (at < 0 && reader != null) {
            return obtain(index);
        }
        return at >= 0 && upToDate[at] ? frames[at] : null;
    }

    /**
     * {@return the page's frame, made and zeroed if the page was a hole; null if there is no memory for it, or it cannot be
     * read}
     */
    public synchronized @Nullable PageFrames obtain(long index) {
        int at = search(index);
        if (at >= 0) {
            upToDate[at] = true;
            PageFrames there = frames[at];
            if (there != null) {
                return there;
            }
        }
        if (!space.take(PageFrames.PAGE_SIZE)) {
            return null;
        }
        PageFrames made = new PageFrames(1);
        if (reader != null && reader.fill(index, made) != 0) {
            space.give(PageFrames.PAGE_SIZE);
            return null;
        }
        insert(~at, index, made);
        upToDate[~at] = true;
        return made;
    }

    /** {@return whether these pages are the file's contents, so that one without a frame is a hole} */
    public synchronized boolean isWhole() {
        return reader == null;
    }

    /**
     * Reads all pages that were not seen yet, so that these are the file's contents from now on; pages of zeros become holes.
     *
     * @param end the index after the last page that is wanted; what is behind is lost
     * @return 0; −ENOSPC if there is not memory for all, or why one cannot be read: then nothing has changed
     */
    public synchronized long becomeWhole(long end) {
        Reader source = reader;
        if (source == null) {
            return 0;
        }
        List<Long> missing = new ArrayList<>();
        List<PageFrames> read = new ArrayList<>();
        long error = 0;
        for (long index = 0; index < end && error == 0; index++) {
            PageFrames made = search(index) >= 0 ? null : new PageFrames(1);
            error = made == null ? 0 : source.fill(index, made);
            if (made != null && error == 0 && made.bytes().mismatch(ZEROS) >= 0) {
                error = space.take(PageFrames.PAGE_SIZE) ? 0 : ErrorNumbers.ENOSPC;
                if (error == 0) {
                    missing.add(index);
                    read.add(made);
                }
            }
        }
        if (error != 0) {
            space.give((long) read.size() * PageFrames.PAGE_SIZE);
            return error;
        }
        for (int i = 0; i < read.size(); i++) {
            int at = ~search(missing.get(i));
            insert(at, missing.get(i), read.get(i));
            upToDate[at] = true;
        }
        reader = null;
        return 0;
    }

    /** Forgets all pages, unless they are the file's contents. */
    public void forget() {
        if (!isWhole()) {
            remove(0, Long.MAX_VALUE, Loss.OF_COPIES);
        }
    }

    /**
     * Makes frames for pages without writing them. Those that have one keep it; if there is not memory for all, none is made.
     *
     * @param first the first page's index
     * @param last the index after the last page
     * @return whether all have one now
     */
    public synchronized boolean allocate(long first, long last) {
        long missing = last - first - countIn(first, last);
        if (!space.take(missing * PageFrames.PAGE_SIZE)) {
            return false;
        }
        for (long index = first; index < last; index++) {
            int at = search(index);
            if (at < 0) {
                insert(~at, index, new PageFrames(1));
                upToDate[~at] = false;
            }
        }
        return true;
    }

    private int countIn(long first, long last) {
        int from = search(first);
        int to = search(last);
        return (to >= 0 ? to : ~to) - (from >= 0 ? from : ~from);
    }

    /** {@return whether the page has a frame, be it up to date or not} */
    public synchronized boolean hasFrame(long index) {
        return search(index) >= 0;
    }

    /** {@return how many pages have a frame} */
    public synchronized int count() {
        return count;
    }

    /** {@return the index of the first page at or after {@code index} that is not a hole; −1 if none does} */
    public synchronized long nextPage(long index) {
        int at = search(index);
        for (int i = at >= 0 ? at : ~at; i < count; i++) {
            if (upToDate[i]) {
                return indices[i];
            }
        }
        return -1;
    }

    /**
     * Makes holes of pages, in mappings too: {@code truncate_pagecache}.
     *
     * @param first the first page's index
     * @param last the index after the last page
     * @return how many pages lost their frame
     */
    public int remove(long first, long last) {
        return remove(first, last, Loss.OF_CONTENTS);
    }

    /** What goes with pages that are removed. */
    private enum Loss {
        /** Contents. */
        OF_CONTENTS,
        /** Copies of what is elsewhere; none if the pages have become the contents meanwhile. */
        OF_COPIES
    }

    private int remove(long first, long last, Loss loss) {
        int removed;
        synchronized (this) {
            if (loss == Loss.OF_COPIES && reader == null) {
                return 0;
            }
            int from = search(first);
            from = from >= 0 ? from : ~from;
            int to = search(last);
            to = Math.max(from, to >= 0 ? to : ~to);
            removed = to - from;
            System.arraycopy(indices, to, indices, from, count - to);
            System.arraycopy(frames, to, frames, from, count - to);
            System.arraycopy(upToDate, to, upToDate, from, count - to);
            Arrays.fill(frames, count - removed, count, null);
            count -= removed;
        }
        space.give((long) removed * PageFrames.PAGE_SIZE);
        mappings.forEach(mapping -> mapping.unmapPages(first, last));
        return removed;
    }

    /** Counts a shared mapping that may write, or may come to: {@code mapping_map_writable}. */
    public void mapWritable() {
        writableMappings.incrementAndGet();
    }

    /** Forgets one that {@link #mapWritable} counted. */
    public void unmapWritable() {
        writableMappings.decrementAndGet();
    }

    /** {@return whether a shared mapping may write: {@code mapping_writably_mapped}} */
    public boolean isWritablyMapped() {
        return writableMappings.get() > 0;
    }

    /** Adds a mapping of the file. */
    public void attach(Mapped mapping) {
        mappings.add(mapping);
    }

    /** Forgets a mapping of the file. */
    public void detach(Mapped mapping) {
        mappings.remove(mapping);
    }

    private int search(long index) {
        return count > 0 && indices[count - 1] < index ? ~count : Arrays.binarySearch(indices, 0, count, index);
    }

    private void insert(int at, long index, PageFrames frame) {
        if (count == indices.length) {
            indices = Arrays.copyOf(indices, 2 * count);
            frames = Arrays.copyOf(frames, 2 * count);
            upToDate = Arrays.copyOf(upToDate, 2 * count);
        }
        System.arraycopy(indices, at, indices, at + 1, count - at);
        System.arraycopy(frames, at, frames, at + 1, count - at);
        System.arraycopy(upToDate, at, upToDate, at + 1, count - at);
        indices[at] = index;
        frames[at] = frame;
        count++;
    }
}

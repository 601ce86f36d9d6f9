package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.linux.fs.PageCache;

/** What a file's pages know of one program's mappings of it. */
final class MappedFile implements PageCache.Mapped {

    private final Mm mm;
    private final PageCache cache;
    private int mappings;

    MappedFile(Mm mm, PageCache cache) {
        this.mm = mm;
        this.cache = cache;
    }

    /** Counts one mapping more. */
    void add(Vma area) {
        mappings++;
        if (mayWrite(area)) {
            cache.mapWritable();
        }
    }

    /** {@return whether there are mappings left, after one less} */
    boolean remove(Vma area) {
        mappings--;
        if (mayWrite(area)) {
            cache.unmapWritable();
        }
        return mappings > 0;
    }

    private static boolean mayWrite(Vma area) {
        return area.has(VmFlags.VM_SHARED | VmFlags.VM_MAYWRITE);
    }

    @Override
    public void unmapPages(long first, long last) {
        mm.unmapPages(cache, first, last);
    }
}

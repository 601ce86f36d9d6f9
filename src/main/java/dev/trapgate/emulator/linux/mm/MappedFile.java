package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.linux.fs.PageCache;

/** What a file's pages know of one program's mappings of it. */
final class MappedFile implements PageCache.Mapped {

    private final Mm mm;
    private final PageCache cache;
    private int mappings;
    private int writableMappings;

    MappedFile(Mm mm, PageCache cache) {
        this.mm = mm;
        this.cache = cache;
    }

    /** {@return how many mappings there are, after one more or one less} */
    int count(Vma area, int sign) {
        mappings += sign;
        if (area.has(VmFlags.VM_SHARED | VmFlags.VM_MAYWRITE)) {
            writableMappings += sign;
        }
        return mappings;
    }

    @Override
    public void unmapPages(long first, long last) {
        mm.unmapPages(cache, first, last);
    }

    /** {@return whether something can be written to the file through a mapping} */
    boolean isWritable() {
        synchronized (mm) {
            return writableMappings > 0;
        }
    }
}

package dev.trapgate.emulator.cpu;

/**
 * A few words of a kernel's own, eight bytes each, that an entry reaches again and again: a frame on its stack, its
 * per-CPU area. Where they lie in one page, that page may be written, and nobody watches, the page is looked up once for
 * all; else every word is an access of its own. What ends up in memory is the same.
 */
public final class StackWindow {

    private final Cpu cpu;
    private final int size;
    private long base;
    private PageEntry page = PageEntry.NOTHING;
    private long[] words = PageEntry.NOTHING.words;
    private int first;
    private boolean usable;
    private boolean open;

    /**
     * Prepares to look at memory.
     *
     * @param cpu whose memory
     * @param size how many bytes to look at, a multiple of eight, at most a page
     */
    public StackWindow(Cpu cpu, int size) {
        this.cpu = cpu;
        this.size = size;
        cpu.mmu().tellOfLoads(this);
    }

    /**
     * Looks at a place, for the accesses until the next time. Called when the kernel is entered.
     *
     * @param at its lowest address
     */
    public void open(long at) {
        if (at != base || !page.live) {
            lookUp(at);
        }
        open = usable && cpu.listener() == null;
    }

    /** Another address space has been loaded: what was found in the last one does not count. */
    void forget() {
        lookUp(base);
        open = false;
    }

    private void lookUp(long at) {
        boolean fits = ((int) at & 7) == 0 && ((int) at & PageFrames.PAGE_MASK) + size <= PageFrames.PAGE_SIZE;
        PageEntry found = fits ? cpu.mmu().entryAt(at) : PageEntry.NOTHING;
        base = at;
        page = found;
        words = found.words;
        first = found.firstWord + (((int) at & PageFrames.PAGE_MASK) >>> 3);
        usable = found != PageEntry.NOTHING && (found.rights & Paging.WRITE) != 0;
    }

    /** {@return whether words are reached without a look-up each} */
    public boolean isOpen() {
        return open;
    }

    /** {@return the word at an offset of an open window} */
    public long load(int offset) {
        return PageFrames.ordered(words[first + (offset >>> 3)]);
    }

    /** Writes the word at an offset of an open window. */
    public void store(int offset, long value) {
        words[first + (offset >>> 3)] = PageFrames.ordered(value);
    }

    /** {@return the word at an offset; {@link Mmu#takeFault} tells a fault} */
    public long get(int offset) {
        return open ? load(offset) : cpu.mmu().read64(base + offset, Paging.READ);
    }

    /**
     * Writes the word at an offset.
     *
     * @return the fault, or {@link Fault#NONE}
     */
    public int set(int offset, long value) {
        if (open) {
            store(offset, value);
            return Fault.NONE;
        }
        return cpu.mmu().write64(base + offset, value, Paging.READ);
    }
}

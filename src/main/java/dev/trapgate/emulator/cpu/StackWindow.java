package dev.trapgate.emulator.cpu;

/**
 * A frame on a kernel's stack, eight bytes a word. Where the frame lies in one page, that page may be written, and nobody
 * watches, the page is looked up once for the whole frame; else every word is an access of its own. What ends up in
 * memory is the same.
 */
public final class StackWindow {

    private final Cpu cpu;
    private final long base;
    private final int size;
    private PageEntry page = PageEntry.NOTHING;
    private boolean open;

    /**
     * Looks at a frame.
     *
     * @param cpu whose memory
     * @param base the frame's lowest address, a multiple of eight
     * @param size its size in bytes, a multiple of eight
     */
    public StackWindow(Cpu cpu, long base, int size) {
        this.cpu = cpu;
        this.base = base;
        this.size = size;
    }

    /** Looks the page up, for the accesses until the next time. Called when the kernel is entered. */
    public void open() {
        boolean fits = ((int) base & PageFrames.PAGE_MASK) + size <= PageFrames.PAGE_SIZE;
        page = fits ? cpu.mmu().entryAt(base) : PageEntry.NOTHING;
        open = page != PageEntry.NOTHING && (page.rights & Paging.WRITE) != 0 && cpu.listener() == null;
    }

    /** Looks every word up from now on. */
    public void close() {
        open = false;
    }

    /** {@return whether words are reached without a look-up each} */
    public boolean isOpen() {
        return open;
    }

    /** {@return the word at an offset} */
    public long get(int offset) {
        return open ? page.frames.wordAt(word(offset)) : cpu.mmu().read64(base + offset, Paging.READ);
    }

    /** Writes the word at an offset. */
    public void set(int offset, long value) {
        if (open) {
            page.frames.setWordAt(word(offset), value);
        } else {
            cpu.mmu().write64(base + offset, value, Paging.READ);
        }
    }

    /** The word's index among the page's frames. */
    private int word(int offset) {
        return page.firstWord + ((((int) base & PageFrames.PAGE_MASK) + offset) >>> 3);
    }
}

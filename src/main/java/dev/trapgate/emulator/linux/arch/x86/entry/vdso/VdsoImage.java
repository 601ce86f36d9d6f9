package dev.trapgate.emulator.linux.arch.x86.entry.vdso;

import dev.trapgate.emulator.cpu.PageFrames;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A vDSO as it lies in memory: an ELF shared object of one page, with its exported functions.
 *
 * @param symbols what it exports
 * @param bytes the image, at most a page
 */
public record VdsoImage(List<VdsoSymbol> symbols, MemorySegment bytes) {

    /** Keeps both from being changed. */
    public VdsoImage {
        symbols = List.copyOf(symbols);
        bytes = bytes.asReadOnly();
    }

    /**
     * Says where a function is.
     *
     * @param name its name
     * @return its offset from the image's first byte
     * @throws IllegalArgumentException if there is none of that name
     */
    public int offset(String name) {
        return symbols.stream()
                .filter(symbol -> symbol.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the vDSO has no function " + name))
                .offset();
    }

    /** {@return a page frame with the image} */
    public PageFrames page() {
        PageFrames page = new PageFrames(1);
        MemorySegment.copy(bytes, 0, page.bytes(), 0, bytes.byteSize());
        return page;
    }
}

package dev.trapgate.emulator.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * A program's accesses to its memory, by linear address: the quick way for those within a page that is known already, the
 * {@link Mmu}'s for all others. A fault is thrown as {@link RaisedFault}, before anything is changed.
 *
 * <p>While somebody listens, and while alignment is checked, all accesses go to the {@link Mmu}.
 */
public final class LinearMemory {

    private static final int SLOTS = 4096;
    private static final int USER_WRITE = Paging.USER | Paging.WRITE;
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final PageEntry[] NONE = new PageEntry[SLOTS];

    static {
        Arrays.fill(NONE, PageEntry.NOTHING);
    }

    private final Cpu cpu;
    private final Mmu mmu;
    private final RaisedFault raised = new RaisedFault();
    private final PageEntry[] known = NONE.clone();
    private PageEntry[] buffer = NONE;
    private AddressSpace space;

    /**
     * Makes a processor's way to its program's memory.
     *
     * @param cpu the processor
     */
    public LinearMemory(Cpu cpu) {
        this.cpu = cpu;
        this.mmu = cpu.mmu();
        this.space = mmu.space();
    }

    /**
     * Chooses the way of the accesses that follow; to be called whenever the processor's state may have been changed by
     * others than the program's instructions.
     */
    public void begin() {
        if (space != mmu.space()) {
            space = mmu.space();
            Arrays.fill(known, PageEntry.NOTHING);
        }
        boolean watched = cpu.listener() != null || cpu.checksAlignment() || cpu.cpl() != 3;
        buffer = watched ? NONE : known;
    }

    /** {@return the exception for a fault} */
    public RaisedFault fault(int fault) {
        return raised.with(fault);
    }

    /** {@return the byte at an address} */
    public long read8(long linear) {
        PageEntry entry = buffer[slot(linear)];
        return isReadable(entry, linear) ? word(entry, linear) >>> shift(linear) & 0xff : readSlowly(linear, 1);
    }

    /** {@return the two bytes at an address, zero-extended} */
    public long read16(long linear) {
        PageEntry entry = buffer[slot(linear)];
        return isReadable(entry, linear) && ((int) linear & 7) < 7
                ? word(entry, linear) >>> shift(linear) & 0xffff
                : readSlowly(linear, 2);
    }

    /** {@return the four bytes at an address, zero-extended} */
    public long read32(long linear) {
        PageEntry entry = buffer[slot(linear)];
        return isReadable(entry, linear) && ((int) linear & 7) < 5
                ? word(entry, linear) >>> shift(linear) & 0xffff_ffffL
                : readSlowly(linear, 4);
    }

    /** {@return the eight bytes at an address} */
    public long read64(long linear) {
        PageEntry entry = buffer[slot(linear)];
        return isReadable(entry, linear) && ((int) linear & 7) == 0 ? word(entry, linear) : readSlowly(linear, 8);
    }

    /** Writes a byte. */
    public void write8(long linear, long value) {
        PageEntry entry = buffer[slot(linear)];
        if (isWritable(entry, linear)) {
            entry.frames.bytes().set(ValueLayout.JAVA_BYTE, offset(entry, linear), (byte) value);
        } else {
            writeSlowly(linear, 1, value);
        }
    }

    /** Writes two bytes. */
    public void write16(long linear, long value) {
        PageEntry entry = buffer[slot(linear)];
        if (isWritable(entry, linear) && ((int) linear & PageFrames.PAGE_MASK) <= PageFrames.PAGE_SIZE - 2) {
            entry.frames.bytes().set(PageFrames.SHORT, offset(entry, linear), (short) value);
        } else {
            writeSlowly(linear, 2, value);
        }
    }

    /** Writes four bytes. */
    public void write32(long linear, long value) {
        PageEntry entry = buffer[slot(linear)];
        if (isWritable(entry, linear) && ((int) linear & PageFrames.PAGE_MASK) <= PageFrames.PAGE_SIZE - 4) {
            entry.frames.bytes().set(PageFrames.INT, offset(entry, linear), (int) value);
        } else {
            writeSlowly(linear, 4, value);
        }
    }

    /** Writes eight bytes. */
    public void write64(long linear, long value) {
        PageEntry entry = buffer[slot(linear)];
        if (isWritable(entry, linear) && ((int) linear & 7) == 0) {
            entry.words[index(entry, linear)] = PageFrames.ordered(value);
        } else {
            writeSlowly(linear, 8, value);
        }
    }

    /** {@return the bytes at an address, of a size of 1, 2, 4 or 8, zero-extended} */
    public long read(long linear, int size) {
        return switch (size) {
            case 1 -> read8(linear);
            case 2 -> read16(linear);
            case 4 -> read32(linear);
            default -> read64(linear);
        };
    }

    /** Writes 1, 2, 4 or 8 bytes. */
    public void write(long linear, int size, long value) {
        switch (size) {
            case 1 -> write8(linear, value);
            case 2 -> write16(linear, value);
            case 4 -> write32(linear, value);
            default -> write64(linear, value);
        }
    }

    /** Reads what is about to be written back: a page that cannot be written faults now. */
    public long readForUpdate(long linear, int size) {
        PageEntry entry = buffer[slot(linear)];
        boolean known =
                isWritable(entry, linear) && ((int) linear & PageFrames.PAGE_MASK) <= PageFrames.PAGE_SIZE - size;
        if (!known) {
            probeWrite(linear, size);
        }
        return read(linear, size);
    }

    /** Faults as a write would, and writes nothing. */
    public void probeWrite(long linear, int size) {
        check(mmu.probe(linear, USER_WRITE));
        if (size > 1) {
            check(mmu.probe(linear + size - 1, USER_WRITE));
        }
    }

    /**
     * Reads and writes back with nobody in between, as a locked instruction does; one that crosses a boundary of eight bytes
     * excludes only its like.
     *
     * @param linear the address
     * @param size 1, 2, 4 or 8 bytes
     * @param update makes the new value of the old one; may be asked more than once, the last answer counts
     */
    public void update(long linear, int size, LongUnaryOperator update) {
        exchange(linear, size, update);
    }

    /** Like {@link #update}. {@return the old value} */
    public long exchange(long linear, int size, LongUnaryOperator update) {
        if (((int) linear & 7) + size > 8) {
            synchronized (LinearMemory.class) {
                long old = readForUpdate(linear, size);
                write(linear, size, update.applyAsLong(old));
                return old;
            }
        }
        PageEntry entry = buffer[slot(linear)];
        if (!isWritable(entry, linear)) {
            probeWrite(linear, size);
            readSlowly(linear, size);
            entry = mmu.entryAt(linear);
            remember(linear);
        }
        int index = index(entry, linear);
        int shift = shift(linear);
        long mask = -1L >>> (64 - 8 * size);
        while (true) {
            long word = (long) WORDS.getVolatile(entry.words, index);
            long ordered = PageFrames.ordered(word);
            long old = ordered >>> shift & mask;
            long next = update.applyAsLong(old) & mask;
            long changed = PageFrames.ordered((ordered & ~(mask << shift)) | (next << shift));
            if (WORDS.compareAndSet(entry.words, index, word, changed)) {
                return old;
            }
        }
    }

    /**
     * Copies whole elements, ascending, as far as both pages reach, where both are known and do not overlap in a way that an
     * element after the other would be copied otherwise.
     *
     * @param to where to
     * @param from where from
     * @param size of an element, 1, 2, 4 or 8 bytes
     * @param count how many elements to copy, more than 0
     * @return how many were copied, 0 if they have to be copied one by one
     */
    public long copy(long to, long from, int size, long count) {
        PageEntry target = buffer[slot(to)];
        PageEntry source = buffer[slot(from)];
        if (!isWritable(target, to) || !isReadable(source, from)) {
            return 0;
        }
        long elements = Math.min(count, Math.min(elementsInPage(to, size), elementsInPage(from, size)));
        long targetOffset = offset(target, to);
        long sourceOffset = offset(source, from);
        boolean overlaps = target.frames == source.frames
                && targetOffset > sourceOffset
                && targetOffset < sourceOffset + elements * size;
        if (overlaps) {
            return 0;
        }
        MemorySegment.copy(source.frames.bytes(), sourceOffset, target.frames.bytes(), targetOffset, elements * size);
        return elements;
    }

    /**
     * Fills whole elements with one byte, ascending, to the end of the page, if that is known.
     *
     * @param to where
     * @param value the byte
     * @param size of an element, 1, 2, 4 or 8 bytes
     * @param count how many elements to fill, more than 0
     * @return how many were filled, 0 if they have to be filled one by one
     */
    public long fill(long to, int value, int size, long count) {
        PageEntry target = buffer[slot(to)];
        if (!isWritable(target, to)) {
            return 0;
        }
        long elements = Math.min(count, elementsInPage(to, size));
        target.frames.bytes().asSlice(offset(target, to), elements * size).fill((byte) value);
        return elements;
    }

    private static int elementsInPage(long linear, int size) {
        return (PageFrames.PAGE_SIZE - ((int) linear & PageFrames.PAGE_MASK)) / size;
    }

    private static boolean isReadable(PageEntry entry, long linear) {
        return entry.number == linear >>> PageFrames.PAGE_SHIFT && (entry.ready & Paging.USER) != 0;
    }

    private static boolean isWritable(PageEntry entry, long linear) {
        return entry.number == linear >>> PageFrames.PAGE_SHIFT && (entry.ready & USER_WRITE) == USER_WRITE;
    }

    private static long word(PageEntry entry, long linear) {
        return PageFrames.ordered(entry.words[index(entry, linear)]);
    }

    private static int index(PageEntry entry, long linear) {
        return entry.firstWord + (((int) linear & PageFrames.PAGE_MASK) >>> 3);
    }

    private static long offset(PageEntry entry, long linear) {
        return entry.offset + ((int) linear & PageFrames.PAGE_MASK);
    }

    private static int shift(long linear) {
        return ((int) linear & 7) << 3;
    }

    private static int slot(long linear) {
        return (int) (linear >>> PageFrames.PAGE_SHIFT) & SLOTS - 1;
    }

    private long readSlowly(long linear, int size) {
        int need = access();
        long value =
                switch (size) {
                    case 1 -> mmu.read8(linear, need);
                    case 2 -> mmu.read16(linear, need);
                    case 4 -> mmu.read32(linear, need);
                    default -> mmu.read64(linear, need);
                };
        check(mmu.takeFault());
        remember(linear);
        return value;
    }

    private void writeSlowly(long linear, int size, long value) {
        int need = access();
        check(
                switch (size) {
                    case 1 -> mmu.write8(linear, (int) value, need);
                    case 2 -> mmu.write16(linear, (int) value, need);
                    case 4 -> mmu.write32(linear, value, need);
                    default -> mmu.write64(linear, value, need);
                });
        remember(linear);
    }

    private int access() {
        return cpu.access();
    }

    private void check(int fault) {
        if (fault != Fault.NONE) {
            throw raised.with(fault);
        }
    }

    private void remember(long linear) {
        if (buffer != NONE) {
            PageEntry entry = mmu.entryAt(linear);
            buffer[slot(linear)] = entry;
        }
    }
}

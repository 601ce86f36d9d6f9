package dev.trapgate.emulator.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One processor's way to memory: linear addresses, checked against the pages' rights, through a translation buffer.
 *
 * <p>A write answers with its fault. A read answers with the value, and {@link #takeFault} says whether there was one:
 * a reader asks after each read. An access needs {@link Paging#USER} if it is made for user mode.
 */
public final class Mmu {

    private static final int SLOTS = 64;
    private static final long LINEAR_32 = 0xffff_ffffL;

    private final Cpu cpu;
    private final PageEntry[] buffer = new PageEntry[SLOTS];
    private final List<StackWindow> windows = new ArrayList<>();
    private AddressSpace space;
    private int fault = Fault.NONE;

    Mmu(Cpu cpu, AddressSpace space) {
        this.cpu = cpu;
        this.space = space;
        flush();
    }

    /** {@return the address space that CR3 selects} */
    public AddressSpace space() {
        return space;
    }

    /** Selects another address space, as loading CR3 does. */
    public void load(AddressSpace next) {
        space = next;
        flush();
        windows.forEach(StackWindow::forget);
    }

    /** From now on {@link #load} makes a window forget its page. */
    void tellOfLoads(StackWindow window) {
        windows.add(window);
    }

    /** {@return the last read's fault, which is thereby forgotten, or {@link Fault#NONE}} */
    public int takeFault() {
        int taken = fault;
        fault = Fault.NONE;
        return taken;
    }

    /** {@return the address of the last page fault: CR2} */
    public long faultAddress() {
        return cpu.control().cr2();
    }

    /** {@return whether the last read faulted} */
    boolean hasFault() {
        return fault != Fault.NONE;
    }

    /** Says of the last read's fault that the access was by the stack segment. */
    void blameStack() {
        fault = byStack(fault);
    }

    /** {@return what a fault is where the access was by the stack segment: an address that is not canonical is #SS(0) there} */
    static int byStack(int fault) {
        return fault == Fault.of(Vector.GP) ? Fault.of(Vector.SS) : fault;
    }

    /** {@return the eight bytes at an address} */
    public long read64(long linear, int need) {
        PageEntry entry = buffer[slot(linear)];
        if (hits(entry, linear, need | 7 << 8)) {
            long value = PageFrames.ordered(entry.words[wordIndex(entry, linear)]);
            cpu.readMemory(linear, 8, value);
            return value;
        }
        return readSlowly(linear, 8, need);
    }

    /** {@return the four bytes at an address, zero-extended} */
    public long read32(long linear, int need) {
        PageEntry entry = buffer[slot(linear)];
        if (hits(entry, linear, need | 3 << 8)) {
            long value = wordOf(entry, linear) & 0xffff_ffffL;
            cpu.readMemory(linear, 4, value);
            return value;
        }
        return readSlowly(linear, 4, need);
    }

    /** {@return the two bytes at an address, zero-extended} */
    public int read16(long linear, int need) {
        PageEntry entry = buffer[slot(linear)];
        if (hits(entry, linear, need | 1 << 8)) {
            int value = (int) wordOf(entry, linear) & 0xffff;
            cpu.readMemory(linear, 2, value);
            return value;
        }
        return (int) readSlowly(linear, 2, need);
    }

    /** {@return the byte at an address, zero-extended} */
    public int read8(long linear, int need) {
        PageEntry entry = buffer[slot(linear)];
        if (hits(entry, linear, need)) {
            int value = (int) wordOf(entry, linear) & 0xff;
            cpu.readMemory(linear, 1, value);
            return value;
        }
        return (int) readSlowly(linear, 1, need);
    }

    /**
     * Writes eight bytes, all or none.
     *
     * @return {@link Fault#NONE} or the fault
     */
    public int write64(long linear, long value, int need) {
        PageEntry entry = buffer[slot(linear)];
        if (hits(entry, linear, need | Paging.WRITE | 7 << 8)) {
            entry.words[wordIndex(entry, linear)] = PageFrames.ordered(value);
            cpu.wroteMemory(linear, 8, value);
            return Fault.NONE;
        }
        return writeSlowly(linear, 8, value, need);
    }

    /**
     * Writes four bytes, all or none.
     *
     * @return {@link Fault#NONE} or the fault
     */
    public int write32(long linear, long value, int need) {
        PageEntry entry = buffer[slot(linear)];
        if (hits(entry, linear, need | Paging.WRITE | 3 << 8)) {
            entry.frames.bytes().set(PageFrames.INT, entry.offset + (linear & PageFrames.PAGE_MASK), (int) value);
            cpu.wroteMemory(linear, 4, value & 0xffff_ffffL);
            return Fault.NONE;
        }
        return writeSlowly(linear, 4, value, need);
    }

    /**
     * Writes two bytes, all or none.
     *
     * @return {@link Fault#NONE} or the fault
     */
    public int write16(long linear, int value, int need) {
        return writeSlowly(linear, 2, value, need);
    }

    /**
     * Writes a byte.
     *
     * @return {@link Fault#NONE} or the fault
     */
    public int write8(long linear, int value, int need) {
        return writeSlowly(linear, 1, value, need);
    }

    /**
     * Checks an access to one byte without making it.
     *
     * @return {@link Fault#NONE} or the fault; CR2 is the address of a page fault
     */
    public int probe(long linear, int need) {
        return translate(linear(linear), need) == null ? takeFault() : Fault.NONE;
    }

    /**
     * Copies from an address to the end of its page, or less.
     *
     * @param linear the address
     * @param need what the access needs
     * @param to where to
     * @param at the offset in it
     * @param size how many bytes, at least one
     * @return how many bytes were copied, at least one; 0 on a fault, which {@link #takeFault} then tells
     */
    public long copyFrom(long linear, int need, MemorySegment to, long at, long size) {
        long from = linear(linear);
        PageEntry entry = translate(from, need);
        if (entry == null) {
            return 0;
        }
        long chunk = Math.min(size, PageFrames.PAGE_SIZE - (from & PageFrames.PAGE_MASK));
        MemorySegment.copy(entry.frames.bytes(), entry.offset + (from & PageFrames.PAGE_MASK), to, at, chunk);
        return chunk;
    }

    /**
     * Copies to an address, up to the end of its page or less.
     *
     * @param linear the address
     * @param need what the access needs
     * @param from where from
     * @param at the offset in it
     * @param size how many bytes, at least one
     * @return how many bytes were copied, at least one; 0 on a fault, which {@link #takeFault} then tells
     */
    public long copyTo(long linear, int need, MemorySegment from, long at, long size) {
        long to = linear(linear);
        PageEntry entry = translate(to, need | Paging.WRITE);
        if (entry == null) {
            return 0;
        }
        long chunk = Math.min(size, PageFrames.PAGE_SIZE - (to & PageFrames.PAGE_MASK));
        MemorySegment.copy(from, at, entry.frames.bytes(), entry.offset + (to & PageFrames.PAGE_MASK), chunk);
        return chunk;
    }

    /**
     * Finds the bytes from an address to the end of its page.
     *
     * @param linear the address
     * @param need what the access needs
     * @return the bytes, at least one; null on a fault, which {@link #takeFault} then tells
     */
    public @Nullable MemorySegment pageRest(long linear, int need) {
        long at = linear(linear);
        PageEntry entry = translate(at, need);
        if (entry == null) {
            return null;
        }
        long offset = at & PageFrames.PAGE_MASK;
        return entry.frames.bytes().asSlice(entry.offset + offset, PageFrames.PAGE_SIZE - offset);
    }

    /**
     * Finds what was decoded from the page of an address, which from now on is told when the page changes.
     *
     * @param linear an address of code that a program is about to execute
     * @return the page's code; null on a fault, which {@link #takeFault} then tells
     */
    public @Nullable CodePage codePage(long linear) {
        PageEntry entry = translate(linear(linear), Paging.USER | Paging.EXECUTE);
        return entry == null ? null : entry.frames.keepCode(entry);
    }

    /** {@return the page of an address, {@link PageEntry#NOTHING} if it is not mapped} */
    PageEntry entryAt(long linear) {
        PageEntry entry = buffer[slot(linear)];
        if (entry.number == linear >>> PageFrames.PAGE_SHIFT && entry.live) {
            return entry;
        }
        PageEntry found = space.entry(linear >>> PageFrames.PAGE_SHIFT);
        if (found == null) {
            return PageEntry.NOTHING;
        }
        buffer[slot(linear)] = found;
        return found;
    }

    /** The aligned word of an address, shifted so that the addressed byte is the lowest. */
    private static long wordOf(PageEntry entry, long linear) {
        return PageFrames.ordered(entry.words[wordIndex(entry, linear)]) >>> (((int) linear & 7) << 3);
    }

    private static int wordIndex(PageEntry entry, long linear) {
        return entry.firstWord + (((int) linear & PageFrames.PAGE_MASK) >>> 3);
    }

    private static int slot(long linear) {
        return (int) (linear >>> PageFrames.PAGE_SHIFT) & SLOTS - 1;
    }

    /** {@code need} carries the alignment mask of the access in its second byte. */
    private static boolean hits(PageEntry entry, long linear, int need) {
        return entry.number == linear >>> PageFrames.PAGE_SHIFT
                && (((int) linear & (need >> 8)) | (need & 0xff & ~entry.ready)) == 0
                && entry.live;
    }

    private long readSlowly(long address, int size, int need) {
        long linear = linear(address);
        if (isMisaligned(linear, size, need)) {
            fault = Fault.of(Vector.AC);
            return 0;
        }
        long value = 0;
        for (int done = 0; done < size; ) {
            long at = linear(linear + done);
            PageEntry entry = translate(at, need);
            if (entry == null) {
                return 0;
            }
            int chunk = chunk(at, size - done);
            value |= get(entry, at, chunk) << (8 * done);
            done += chunk;
        }
        cpu.readMemory(linear, size, value);
        return value;
    }

    private int writeSlowly(long address, int size, long value, int need) {
        long linear = linear(address);
        if (isMisaligned(linear, size, need)) {
            return Fault.of(Vector.AC);
        }
        int access = need | Paging.WRITE;
        for (int done = 0; done < size; done += chunk(linear(linear + done), size - done)) {
            if (translate(linear(linear + done), access) == null) {
                return takeFault();
            }
        }
        for (int done = 0; done < size; ) {
            long at = linear(linear + done);
            PageEntry entry = translate(at, access);
            if (entry == null) {
                return takeFault();
            }
            int chunk = chunk(at, size - done);
            put(entry, at, chunk, value >>> (8 * done));
            done += chunk;
        }
        cpu.wroteMemory(linear, size, size == 8 ? value : value & ((1L << (8 * size)) - 1));
        return Fault.NONE;
    }

    /** Only programs' own accesses are checked, not those that the kernel or the processor makes for them. */
    private boolean isMisaligned(long linear, int size, int need) {
        boolean unaligned = (linear & (size - 1)) != 0 && Integer.bitCount(size) == 1;
        return unaligned
                && (need & Paging.USER) != 0
                && cpu.checksAlignment()
                && (!cpu.isLongMode() || isCanonical(linear));
    }

    /** How much of an access lies in the page of {@code at}: all of it if that is a natural size, else one byte. */
    private static int chunk(long at, int size) {
        boolean fits = (at & PageFrames.PAGE_MASK) + size <= PageFrames.PAGE_SIZE;
        return fits && Integer.bitCount(size) == 1 ? size : 1;
    }

    private static long get(PageEntry entry, long at, int size) {
        MemorySegment bytes = entry.frames.bytes();
        long offset = entry.offset + (at & PageFrames.PAGE_MASK);
        return switch (size) {
            case 1 -> bytes.get(ValueLayout.JAVA_BYTE, offset) & 0xffL;
            case 2 -> bytes.get(PageFrames.SHORT, offset) & 0xffffL;
            case 4 -> bytes.get(PageFrames.INT, offset) & 0xffff_ffffL;
            default -> bytes.get(PageFrames.LONG, offset);
        };
    }

    private static void put(PageEntry entry, long at, int size, long value) {
        MemorySegment bytes = entry.frames.bytes();
        long offset = entry.offset + (at & PageFrames.PAGE_MASK);
        switch (size) {
            case 1 -> bytes.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
            case 2 -> bytes.set(PageFrames.SHORT, offset, (short) value);
            case 4 -> bytes.set(PageFrames.INT, offset, (int) value);
            default -> bytes.set(PageFrames.LONG, offset, value);
        }
    }

    private @Nullable PageEntry translate(long linear, int need) {
        if (cpu.isLongMode() && !isCanonical(linear)) {
            fault = Fault.of(Vector.GP);
            return null;
        }
        long number = linear >>> PageFrames.PAGE_SHIFT;
        PageEntry entry = buffer[slot(linear)];
        if (entry.number != number || !entry.live) {
            PageEntry found = space.entry(number);
            if (found == null) {
                return pageFault(linear, need);
            }
            entry = found;
            buffer[slot(linear)] = found;
        }
        if ((need & ~granted(entry.rights, need)) != 0) {
            return pageFault(linear, need | Paging.PRESENT);
        }
        if ((need & Paging.WRITE & ~entry.ready) != 0) {
            entry.frames.writing(entry);
        }
        return entry;
    }

    /** A clear CR0.WP lets the supervisor write anywhere; a clear EFER.NXE makes every page executable. */
    private int granted(int rights, int need) {
        boolean writesAnywhere = (need & Paging.USER) == 0 && (cpu.control().cr0() & ControlRegisters.CR0_WP) == 0;
        boolean runsAnywhere = (cpu.msrs().efer() & ModelSpecificRegisters.EFER_NXE) == 0;
        return rights | (writesAnywhere ? Paging.WRITE : 0) | (runsAnywhere ? Paging.EXECUTE : 0);
    }

    private @Nullable PageEntry pageFault(long linear, int code) {
        boolean fetchIsTold = (cpu.msrs().efer() & ModelSpecificRegisters.EFER_NXE) != 0;
        cpu.control().setCr2(linear);
        fault = Fault.of(Vector.PF, fetchIsTold ? code : code & ~Paging.EXECUTE);
        return null;
    }

    /** Outside long mode linear addresses have 32 bits and wrap. */
    private long linear(long address) {
        return cpu.isLongMode() ? address : address & LINEAR_32;
    }

    static boolean isCanonical(long linear) {
        return linear << 16 >> 16 == linear;
    }

    private void flush() {
        java.util.Arrays.fill(buffer, PageEntry.NOTHING);
    }
}

package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Mmu;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.Vector;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's only way to a program's memory: {@code copy_from_user}, {@code copy_to_user}, {@code get_user},
 * {@code put_user}, {@code clear_user} (arch/x86/lib/usercopy_64.c and getuser.S, Linux 5.17).
 *
 * <p>A copy stops at the first byte that the program itself could not read or write, having moved all those before it.
 * An address beyond the program's half is refused before anything is read.
 */
public final class Uaccess {

    private static final VarHandle WORD =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final long CHUNK = PageFrames.PAGE_SIZE;
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new long[PageFrames.PAGE_SIZE / Long.BYTES]);

    private final Mmu mmu;
    private Mm mm;

    /**
     * Makes one processor's way to one program's memory.
     *
     * @param cpu the processor
     * @param mm the program's memory
     */
    public Uaccess(Cpu cpu, Mm mm) {
        this.mmu = cpu.mmu();
        this.mm = mm;
    }

    /** Goes to another program's memory from now on, which the processor sees already: execve(2). */
    public void setMm(Mm other) {
        mm = other;
    }

    /** {@return whether a range lies within the program's half, as {@code access_ok}; an empty one there does} */
    public boolean accessOk(long address, long size) {
        long end = mm.taskSize();
        return Long.compareUnsigned(size, end) <= 0 && Long.compareUnsigned(address, end - size) <= 0;
    }

    /**
     * Copies from a program's memory.
     *
     * @param to where to
     * @param from the program's address
     * @param size how many bytes, 0 to the size of {@code to}
     * @return how many bytes could not be copied, the last ones
     */
    public long copyFromUser(MemorySegment to, long from, long size) {
        return copyFromUser(to, 0, from, size);
    }

    /**
     * Copies from a program's memory into the middle of a segment.
     *
     * @param to where to
     * @param offset where in {@code to} to begin
     * @param from the program's address
     * @param size how many bytes
     * @return how many bytes could not be copied, the last ones
     */
    public long copyFromUser(MemorySegment to, long offset, long from, long size) {
        if (!accessOk(from, size)) {
            return size;
        }
        long done = 0;
        while (done < size) {
            long copied = mmu.copyFrom(from + done, Paging.USER, to, offset + done, size - done);
            if (copied == 0 && !isHandled(mmu.takeFault())) {
                break;
            }
            done += copied;
        }
        return size - done;
    }

    /**
     * Copies to a program's memory.
     *
     * @param to the program's address
     * @param from where from
     * @param size how many bytes, 0 to the size of {@code from}
     * @return how many bytes could not be copied, the last ones
     */
    public long copyToUser(long to, MemorySegment from, long size) {
        return copyToUser(to, from, 0, size);
    }

    /**
     * Copies to a program's memory from the middle of a segment.
     *
     * @param to the program's address
     * @param from where from
     * @param offset where in {@code from} to begin
     * @param size how many bytes
     * @return how many bytes could not be copied, the last ones
     */
    public long copyToUser(long to, MemorySegment from, long offset, long size) {
        if (!accessOk(to, size)) {
            return size;
        }
        long done = 0;
        while (done < size) {
            long copied = mmu.copyTo(to + done, Paging.USER | Paging.WRITE, from, offset + done, size - done);
            if (copied == 0 && !isHandled(mmu.takeFault())) {
                break;
            }
            done += copied;
        }
        return size - done;
    }

    /**
     * Sets a program's memory to zero.
     *
     * @param to the program's address
     * @param size how many bytes
     * @return how many bytes could not be cleared, the last ones
     */
    public long clearUser(long to, long size) {
        if (!accessOk(to, size)) {
            return size;
        }
        long done = 0;
        while (done < size) {
            long cleared = mmu.copyTo(to + done, Paging.USER | Paging.WRITE, ZEROS, 0, Math.min(size - done, CHUNK));
            if (cleared == 0 && !isHandled(mmu.takeFault())) {
                break;
            }
            done += cleared;
        }
        return size - done;
    }

    /**
     * Reads four bytes, all or none.
     *
     * @param from the program's address
     * @return the value, zero-extended; −1 if they cannot be read
     */
    public long getUser32(long from) {
        if (!accessOk(from, 4)) {
            return -1;
        }
        long value = mmu.read32(from, Paging.USER);
        int fault = mmu.takeFault();
        while (fault != Fault.NONE) {
            if (!isHandled(fault)) {
                return -1;
            }
            value = mmu.read32(from, Paging.USER);
            fault = mmu.takeFault();
        }
        return value;
    }

    /**
     * Writes two bytes, all or none.
     *
     * @param to the program's address
     * @param value the value
     * @return whether they were written
     */
    public boolean putUser16(long to, int value) {
        if (!accessOk(to, 2)) {
            return false;
        }
        int fault = mmu.write16(to, value, Paging.USER);
        while (fault != Fault.NONE && isHandled(fault)) {
            fault = mmu.write16(to, value, Paging.USER);
        }
        return fault == Fault.NONE;
    }

    /**
     * Writes four bytes, all or none.
     *
     * @param to the program's address
     * @param value the value
     * @return whether they were written
     */
    public boolean putUser32(long to, long value) {
        if (!accessOk(to, 4)) {
            return false;
        }
        int fault = mmu.write32(to, value, Paging.USER);
        while (fault != Fault.NONE && isHandled(fault)) {
            fault = mmu.write32(to, value, Paging.USER);
        }
        return fault == Fault.NONE;
    }

    /**
     * Writes eight bytes, all or none.
     *
     * @param to the program's address
     * @param value the value
     * @return whether they were written
     */
    public boolean putUser64(long to, long value) {
        if (!accessOk(to, 8)) {
            return false;
        }
        int fault = mmu.write64(to, value, Paging.USER);
        while (fault != Fault.NONE && isHandled(fault)) {
            fault = mmu.write64(to, value, Paging.USER);
        }
        return fault == Fault.NONE;
    }

    /**
     * Finds the very bytes that a program has, not a copy: {@code get_user_pages}.
     *
     * @param address the program's address
     * @return its bytes to the end of its page, at least one; null if they cannot be read
     */
    public @Nullable MemorySegment pinPage(long address) {
        return accessOk(address, 1) ? page(address, Paging.USER) : null;
    }

    /**
     * Finds the very bytes that a program has, to be written.
     *
     * @param address the program's address
     * @return its bytes to the end of its page, at least one; null if they cannot be written
     */
    public @Nullable MemorySegment pinPageToWrite(long address) {
        return accessOk(address, 1) ? page(address, Paging.USER | Paging.WRITE) : null;
    }

    /**
     * Changes four bytes as one, whatever other threads do to them: {@code user_atomic_cmpxchg_inatomic}.
     *
     * @param address the program's address, a multiple of 4
     * @param change gives the new value for the old one; may be asked more than once
     * @return the old value, zero-extended; −1 if they cannot be written
     */
    public long exchangeUser32(long address, IntUnaryOperator change) {
        MemorySegment bytes = pinPageToWrite(address);
        if (bytes == null) {
            return -1;
        }
        int seen = (int) WORD.getVolatile(bytes, 0L);
        int found = (int) WORD.compareAndExchange(bytes, 0L, seen, change.applyAsInt(seen));
        while (found != seen) {
            seen = found;
            found = (int) WORD.compareAndExchange(bytes, 0L, seen, change.applyAsInt(seen));
        }
        return seen & 0xffff_ffffL;
    }

    private @Nullable MemorySegment page(long address, int need) {
        MemorySegment page = mmu.pageRest(address, need);
        while (page == null) {
            if (!isHandled(mmu.takeFault())) {
                return null;
            }
            page = mmu.pageRest(address, need);
        }
        return page;
    }

    private boolean isHandled(int fault) {
        return Fault.vector(fault) == Vector.PF
                && mm.handleFault(mmu.faultAddress(), Fault.code(fault)) == FaultOutcome.HANDLED;
    }
}

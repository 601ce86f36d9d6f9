package dev.trapgate.emulator.linux.arch.x86.entry;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.cpu.Mmu;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.linux.kernel.Sys;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of calls, {@code sys_call_table} and its kind: addresses of functions in the kernel's memory, one a number.
 *
 * <p>An entry can be replaced and restored while calls go through the table; a call under way is not affected.
 */
public final class SyscallTable {

    private final String symbol;
    private final Abi abi;
    private final KernelText text;
    private final int pointerSize;
    private final long address;
    private final MemorySegment memory;
    private final List<SyscallCalls.Line> lines;
    private final long[] originals;

    /**
     * Lays a table out in the kernel's memory.
     *
     * @param symbol the kernel's name for it
     * @param abi whose numbers it has
     * @param size how many entries
     * @param place where it goes
     */
    SyscallTable(String symbol, Abi abi, int size, Place place) {
        this.symbol = symbol;
        this.abi = abi;
        this.text = place.text();
        this.pointerSize = place.pointerSize();
        this.address = place.address();
        this.lines = SyscallCalls.lines(abi, size);
        this.originals = new long[size];
        int pages = (size * pointerSize + PageFrames.PAGE_MASK) / PageFrames.PAGE_SIZE;
        PageFrames frames = new PageFrames(pages);
        this.memory = frames.bytes();
        place.space().map(address, frames, 0, pages, Paging.WRITE);
        long missing = text.place(Sys::niSyscall);
        for (int number = 0; number < size; number++) {
            SyscallHandler function = lines.get(number).function();
            originals[number] = function == null ? missing : text.place(function);
            write(number, originals[number]);
        }
    }

    /**
     * Where a table goes.
     *
     * @param text the kernel's code
     * @param space the kernel's memory
     * @param address the table's address, page-aligned
     * @param pointerSize 4 or 8 bytes an entry
     */
    record Place(KernelText text, AddressSpace space, long address, int pointerSize) {}

    /** {@return the kernel's name for this table, for example {@code ia32_sys_call_table}} */
    public String symbol() {
        return symbol;
    }

    /** {@return whose numbers it has} */
    public Abi abi() {
        return abi;
    }

    /** {@return how many entries it has; greater numbers answer ENOSYS} */
    public int size() {
        return lines.size();
    }

    /** {@return where it is in the kernel's memory} */
    public long address() {
        return address;
    }

    /** {@return every row, by number} */
    public List<SyscallRow> rows() {
        return IntStream.range(0, lines.size()).mapToObj(this::row).toList();
    }

    /**
     * Looks a number up.
     *
     * @param number 0 to {@link #size} − 1
     * @return its row
     * @throws IndexOutOfBoundsException if the table has no such number
     */
    public SyscallRow row(int number) {
        SyscallRow row = lines.get(number).row();
        SyscallRow.Hook hook = read(number) == originals[number] ? SyscallRow.Hook.ORIGINAL : SyscallRow.Hook.REPLACED;
        return new SyscallRow(number, row.name(), row.support(), row.note(), hook);
    }

    /**
     * Replaces an entry: calls with that number go to {@code function} from now on.
     *
     * @param number 0 to {@link #size} − 1
     * @param function what to call instead
     * @return what was called before, for a function that wants to pass calls on
     * @throws IndexOutOfBoundsException if the table has no such number
     */
    public SyscallHandler replace(int number, SyscallHandler function) {
        SyscallHandler before = text.function(read(number));
        write(number, text.place(function));
        return before == null ? Sys::niSyscall : before;
    }

    /**
     * Puts the kernel's own function back.
     *
     * @param number 0 to {@link #size} − 1
     * @throws IndexOutOfBoundsException if the table has no such number
     */
    public void restore(int number) {
        write(number, originals[number]);
    }

    /**
     * Reads an entry as the kernel's code does, and finds the function there.
     *
     * @param mmu the processor's way to memory
     * @param index 0 to {@link #size} − 1
     * @return the function; null if the address in the table is not that of one
     */
    @Nullable
    SyscallHandler fetch(Mmu mmu, int index) {
        long at = address + (long) index * pointerSize;
        long target = pointerSize == 8 ? mmu.read64(at, Paging.READ) : mmu.read32(at, Paging.READ);
        return text.function(target);
    }

    /** {@return the address of an entry's function, as the table in memory has it} */
    long target(int number) {
        return read(number);
    }

    private long read(int number) {
        return pointerSize == 8 ? memory.getAtIndex(LONG, number) : memory.getAtIndex(INT, number) & 0xffff_ffffL;
    }

    private void write(int number, long target) {
        if (pointerSize == 8) {
            memory.setAtIndex(LONG, number, target);
        } else {
            memory.setAtIndex(INT, number, (int) target);
        }
    }

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);
}

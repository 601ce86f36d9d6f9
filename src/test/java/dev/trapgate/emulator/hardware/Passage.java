package dev.trapgate.emulator.hardware;

import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.host.stub.MachineCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A program of a few instructions that real and emulated hardware can both run: the same bytes at the same addresses
 * with the same registers, flags and stack. It ends with a signal, if nothing else with that of the {@code ud2} at its
 * end, so that the signal's frame tells everything that it left behind.
 *
 * @param line the line of SEMANTICS.md that it shows
 * @param what what it shows, a clause
 * @param width 32- or 64-bit code
 * @param start the address where it starts
 * @param code what is at {@link #CODE}
 * @param registers register numbers and values at the start; all others are {@link #filler}
 * @param flags the flags to be set at the start, beside IF
 * @param stack offsets from {@link #STACK_POINTER} and the words there, as wide as the code
 * @param apart the parts of the outcome that are not compared
 */
record Passage(
        int line,
        String what,
        Width width,
        long start,
        MachineCode code,
        Map<Integer, Long> registers,
        long flags,
        Map<Integer, Long> stack,
        Set<String> apart) {

    /** Where its one page of code is. */
    static final long CODE = 0x2000_0000;

    /** Where its one page of data is, which it may write and not execute. */
    static final long DATA = 0x3000_0000;

    static final int PAGE_SIZE = 4096;

    /** In the middle of its data. */
    static final long STACK_POINTER = DATA + PAGE_SIZE / 2;

    /** Raises #UD. */
    static final MachineCode UD2 = MachineCode.of("0f 0b");

    static Passage wide(int line, String what, String... listing) {
        return of(line, what, Width.BITS_64, listing);
    }

    static Passage narrow(int line, String what, String... listing) {
        return of(line, what, Width.BITS_32, listing);
    }

    static Passage of(int line, String what, Width width, String... listing) {
        return new Passage(line, what, width, CODE, MachineCode.of(listing).then(UD2), Map.of(), 0, Map.of(), Set.of());
    }

    /** {@return the same in 32-bit code} */
    Passage narrowed() {
        return new Passage(line, what, Width.BITS_32, start, code, registers, flags, stack, apart);
    }

    /** {@return the same with another value in a register} */
    Passage with(int register, long value) {
        Map<Integer, Long> more = new TreeMap<>(registers);
        more.put(register, value);
        return new Passage(line, what, width, start, code, more, flags, stack, apart);
    }

    /** {@return the same with a word on the stack} */
    Passage withWord(int offset, long value) {
        Map<Integer, Long> more = new TreeMap<>(stack);
        more.put(offset, value);
        return new Passage(line, what, width, start, code, registers, flags, more, apart);
    }

    /** {@return the same with other flags} */
    Passage withFlags(long other) {
        return new Passage(line, what, width, start, code, registers, other, stack, apart);
    }

    /** {@return the same from another address on} */
    Passage from(long address) {
        return new Passage(line, what, width, address, code, registers, flags, stack, apart);
    }

    /** {@return the same without comparing some parts of the outcome; whoever says so says why} */
    Passage apartFrom(String... parts) {
        return new Passage(line, what, width, start, code, registers, flags, stack, Set.of(parts));
    }

    /** {@return a register's value at the start} */
    long register(int number) {
        long initial = number == GeneralRegisters.RSP ? STACK_POINTER : filler(number);
        return registers.getOrDefault(number, initial);
    }

    /** A value that no other register has, with something in its upper half where there is one. */
    private long filler(int number) {
        long low = 0x0101_0101L * (number + 1);
        return width == Width.BITS_64 ? (0xabcd_0000L + number) << 32 | low : low;
    }

    /** {@return the page of data at the start} */
    byte[] data() {
        ByteBuffer page = ByteBuffer.allocate(PAGE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        int middle = (int) (STACK_POINTER - DATA);
        stack.forEach((offset, word) -> {
            if (width == Width.BITS_64) {
                page.putLong(middle + offset, word);
            } else {
                page.putInt(middle + offset, word.intValue());
            }
        });
        return page.array();
    }

    @Override
    public String toString() {
        return "line " + line + ": " + what + (width == Width.BITS_64 ? "" : ", in 32-bit code");
    }
}

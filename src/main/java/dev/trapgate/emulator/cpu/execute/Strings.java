package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Repeat;
import dev.trapgate.emulator.cpu.decode.Segment;

/**
 * String instructions, repeated or not (SDM vol. 2, MOVS, CMPS, STOS, LODS, SCAS, REP). A fault leaves the registers as they
 * were after the last element that was done; a long repetition is given up now and then, and goes on where it was.
 */
final class Strings {

    private static final int RAX = GeneralRegisters.RAX;
    private static final int RCX = GeneralRegisters.RCX;
    private static final int RSI = GeneralRegisters.RSI;
    private static final int RDI = GeneralRegisters.RDI;
    private static final int MOST_AT_ONCE = 4096;

    private final int size;
    private final int shift;
    private final int addressBits;
    private final long addressMask;
    private final Segment source;
    private final boolean sourceCounts;
    private final boolean destinationCounts;
    private final Place accumulator;

    private Strings(DecodedInstruction decoded, CodeKind kind) {
        this.size = decoded.operandBits() / 8;
        this.shift = 64 - decoded.operandBits();
        this.addressBits = decoded.addressBits();
        this.addressMask = Places.mask(addressBits);
        this.source = decoded.segment();
        this.sourceCounts = Address.counts(source, kind);
        this.destinationCounts = Address.counts(Segment.ES, kind);
        this.accumulator = Places.place(
                new dev.trapgate.emulator.cpu.decode.Operand.Register(
                        RAX, decoded.operandBits(), dev.trapgate.emulator.cpu.decode.Operand.Part.LOW),
                kind);
    }

    /** {@return the step of a string instruction, with its repetition} */
    static Step of(DecodedInstruction decoded, CodeKind kind) {
        Strings strings = new Strings(decoded, kind);
        Step once =
                switch (decoded.operation()) {
                    case MOVS -> strings::move;
                    case CMPS -> strings::compare;
                    case STOS -> strings::store;
                    case LODS -> strings::load;
                    default -> strings::scan;
                };
        boolean compares =
                switch (decoded.operation()) {
                    case CMPS, SCAS -> true;
                    default -> false;
                };
        if (decoded.repeat() == Repeat.ONCE) {
            return once;
        }
        boolean untilEqual = decoded.repeat() == Repeat.WHILE_NOT_EQUAL;
        long address = decoded.address();
        Bulk bulk =
                switch (decoded.operation()) {
                    case MOVS -> strings::moveMany;
                    case STOS -> strings::storeMany;
                    default -> (core, count) -> 0;
                };
        ControlFlow.While stops = flags -> compares && flags.zero() == untilEqual;
        return core -> strings.repeat(core, once, bulk, address, stops);
    }

    /** Does many elements at once, if it can. */
    @FunctionalInterface
    private interface Bulk {

        /** {@return how many of {@code count} elements are done, 0 if the next must be done by itself} */
        long of(Core core, long count);
    }

    private void repeat(Core core, Step once, Bulk bulk, long address, ControlFlow.While stops) {
        long count = core.registers.get(RCX) & addressMask;
        for (int done = 0; count != 0; done++) {
            long many = bulk.of(core, count);
            if (many != 0) {
                count = ControlFlow.setCount(core, addressBits, count - many);
                continue;
            }
            if (done == MOST_AT_ONCE) {
                core.next = address;
                return;
            }
            once.execute(core);
            count = ControlFlow.setCount(core, addressBits, count - 1);
            if (stops.holds(core.flags)) {
                return;
            }
        }
    }

    private long source(Core core) {
        long offset = core.registers.get(RSI) & addressMask;
        return sourceCounts ? core.linear(source, offset, size) : offset;
    }

    private long destination(Core core) {
        long offset = core.registers.get(RDI) & addressMask;
        return destinationCounts ? core.linear(Segment.ES, offset, size) : offset;
    }

    private long destinationForWrite(Core core) {
        long offset = core.registers.get(RDI) & addressMask;
        return destinationCounts ? core.linearForWrite(Segment.ES, offset, size) : offset;
    }

    private void advance(Core core, int register) {
        setPointer(core, register, addressBits, core.registers.get(register) + core.stride(size));
    }

    /** Sets a register of an address's width: of 32 bits the upper half is cleared, of 16 it stays. */
    static void setPointer(Core core, int register, int bits, long value) {
        switch (bits) {
            case 16 -> core.registers.set16(register, (int) value);
            case 32 -> core.registers.set32(register, value);
            default -> core.registers.set(register, value);
        }
    }

    private void move(Core core) {
        long value = core.memory.read(source(core), size);
        core.memory.write(destinationForWrite(core), size, value);
        advance(core, RSI);
        advance(core, RDI);
    }

    /** Ascending, in segments that do not count, by addresses that do not wrap. */
    private boolean isPlain(Core core) {
        return !sourceCounts && !destinationCounts && addressBits != 16 && core.stride(1) > 0;
    }

    private long moveMany(Core core, long count) {
        if (!isPlain(core)) {
            return 0;
        }
        long from = core.registers.get(RSI) & addressMask;
        long to = core.registers.get(RDI) & addressMask;
        long done = core.memory.copy(to, from, size, count);
        if (done != 0) {
            setPointer(core, RSI, addressBits, from + done * size);
            setPointer(core, RDI, addressBits, to + done * size);
        }
        return done;
    }

    private long storeMany(Core core, long count) {
        long value = accumulator.get(core);
        int low = (int) value & 0xff;
        boolean uniform = value == ((low * 0x0101_0101_0101_0101L) >>> shift);
        if (!isPlain(core) || !uniform) {
            return 0;
        }
        long to = core.registers.get(RDI) & addressMask;
        long done = core.memory.fill(to, low, size, count);
        if (done != 0) {
            setPointer(core, RDI, addressBits, to + done * size);
        }
        return done;
    }

    private void compare(Core core) {
        long first = core.memory.read(source(core), size);
        long second = core.memory.read(destination(core), size);
        core.flags.sub(first, second, shift);
        advance(core, RSI);
        advance(core, RDI);
    }

    private void store(Core core) {
        core.memory.write(destinationForWrite(core), size, core.registers.get(RAX));
        advance(core, RDI);
    }

    private void load(Core core) {
        accumulator.set(core, core.memory.read(source(core), size));
        advance(core, RSI);
    }

    private void scan(Core core) {
        core.flags.sub(accumulator.get(core), core.memory.read(destination(core), size), shift);
        advance(core, RDI);
    }
}

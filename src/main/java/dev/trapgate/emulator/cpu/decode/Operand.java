package dev.trapgate.emulator.cpu.decode;

/** What an instruction works on. */
public sealed interface Operand {

    /** {@return how wide it is, in bits} */
    int bits();

    /**
     * A general register, or a part of one.
     *
     * @param number 0 to 15, as instructions encode it
     * @param bits 8, 16, 32 or 64
     * @param part which bits of the register a width of 8 means
     */
    record Register(int number, int bits, Part part) implements Operand {}

    /** Where in its register a byte is. */
    enum Part {
        /** Bits 0 to 7, or a width of more than 8. */
        LOW,
        /** Bits 8 to 15: ah, ch, dh, bh. */
        HIGH
    }

    /**
     * A place in memory.
     *
     * @param segment by which segment register, whether by default or by prefix
     * @param base the base register's number, {@link dev.trapgate.emulator.cpu.GeneralRegisters#NONE} without one
     * @param index the index register's number, likewise
     * @param scale log2 of what the index is multiplied by, 0 to 3
     * @param displacement what is added; for an address relative to RIP the whole of it
     * @param addressBits 16, 32 or 64: how wide the sum is
     * @param bits how much is accessed; 0 where only the address counts
     */
    record Memory(Segment segment, int base, int index, int scale, long displacement, int addressBits, int bits)
            implements Operand {}

    /**
     * A value in the instruction.
     *
     * @param value the value, sign-extended
     * @param bits how wide it is used
     */
    record Immediate(long value, int bits) implements Operand {}

    /**
     * Where a near jump goes.
     *
     * @param address the offset in the code segment
     * @param bits how wide the instruction pointer is
     */
    record Target(long address, int bits) implements Operand {}

    /**
     * Where a far jump goes.
     *
     * @param selector the code segment
     * @param offset the offset in it
     * @param bits the offset's width
     */
    record FarPointer(int selector, long offset, int bits) implements Operand {}

    /**
     * A segment register.
     *
     * @param segment which
     */
    record SegmentOperand(Segment segment) implements Operand {

        @Override
        public int bits() {
            return 16;
        }
    }

    /**
     * An XMM register.
     *
     * @param number 0 to 15
     * @param bits how much of it the instruction names, from its lowest bit
     */
    record VectorRegister(int number, int bits) implements Operand {}

    /**
     * An MMX register.
     *
     * @param number 0 to 7
     * @param bits how much of it the instruction names, from its lowest bit
     */
    record MediaRegister(int number, int bits) implements Operand {}

    /**
     * A register of the x87's stack.
     *
     * @param distance how far from the top, 0 to 7
     */
    record StackRegister(int distance) implements Operand {

        @Override
        public int bits() {
            return 80;
        }
    }

    /** No operand. */
    record Nothing() implements Operand {

        @Override
        public int bits() {
            return 0;
        }
    }

    /** The one {@link Nothing}. */
    Operand NOTHING = new Nothing();
}

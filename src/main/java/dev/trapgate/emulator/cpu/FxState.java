package dev.trapgate.emulator.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The 512 bytes of FXSAVE and FXRSTOR (SDM vol. 1, 10.5.1; vol. 2, FXSAVE). */
public final class FxState {

    /** Size of the image. */
    public static final int SIZE = 512;

    /** Size of the part that is written for 64-bit code; the rest is left to programs. */
    public static final int WRITTEN_64 = 416;
    /** Size of the part that is written for 32-bit code, which has eight XMM registers. */
    public static final int WRITTEN_32 = 288;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int STATUS = 2;
    private static final int TAGS = 4;
    private static final int OPCODE = 6;
    private static final int INSTRUCTION = 8;
    private static final int DATA = 16;
    private static final int MXCSR = 24;
    private static final int MXCSR_MASK = 28;
    private static final int STACK = 32;
    private static final int VECTORS = 160;
    private static final int SPACING = 16;

    /** How many XMM registers an image has, and how it tells where the last x87 instruction was. */
    public enum Layout {
        /** Of 32-bit code: eight registers, offsets of 32 bits. */
        BITS_32(8),
        /** Of 64-bit code without REX.W: offsets of 32 bits. */
        BITS_64_NARROW(16),
        /** FXSAVE64. */
        BITS_64(16);

        private final int vectors;

        Layout(int vectors) {
            this.vectors = vectors;
        }

        /** {@return how many bytes of the image are written} */
        public int written() {
            return this == BITS_32 ? WRITTEN_32 : WRITTEN_64;
        }
    }

    private FxState() {}

    /**
     * Writes a processor's x87 and SSE state.
     *
     * @param cpu the processor
     * @param to {@link #SIZE} bytes, of which {@link Layout#written} are written
     * @param layout how
     */
    public static void save(Cpu cpu, MemorySegment to, Layout layout) {
        X87Registers x87 = cpu.x87();
        VectorRegisters vectors = cpu.vectors();
        to.asSlice(0, STACK).fill((byte) 0);
        to.set(SHORT, 0, (short) x87.control());
        to.set(SHORT, STATUS, (short) x87.status());
        to.set(SHORT, TAGS, (short) x87.used());
        if (cpu.vendor() == Vendor.INTEL || x87.hasError()) {
            savePointers(x87, to, layout);
        }
        to.set(INT, MXCSR, vectors.mxcsr());
        to.set(INT, MXCSR_MASK, VectorRegisters.MXCSR_BITS);
        for (int i = 0; i < X87Registers.COUNT; i++) {
            int register = x87.register(i);
            to.set(LONG, STACK + i * SPACING, x87.significand(register));
            to.set(LONG, STACK + i * SPACING + 8, x87.exponent(register));
        }
        for (int i = 0; i < layout.vectors; i++) {
            to.set(LONG, VECTORS + i * SPACING, vectors.low(i));
            to.set(LONG, VECTORS + i * SPACING + 8, vectors.high(i));
        }
    }

    /** AMD's processors write them only while an exception waits (APM vol. 2, 11.4.4). */
    private static void savePointers(X87Registers x87, MemorySegment to, Layout layout) {
        to.set(SHORT, OPCODE, (short) x87.opcode());
        if (layout == Layout.BITS_64) {
            to.set(LONG, INSTRUCTION, x87.instruction());
            to.set(LONG, DATA, x87.data());
        } else {
            to.set(INT, INSTRUCTION, (int) x87.instruction());
            to.set(INT, DATA, (int) x87.data());
        }
    }

    /**
     * Loads a processor's x87 and SSE state.
     *
     * @param cpu the processor
     * @param from {@link #SIZE} bytes
     * @param layout how
     * @return false, and nothing is loaded, where the instruction is #GP: a reserved bit of MXCSR is set
     */
    public static boolean load(Cpu cpu, MemorySegment from, Layout layout) {
        int mxcsr = from.get(INT, MXCSR);
        if ((mxcsr & ~VectorRegisters.MXCSR_BITS) != 0) {
            return false;
        }
        X87Registers x87 = cpu.x87();
        VectorRegisters vectors = cpu.vectors();
        x87.setControl(from.get(SHORT, 0));
        x87.setStatus(from.get(SHORT, STATUS));
        x87.setUsed(from.get(SHORT, TAGS));
        boolean wide = layout == Layout.BITS_64;
        x87.setPointers(
                from.get(SHORT, OPCODE),
                wide ? from.get(LONG, INSTRUCTION) : from.get(INT, INSTRUCTION) & 0xffff_ffffL,
                wide ? from.get(LONG, DATA) : from.get(INT, DATA) & 0xffff_ffffL);
        vectors.setMxcsr(mxcsr);
        for (int i = 0; i < X87Registers.COUNT; i++) {
            x87.put(x87.register(i), from.get(SHORT, STACK + i * SPACING + 8), from.get(LONG, STACK + i * SPACING));
        }
        for (int i = 0; i < layout.vectors; i++) {
            vectors.set(i, from.get(LONG, VECTORS + i * SPACING), from.get(LONG, VECTORS + i * SPACING + 8));
        }
        return true;
    }
}

package dev.trapgate.emulator.cpu;

/**
 * The fields of a segment descriptor, the eight bytes of a GDT or LDT entry (SDM vol. 3, 3.4.5; APM vol. 2, 4.7).
 *
 * <p>A descriptor is its raw 64 bits; a system descriptor of long mode has eight more, the base's upper half first.
 */
public final class Descriptor {

    /** Type bit 0: the processor has loaded this descriptor. */
    public static final int ACCESSED = 1;
    /** Type bit 1 of a data segment: writable. Of a code segment: readable. */
    public static final int WRITABLE = 2;
    /** Type bit 2 of a code segment: less privileged callers keep their level. */
    public static final int CONFORMING = 4;
    /** Type bit 3: code, not data. */
    public static final int CODE = 8;

    /** Type of a local descriptor table. */
    static final int LDT = 2;
    /** Type of an available 32- or 64-bit task state segment. */
    public static final int TSS_AVAILABLE = 9;
    /** Type of the task state segment that the task register names. */
    public static final int TSS_BUSY = 11;

    /** What tells the one from the other. */
    static final long TSS_BUSY_BIT = 1L << 41;

    private static final int TYPE_SHIFT = 40;
    private static final long NOT_SYSTEM = 1L << 44;
    private static final int DPL_SHIFT = 45;
    private static final long PRESENT = 1L << 47;
    private static final long LONG = 1L << 53;
    private static final long DEFAULT_BIG = 1L << 54;
    private static final long GRANULARITY = 1L << 55;

    private Descriptor() {}

    /** How wide a segment's code is, or its stack. */
    public enum Width {
        /** D = 0, L = 0: 16-bit code. */
        BITS_16(0),
        /** D = 1, L = 0: 32-bit code or stack. */
        BITS_32(DEFAULT_BIG),
        /** D = 0, L = 1: 64-bit code. */
        BITS_64(LONG);

        private final long bits;

        Width(long bits) {
            this.bits = bits;
        }
    }

    /**
     * Makes the descriptor of a flat segment: base 0, limit 4 GiB, present, already accessed.
     *
     * @param type the type's bits: {@link #CODE}, {@link #WRITABLE} and their kind
     * @param dpl its privilege level, 0 to 3
     * @param width its width
     * @return the descriptor's eight bytes
     */
    public static long flat(int type, int dpl, Width width) {
        return 0xffffL
                | 0xfL << 48
                | (long) (type | ACCESSED) << TYPE_SHIFT
                | NOT_SYSTEM
                | (long) dpl << DPL_SHIFT
                | PRESENT
                | width.bits
                | GRANULARITY;
    }

    /**
     * Makes the first eight bytes of an available task state segment's descriptor.
     *
     * @param base where it is; long mode keeps the upper half in the next eight bytes
     * @param limit its last byte's offset
     * @return the descriptor's eight bytes
     */
    public static long taskStateSegment(long base, int limit) {
        return (limit & 0xffffL)
                | (base & 0xff_ffffL) << 16
                | (long) TSS_AVAILABLE << TYPE_SHIFT
                | PRESENT
                | (limit & 0xf_0000L) << 32
                | (base & 0xff00_0000L) << 32;
    }

    /** {@return the base's low 32 bits} */
    public static long base(long descriptor) {
        return (descriptor >>> 16 & 0xff_ffffL) | (descriptor >>> 32 & 0xff00_0000L);
    }

    /** {@return the offset of the last byte, granularity applied, 0 to 0xffff_ffff} */
    public static long limit(long descriptor) {
        long limit = (descriptor & 0xffffL) | (descriptor >>> 32 & 0xf_0000L);
        return (descriptor & GRANULARITY) == 0 ? limit : limit << 12 | 0xfff;
    }

    /** {@return the four type bits} */
    public static int type(long descriptor) {
        return (int) (descriptor >>> TYPE_SHIFT) & 15;
    }

    /** {@return whether this is a task state segment of a 16-bit task} */
    static boolean isTask16(long descriptor) {
        return !isCodeOrData(descriptor) && (type(descriptor) & 8) == 0;
    }

    /** {@return whether this is a code or data segment, not a system segment or gate} */
    public static boolean isCodeOrData(long descriptor) {
        return (descriptor & NOT_SYSTEM) != 0;
    }

    /** {@return whether this is a code segment} */
    public static boolean isCode(long descriptor) {
        return isCodeOrData(descriptor) && (type(descriptor) & CODE) != 0;
    }

    /** {@return whether this is a conforming code segment} */
    public static boolean isConforming(long descriptor) {
        return isCode(descriptor) && (type(descriptor) & CONFORMING) != 0;
    }

    /** {@return whether this is a data segment that may be written} */
    public static boolean isWritableData(long descriptor) {
        return isCodeOrData(descriptor) && (type(descriptor) & (CODE | WRITABLE)) == WRITABLE;
    }

    /** {@return whether this is a data segment, or code that may be read} */
    public static boolean isReadable(long descriptor) {
        return isCodeOrData(descriptor) && (type(descriptor) & (CODE | WRITABLE)) != CODE;
    }

    /** {@return the privilege level, 0 to 3} */
    public static int dpl(long descriptor) {
        return (int) (descriptor >>> DPL_SHIFT) & 3;
    }

    /** {@return whether the present bit is set} */
    public static boolean isPresent(long descriptor) {
        return (descriptor & PRESENT) != 0;
    }

    /** {@return whether the L bit is set: 64-bit code} */
    public static boolean isLong(long descriptor) {
        return (descriptor & LONG) != 0;
    }

    /** {@return whether the D/B bit is set: 32-bit code or stack} */
    public static boolean isBig(long descriptor) {
        return (descriptor & DEFAULT_BIG) != 0;
    }
}

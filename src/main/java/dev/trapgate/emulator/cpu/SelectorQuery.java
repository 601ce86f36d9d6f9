package dev.trapgate.emulator.cpu;

/**
 * What a program may learn of a descriptor without loading it: LAR, LSL, VERR, VERW (SDM vol. 2; SDM vol. 3, 5.10). They never
 * fault because of the selector.
 */
public final class SelectorQuery {

    /** The answer for a selector that leads to nothing the program may see. */
    public static final long NOTHING = -1;

    private static final long RIGHTS = 0x00ff_ff00L;
    private static final int TASK_16_AVAILABLE = 1;
    private static final int TASK_16_BUSY = 3;
    private static final int CALL_GATE_16 = 4;
    private static final int TASK_GATE = 5;
    private static final int CALL_GATE = 12;

    private SelectorQuery() {}

    /** {@return bits 8 to 23 of the descriptor's second half, the limit's among them; {@link #NOTHING} if there is none to see} */
    public static long rights(Cpu cpu, int selector) {
        long descriptor = visible(cpu, selector);
        boolean known = descriptor != NOTHING
                && (Descriptor.isCodeOrData(descriptor) || hasLimit(cpu, descriptor) || isGate(cpu, descriptor));
        return known ? descriptor >>> 32 & RIGHTS : NOTHING;
    }

    /** {@return the segment's limit in bytes; {@link #NOTHING} if there is none to see} */
    public static long limit(Cpu cpu, int selector) {
        long descriptor = visible(cpu, selector);
        boolean known =
                descriptor != NOTHING && (Descriptor.isCodeOrData(descriptor) || hasLimit(cpu, descriptor));
        return known ? Descriptor.limit(descriptor) : NOTHING;
    }

    /** {@return whether the segment may be read from the current level} */
    public static boolean isReadable(Cpu cpu, int selector) {
        long descriptor = visible(cpu, selector);
        return descriptor != NOTHING && Descriptor.isReadable(descriptor);
    }

    /** {@return whether the segment may be written from the current level} */
    public static boolean isWritable(Cpu cpu, int selector) {
        long descriptor = visible(cpu, selector);
        return descriptor != NOTHING && Descriptor.isWritableData(descriptor);
    }

    private static long visible(Cpu cpu, int selector) {
        if (Selector.isNull(selector) || !cpu.tables().holds(selector)) {
            return NOTHING;
        }
        long descriptor = cpu.tables().read(selector);
        if (cpu.mmu().takeFault() != Fault.NONE) {
            return NOTHING;
        }
        int dpl = Descriptor.dpl(descriptor);
        boolean hidden =
                !Descriptor.isConforming(descriptor) && (cpu.cpl() > dpl || Selector.rpl(selector) > dpl);
        return hidden ? NOTHING : descriptor;
    }

    private static boolean hasLimit(Cpu cpu, long descriptor) {
        return switch (Descriptor.type(descriptor)) {
            case Descriptor.LDT, Descriptor.TSS_AVAILABLE, Descriptor.TSS_BUSY -> true;
            case TASK_16_AVAILABLE, TASK_16_BUSY -> !cpu.isLongMode();
            default -> false;
        };
    }

    private static boolean isGate(Cpu cpu, long descriptor) {
        return switch (Descriptor.type(descriptor)) {
            case CALL_GATE -> true;
            case CALL_GATE_16, TASK_GATE -> !cpu.isLongMode();
            default -> false;
        };
    }
}

package dev.trapgate.emulator.cpu;

/** Limits and addresses of a stack segment outside 64-bit mode (SDM vol. 3, 6.8.3 and 3.4.5.1). */
final class StackSegment {

    private static final int EXPAND_DOWN = 4;
    private static final long LOW_32 = 0xffff_ffffL;
    private static final long LOW_16 = 0xffffL;

    private StackSegment() {}

    /** {@return whether the {@code size} bytes from {@code offset} lie within the segment} */
    static boolean holds(long descriptor, long offset, int size) {
        long mask = Descriptor.isBig(descriptor) ? LOW_32 : LOW_16;
        long first = offset & mask;
        long last = first + size - 1;
        long limit = Descriptor.limit(descriptor);
        if ((Descriptor.type(descriptor) & (Descriptor.CODE | EXPAND_DOWN)) == EXPAND_DOWN) {
            return first > limit && last <= mask;
        }
        return last <= limit;
    }

    /** {@return a stack pointer moved by some bytes, at the stack's width: the rest of it stays} */
    static long moved(long descriptor, long pointer, int bytes) {
        long mask = Descriptor.isBig(descriptor) ? LOW_32 : LOW_16;
        return (pointer & LOW_32 & ~mask) | (pointer + bytes & mask);
    }

    /** {@return the linear address of an offset, which wraps at the stack's width} */
    static long linear(long descriptor, long offset) {
        long mask = Descriptor.isBig(descriptor) ? LOW_32 : LOW_16;
        return Descriptor.base(descriptor) + (offset & mask) & LOW_32;
    }
}

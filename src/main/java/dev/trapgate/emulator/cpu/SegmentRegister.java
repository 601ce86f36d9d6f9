package dev.trapgate.emulator.cpu;

/**
 * A segment register: the selector that programs see, and the hidden part that the processor took from the descriptor
 * (SDM vol. 3, 3.4.3).
 */
public final class SegmentRegister {

    private final String name;
    private int selector;
    private long descriptor;
    private long base;
    private long limit;

    SegmentRegister(String name) {
        this.name = name;
    }

    /** {@return its name: {@code cs}, {@code ss} and so on} */
    public String name() {
        return name;
    }

    /** {@return the selector} */
    public int selector() {
        return selector;
    }

    /** {@return the segment's base} */
    public long base() {
        return base;
    }

    /** {@return the offset of the segment's last byte} */
    public long limit() {
        return limit;
    }

    /** {@return the descriptor it was loaded from; 0 after a null selector} */
    public long descriptor() {
        return descriptor;
    }

    /** {@return whether it names no usable segment} */
    public boolean isUnusable() {
        return descriptor == 0;
    }

    /**
     * Loads the register without any check, as the fast system calls and a reset do.
     *
     * @param newSelector the selector
     * @param newDescriptor the hidden part's source
     */
    public void load(int newSelector, long newDescriptor) {
        selector = newSelector & 0xffff;
        descriptor = newDescriptor;
        base = Descriptor.base(newDescriptor);
        limit = Descriptor.limit(newDescriptor);
    }

    /** Loads a null selector: the segment becomes unusable. The base is kept for {@link #setBase}'s users. */
    void loadNull(int newSelector) {
        selector = newSelector & 0xffff;
        descriptor = 0;
        limit = 0;
    }

    void setSelector(int newSelector) {
        selector = newSelector & 0xffff;
    }

    /** Sets the hidden base alone, as FS_BASE and GS_BASE do. */
    void setBase(long value) {
        base = value;
    }
}

package dev.trapgate.emulator.cpu;

/** The six segment registers. */
public final class SegmentRegisters {

    private final SegmentRegister es = new SegmentRegister("es");
    private final SegmentRegister cs = new SegmentRegister("cs");
    private final SegmentRegister ss = new SegmentRegister("ss");
    private final SegmentRegister ds = new SegmentRegister("ds");
    private final SegmentRegister fs = new SegmentRegister("fs");
    private final SegmentRegister gs = new SegmentRegister("gs");

    SegmentRegisters() {}

    /** {@return the extra segment} */
    public SegmentRegister es() {
        return es;
    }

    /** {@return the code segment} */
    public SegmentRegister cs() {
        return cs;
    }

    /** {@return the stack segment} */
    public SegmentRegister ss() {
        return ss;
    }

    /** {@return the data segment} */
    public SegmentRegister ds() {
        return ds;
    }

    /** {@return the F segment} */
    public SegmentRegister fs() {
        return fs;
    }

    /** {@return the G segment} */
    public SegmentRegister gs() {
        return gs;
    }
}

package dev.trapgate.emulator.cpu;

/**
 * A {@link Fault} on its way from the depth of an instruction to where instructions are executed one after the other.
 *
 * <p>Each processor has one, thrown again and again: a program that faults makes no garbage. It has no stack trace.
 */
public final class RaisedFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private int fault = Fault.NONE;

    RaisedFault() {
        super(null, null, false, false);
    }

    RaisedFault with(int raised) {
        fault = raised;
        return this;
    }

    /** {@return the fault} */
    public int fault() {
        return fault;
    }

    @Override
    public String getMessage() {
        return Fault.toString(fault);
    }
}

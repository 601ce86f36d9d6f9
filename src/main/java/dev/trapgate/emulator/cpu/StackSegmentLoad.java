package dev.trapgate.emulator.cpu;

/** Loads of SS by MOV, POP and LSS (SDM vol. 2, MOV, protected mode exceptions). */
public final class StackSegmentLoad {

    private StackSegmentLoad() {}

    /**
     * Loads SS with all checks.
     *
     * @param cpu the processor, at CPL 3
     * @param selector the selector
     * @return the fault, or {@link Fault#NONE}
     */
    public static int load(Cpu cpu, int selector) {
        if (Selector.isNull(selector)) {
            return cpu.failed(Check.STACK_NOT_NULL, Fault.of(Vector.GP));
        }
        int general = Fault.selector(Vector.GP, selector, 0);
        if (!cpu.tables().holds(selector)) {
            return cpu.failed(Check.STACK_LIMIT, general);
        }
        long descriptor = cpu.tables().read(selector);
        int fault = cpu.mmu().takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        if (Selector.rpl(selector) != cpu.cpl()) {
            return cpu.failed(Check.STACK_RPL, general);
        }
        if (!Descriptor.isWritableData(descriptor)) {
            return cpu.failed(Check.STACK_TYPE, general);
        }
        if (Descriptor.dpl(descriptor) != cpu.cpl()) {
            return cpu.failed(Check.STACK_DPL, general);
        }
        if (!Descriptor.isPresent(descriptor)) {
            return cpu.failed(Check.STACK_PRESENT, Fault.selector(Vector.SS, selector, 0));
        }
        fault = cpu.tables().markAccessed(selector, descriptor);
        if (fault == Fault.NONE) {
            cpu.segments().ss().load(selector, descriptor);
        }
        return fault;
    }
}

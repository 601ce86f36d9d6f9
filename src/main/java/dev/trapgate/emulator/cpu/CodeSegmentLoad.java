package dev.trapgate.emulator.cpu;

/**
 * Far transfers to code of the same privilege level (SDM vol. 2, JMP, CALL, RET, protected mode exceptions). Gates and
 * tasks are not modelled: a selector of one is #GP(selector).
 */
public final class CodeSegmentLoad {

    private CodeSegmentLoad() {}

    /**
     * Checks whether a far transfer may go somewhere.
     *
     * @param cpu the processor
     * @param selector the code segment
     * @param offset where in it
     * @return the fault, or {@link Fault#NONE}
     */
    public static int check(Cpu cpu, int selector, long offset) {
        if (Selector.isNull(selector)) {
            return cpu.failed(Check.CODE_NOT_NULL, Fault.of(Vector.GP));
        }
        int general = Fault.selector(Vector.GP, selector, 0);
        if (!cpu.tables().holds(selector)) {
            return cpu.failed(Check.CODE_LIMIT, general);
        }
        long descriptor = cpu.tables().read(selector);
        int fault = cpu.mmu().takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        if (!Descriptor.isCode(descriptor)) {
            return cpu.failed(Check.CODE_TYPE, general);
        }
        int dpl = Descriptor.dpl(descriptor);
        boolean fits = Descriptor.isConforming(descriptor)
                ? dpl <= cpu.cpl()
                : dpl == cpu.cpl() && Selector.rpl(selector) <= cpu.cpl();
        if (!fits) {
            return cpu.failed(Check.CODE_DPL, general);
        }
        if (!Descriptor.isPresent(descriptor)) {
            return cpu.failed(Check.CODE_PRESENT, Fault.selector(Vector.NP, selector, 0));
        }
        boolean wide = cpu.isLongMode() && Descriptor.isLong(descriptor);
        if (wide && Descriptor.isBig(descriptor)) {
            return cpu.failed(Check.CODE_WIDTH, general);
        }
        boolean inside =
                wide ? Mmu.isCanonical(offset) : Long.compareUnsigned(offset, Descriptor.limit(descriptor)) <= 0;
        return inside ? Fault.NONE : cpu.failed(Check.TARGET, Fault.of(Vector.GP));
    }

    /**
     * Loads CS after {@link #check} has found nothing wrong; the privilege level stays.
     *
     * @param cpu the processor
     * @param selector the code segment
     * @return the fault, or {@link Fault#NONE}
     */
    public static int load(Cpu cpu, int selector) {
        long descriptor = cpu.tables().read(selector);
        int fault = cpu.mmu().takeFault();
        if (fault == Fault.NONE) {
            fault = cpu.tables().markAccessed(selector, descriptor);
        }
        if (fault == Fault.NONE) {
            cpu.segments().cs().load((selector & ~3) | cpu.cpl(), descriptor);
        }
        return fault;
    }
}

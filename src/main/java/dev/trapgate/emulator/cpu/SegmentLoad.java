package dev.trapgate.emulator.cpu;

/** Loads of the data segment registers: MOV and POP to DS, ES, FS, GS (SDM vol. 2, MOV; protected mode exceptions). */
final class SegmentLoad {

    private final Cpu cpu;

    SegmentLoad(Cpu cpu) {
        this.cpu = cpu;
    }

    int load(SegmentRegister register, int selector) {
        if (Selector.isNull(selector)) {
            register.loadNull(selector);
            cpu.wrote(register.name(), selector);
            return Fault.NONE;
        }
        DescriptorTables tables = cpu.tables();
        if (!tables.holds(selector)) {
            return cpu.failed(Check.DATA_LIMIT, Fault.selector(Vector.GP, selector, 0));
        }
        cpu.passed(Check.DATA_LIMIT);
        long descriptor = tables.read(selector);
        int fault = cpu.mmu().takeFault();
        if (fault == Fault.NONE) {
            fault = check(selector, descriptor);
        }
        if (fault == Fault.NONE) {
            fault = tables.markAccessed(selector, descriptor);
        }
        if (fault == Fault.NONE) {
            register.load(selector, descriptor);
            cpu.wrote(register.name(), selector);
        }
        return fault;
    }

    private int check(int selector, long descriptor) {
        if (!Descriptor.isReadable(descriptor)) {
            return cpu.failed(Check.DATA_TYPE, Fault.selector(Vector.GP, selector, 0));
        }
        cpu.passed(Check.DATA_TYPE);
        int dpl = Descriptor.dpl(descriptor);
        boolean guarded = !Descriptor.isConforming(descriptor);
        if (guarded && (Selector.rpl(selector) > dpl || cpu.cpl() > dpl)) {
            return cpu.failed(Check.DATA_PRIVILEGE, Fault.selector(Vector.GP, selector, 0));
        }
        cpu.passed(Check.DATA_PRIVILEGE);
        if (!Descriptor.isPresent(descriptor)) {
            return cpu.failed(Check.DATA_PRESENT, Fault.selector(Vector.NP, selector, 0));
        }
        cpu.passed(Check.DATA_PRESENT);
        return Fault.NONE;
    }
}

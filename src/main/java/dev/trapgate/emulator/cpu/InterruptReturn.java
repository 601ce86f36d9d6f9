package dev.trapgate.emulator.cpu;

/**
 * IRET, IRETD and IRETQ (SDM vol. 2, IRET/IRETD/IRETQ; APM vol. 3, the same page).
 *
 * <p>Virtual-8086 mode is not modelled: a return into it is #GP(0), which long mode prescribes.
 */
final class InterruptReturn {

    private static final long LOW_32 = 0xffff_ffffL;

    private final Cpu cpu;
    private final TaskSwitch taskSwitch;

    // What has been popped and found so far.
    private int size;
    private long stackPointer;
    private long ip;
    private int codeSelector;
    private long codeDescriptor;
    private long flags;
    private int stackSelector;
    private long stackDescriptor;
    private long newStackPointer;

    InterruptReturn(Cpu cpu, TaskSwitch taskSwitch) {
        this.cpu = cpu;
        this.taskSwitch = taskSwitch;
    }

    /**
     * Returns.
     *
     * @param operandSize 2, 4 or 8 bytes
     * @param next where the task goes on if this is a return from a nested one
     */
    int iret(int operandSize, long next) {
        if ((cpu.rflags() & Flags.NT) != 0) {
            return cpu.isLongMode() ? cpu.failed(Check.NOT_NESTED, Fault.of(Vector.GP)) : taskSwitch.leave(next);
        }
        cpu.passed(Check.NOT_NESTED);
        size = operandSize;
        stackPointer = cpu.registers().get(GeneralRegisters.RSP);
        boolean wide = cpu.is64BitMode();
        int fault = checkRoom(wide ? 5 : 3);
        if (fault != Fault.NONE) {
            return fault;
        }
        ip = pop(size == 8 ? "rip" : "eip");
        codeSelector = (int) pop("cs") & 0xffff;
        flags = pop(size == 8 ? "rflags" : "eflags");
        fault = cpu.mmu().takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        if (!cpu.isLongMode() && cpu.cpl() == 0 && (flags & Flags.VM) != 0) {
            return cpu.failed(Check.NOT_NESTED, Fault.of(Vector.GP));
        }
        fault = checkCode();
        if (fault != Fault.NONE) {
            return fault;
        }
        boolean outer = Selector.rpl(codeSelector) > cpu.cpl();
        if (outer || wide) {
            fault = popStack(wide);
        }
        if (fault == Fault.NONE) {
            fault = checkTarget();
        }
        if (fault == Fault.NONE) {
            leave(outer, outer || wide);
        }
        return fault;
    }

    private int checkCode() {
        if (Selector.isNull(codeSelector)) {
            return cpu.failed(Check.CODE_NOT_NULL, Fault.of(Vector.GP));
        }
        cpu.passed(Check.CODE_NOT_NULL);
        DescriptorTables tables = cpu.tables();
        int general = Fault.selector(Vector.GP, codeSelector, 0);
        if (!tables.holds(codeSelector)) {
            return cpu.failed(Check.CODE_LIMIT, general);
        }
        cpu.passed(Check.CODE_LIMIT);
        codeDescriptor = tables.read(codeSelector);
        int fault = cpu.mmu().takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        if (!Descriptor.isCode(codeDescriptor)) {
            return cpu.failed(Check.CODE_TYPE, general);
        }
        cpu.passed(Check.CODE_TYPE);
        int rpl = Selector.rpl(codeSelector);
        int dpl = Descriptor.dpl(codeDescriptor);
        boolean fits = Descriptor.isConforming(codeDescriptor) ? dpl <= rpl : dpl == rpl;
        if (rpl < cpu.cpl() || !fits) {
            return cpu.failed(Check.CODE_DPL, general);
        }
        cpu.passed(Check.CODE_DPL);
        if (!Descriptor.isPresent(codeDescriptor)) {
            return cpu.failed(Check.CODE_PRESENT, Fault.selector(Vector.NP, codeSelector, 0));
        }
        cpu.passed(Check.CODE_PRESENT);
        if (cpu.isLongMode() && Descriptor.isLong(codeDescriptor) && Descriptor.isBig(codeDescriptor)) {
            return cpu.failed(Check.CODE_WIDTH, general);
        }
        return tables.markAccessed(codeSelector, codeDescriptor);
    }

    private int popStack(boolean wide) {
        int fault = wide ? Fault.NONE : checkRoom(2);
        if (fault != Fault.NONE) {
            return fault;
        }
        newStackPointer = pop(size == 8 ? "rsp" : "esp");
        stackSelector = (int) pop("ss") & 0xffff;
        fault = cpu.mmu().takeFault();
        return fault == Fault.NONE ? checkStack() : fault;
    }

    private int checkStack() {
        int rpl = Selector.rpl(codeSelector);
        stackDescriptor = 0;
        if (Selector.isNull(stackSelector)) {
            boolean allowed = cpu.isLongMode()
                    && Descriptor.isLong(codeDescriptor)
                    && rpl != 3
                    && Selector.rpl(stackSelector) == rpl;
            return allowed ? Fault.NONE : cpu.failed(Check.STACK_NOT_NULL, Fault.of(Vector.GP));
        }
        cpu.passed(Check.STACK_NOT_NULL);
        DescriptorTables tables = cpu.tables();
        int general = Fault.selector(Vector.GP, stackSelector, 0);
        if (!tables.holds(stackSelector)) {
            return cpu.failed(Check.STACK_LIMIT, general);
        }
        cpu.passed(Check.STACK_LIMIT);
        if (Selector.rpl(stackSelector) != rpl) {
            return cpu.failed(Check.STACK_RPL, general);
        }
        cpu.passed(Check.STACK_RPL);
        stackDescriptor = tables.read(stackSelector);
        int fault = cpu.mmu().takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        if (!Descriptor.isWritableData(stackDescriptor)) {
            return cpu.failed(Check.STACK_TYPE, general);
        }
        cpu.passed(Check.STACK_TYPE);
        if (Descriptor.dpl(stackDescriptor) != rpl) {
            return cpu.failed(Check.STACK_DPL, general);
        }
        cpu.passed(Check.STACK_DPL);
        if (!Descriptor.isPresent(stackDescriptor)) {
            return cpu.failed(Check.STACK_PRESENT, Fault.selector(Vector.SS, stackSelector, 0));
        }
        cpu.passed(Check.STACK_PRESENT);
        return tables.markAccessed(stackSelector, stackDescriptor);
    }

    private int checkTarget() {
        boolean inside = returnsTo64Bit()
                ? Mmu.isCanonical(ip)
                : Long.compareUnsigned(ip, Descriptor.limit(codeDescriptor)) <= 0;
        if (!inside) {
            return cpu.failed(Check.TARGET, Fault.of(Vector.GP));
        }
        cpu.passed(Check.TARGET);
        return Fault.NONE;
    }

    private void leave(boolean outer, boolean poppedStack) {
        int oldLevel = cpu.cpl();
        long taken = Flags.IRET_ALWAYS;
        if (oldLevel <= Flags.iopl(cpu.rflags())) {
            taken |= Flags.IF;
        }
        if (oldLevel == 0) {
            taken |= Flags.IOPL | Flags.VIF | Flags.VIP;
        }
        taken &= size == 2 ? 0xffffL : -1;
        cpu.setRflags((cpu.rflags() & ~taken) | (flags & taken));
        cpu.wrote(size == 8 ? "rflags" : "eflags", cpu.rflags());
        SegmentRegisters segments = cpu.segments();
        segments.cs().load(codeSelector, codeDescriptor);
        cpu.wrote("cs", codeSelector);
        setStack(poppedStack);
        cpu.enter(Selector.rpl(codeSelector));
        if (outer) {
            dropPrivileged(segments.es());
            dropPrivileged(segments.fs());
            dropPrivileged(segments.gs());
            dropPrivileged(segments.ds());
        }
        long target = returnsTo64Bit() ? ip : ip & LOW_32;
        cpu.setRip(target);
        cpu.wrote(size == 8 ? "rip" : "eip", target);
    }

    private void setStack(boolean popped) {
        long value = popped ? newStackPointer : stackPointer;
        long stack = popped ? stackDescriptor : cpu.segments().ss().descriptor();
        if (!returnsTo64Bit() && stack != 0 && !Descriptor.isBig(stack)) {
            // A 16-bit stack gets 16 bits, and the program sees the rest of the kernel's pointer: what Linux calls
            // espfix.
            cpu.registers().set16(GeneralRegisters.RSP, (int) value & 0xffff);
        } else if (size == 8) {
            cpu.registers().set(GeneralRegisters.RSP, value);
        } else {
            cpu.registers().set32(GeneralRegisters.RSP, value);
        }
        cpu.wrote(size == 8 ? "rsp" : "esp", value);
        if (!popped) {
            return;
        }
        if (stackDescriptor == 0) {
            cpu.segments().ss().loadNull(stackSelector);
        } else {
            cpu.segments().ss().load(stackSelector, stackDescriptor);
        }
        cpu.wrote("ss", stackSelector);
    }

    /** A segment that the new level may not use becomes null. */
    private void dropPrivileged(SegmentRegister register) {
        long descriptor = register.descriptor();
        if (descriptor != 0 && Descriptor.dpl(descriptor) < cpu.cpl() && !Descriptor.isConforming(descriptor)) {
            register.loadNull(0);
            cpu.wrote(register.name(), 0);
        }
    }

    private boolean returnsTo64Bit() {
        return cpu.isLongMode() && Descriptor.isLong(codeDescriptor);
    }

    private int checkRoom(int words) {
        if (cpu.is64BitMode()) {
            return Fault.NONE;
        }
        if (!StackSegment.holds(cpu.segments().ss().descriptor(), stackPointer, words * size)) {
            return cpu.failed(Check.STACK_ROOM, Fault.of(Vector.SS));
        }
        cpu.passed(Check.STACK_ROOM);
        return Fault.NONE;
    }

    /** Reads the next word of the frame; after a fault the rest of the frame is not read. */
    private long pop(String meaning) {
        Mmu mmu = cpu.mmu();
        if (mmu.hasFault()) {
            return 0;
        }
        boolean wide = cpu.is64BitMode();
        long linear =
                wide ? stackPointer : StackSegment.linear(cpu.segments().ss().descriptor(), stackPointer);
        long value =
                switch (size) {
                    case 2 -> mmu.read16(linear, cpu.access());
                    case 4 -> mmu.read32(linear, cpu.access());
                    default -> mmu.read64(linear, cpu.access());
                };
        stackPointer = wide
                ? stackPointer + size
                : StackSegment.moved(cpu.segments().ss().descriptor(), stackPointer, size);
        if (cpu.listener() != null && !mmu.hasFault()) {
            cpu.listener().popped(linear, size, value, meaning);
        }
        return value;
    }
}

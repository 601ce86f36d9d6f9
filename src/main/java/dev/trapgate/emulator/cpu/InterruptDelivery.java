package dev.trapgate.emulator.cpu;

/**
 * The way in through the interrupt descriptor table: INT n, INT3, INTO, INT1 and exceptions (SDM vol. 2,
 * INT n/INTO/INT3/INT1, protected and IA-32e mode; SDM vol. 3, 7.12 and 7.14; APM vol. 2, 8.7 and 8.9).
 *
 * <p>Nothing is changed until every check has passed and the whole frame is on the new stack.
 */
final class InterruptDelivery {

    /** Where an event comes from. */
    enum Source {
        /** INT n, INT3, INTO: the gate's DPL counts. */
        SOFTWARE(0),
        /** INT1: the gate's DPL does not count. */
        PRIVILEGED_SOFTWARE(Fault.EXT),
        /** An exception that comes after its instruction: as a fault, but RF is pushed as it is. */
        TRAP(Fault.EXT),
        /** An interrupt from outside: the gate's DPL does not count, and RF is pushed as it is. */
        INTERRUPT(Fault.EXT),
        /** A fault: the gate's DPL does not count, and RF is pushed set. */
        EXCEPTION(Fault.EXT);

        private final int external;

        Source(int external) {
            this.external = external;
        }
    }

    /** No error code belongs on the stack. */
    static final int NO_CODE = -1;

    private static final int FRAME_WORDS = 5;
    private static final int SAME_LEVEL_WORDS_32 = 3;
    private static final long LOW_32 = 0xffff_ffffL;

    private final Cpu cpu;
    private final TaskSwitch taskSwitch;

    // What the checks have found so far.
    private int external;
    private long codeDescriptor;
    private int level;
    private int stackSelector;
    private long stackDescriptor;
    private long stackPointer;
    private boolean switches;
    private int wordSize;

    InterruptDelivery(Cpu cpu, TaskSwitch taskSwitch) {
        this.cpu = cpu;
        this.taskSwitch = taskSwitch;
    }

    /** Delivers an exception that a fault value describes; {@code ip} is the instruction at fault. */
    int exception(int fault, long ip) {
        int vector = Fault.vector(fault);
        return deliver(
                vector,
                vector == Vector.DB ? Source.TRAP : Source.EXCEPTION,
                ip,
                Vector.hasErrorCode(vector) ? Fault.code(fault) : NO_CODE);
    }

    int deliver(int vector, Source source, long returnIp, int errorCode) {
        external = source.external;
        DescriptorTables tables = cpu.tables();
        int size = tables.gateSize();
        if (vector * size + size - 1 > tables.idtLimit()) {
            return cpu.failed(Check.IDT_LIMIT, Fault.gate(Vector.GP, vector, external));
        }
        cpu.passed(Check.IDT_LIMIT);
        long address = tables.idtBase() + (long) vector * size;
        long low = cpu.mmu().read64(address, Paging.READ);
        long high = size == 16 ? cpu.mmu().read64(address + 8, Paging.READ) : 0;
        int fault = cpu.mmu().takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        if (cpu.listener() != null) {
            cpu.listener().descriptorRead(CpuListener.Table.IDT, vector, low, high);
        }
        fault = checkGate(vector, source, low);
        if (fault == Fault.NONE && GateDescriptor.type(low) == GateDescriptor.TASK) {
            return enterTask(GateDescriptor.selector(low), returnIp, errorCode);
        }
        if (fault == Fault.NONE) {
            fault = checkCode(GateDescriptor.selector(low));
        }
        if (fault == Fault.NONE) {
            fault = chooseStack(GateDescriptor.stack(low));
        }
        if (fault == Fault.NONE) {
            fault = checkTarget(GateDescriptor.offset(low, high));
        }
        return fault == Fault.NONE ? enter(low, GateDescriptor.offset(low, high), source, returnIp, errorCode) : fault;
    }

    private int checkGate(int vector, Source source, long low) {
        int type = GateDescriptor.type(low);
        boolean narrow = type == GateDescriptor.TASK || GateDescriptor.is16Bit(type);
        boolean known = type == GateDescriptor.INTERRUPT || type == GateDescriptor.TRAP;
        if (!known && (!narrow || cpu.isLongMode())) {
            return cpu.failed(Check.GATE_TYPE, Fault.gate(Vector.GP, vector, external));
        }
        cpu.passed(Check.GATE_TYPE);
        if (source == Source.SOFTWARE) {
            if (GateDescriptor.dpl(low) < cpu.cpl()) {
                return cpu.failed(Check.GATE_DPL, Fault.gate(Vector.GP, vector, external));
            }
            cpu.passed(Check.GATE_DPL);
        }
        if (!GateDescriptor.isPresent(low)) {
            return cpu.failed(Check.GATE_PRESENT, Fault.gate(Vector.NP, vector, external));
        }
        cpu.passed(Check.GATE_PRESENT);
        wordSize = GateDescriptor.is16Bit(type) ? 2 : cpu.isLongMode() ? 8 : 4;
        return Fault.NONE;
    }

    /** A handler that is a task of its own: nothing but an error code goes to its stack. */
    private int enterTask(int selector, long returnIp, int errorCode) {
        int fault = taskSwitch.enter(selector, external, returnIp);
        if (fault != Fault.NONE || errorCode == NO_CODE) {
            return fault;
        }
        long sp = StackSegment.moved(
                cpu.segments().ss().descriptor(), cpu.registers().get32(GeneralRegisters.RSP), -4);
        if (!StackSegment.holds(cpu.segments().ss().descriptor(), sp, 4)) {
            return cpu.failed(Check.STACK_ROOM, Fault.of(Vector.SS, external));
        }
        return cpu.push32(errorCode, "error code");
    }

    private int checkCode(int selector) {
        if (Selector.isNull(selector)) {
            return cpu.failed(Check.CODE_NOT_NULL, Fault.of(Vector.GP, external));
        }
        cpu.passed(Check.CODE_NOT_NULL);
        DescriptorTables tables = cpu.tables();
        if (!tables.holds(selector)) {
            return cpu.failed(Check.CODE_LIMIT, Fault.selector(Vector.GP, selector, external));
        }
        cpu.passed(Check.CODE_LIMIT);
        codeDescriptor = tables.read(selector);
        int fault = cpu.mmu().takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        if (!Descriptor.isCode(codeDescriptor)) {
            return cpu.failed(Check.CODE_TYPE, Fault.selector(Vector.GP, selector, external));
        }
        cpu.passed(Check.CODE_TYPE);
        int dpl = Descriptor.dpl(codeDescriptor);
        if (dpl > cpu.cpl()) {
            return cpu.failed(Check.CODE_DPL, Fault.selector(Vector.GP, selector, external));
        }
        cpu.passed(Check.CODE_DPL);
        if (!Descriptor.isPresent(codeDescriptor)) {
            return cpu.failed(Check.CODE_PRESENT, Fault.selector(Vector.NP, selector, external));
        }
        cpu.passed(Check.CODE_PRESENT);
        if (cpu.isLongMode()) {
            if (!Descriptor.isLong(codeDescriptor) || Descriptor.isBig(codeDescriptor)) {
                return cpu.failed(Check.CODE_WIDTH, Fault.selector(Vector.GP, selector, external));
            }
            cpu.passed(Check.CODE_WIDTH);
        }
        level = Descriptor.isConforming(codeDescriptor) ? cpu.cpl() : dpl;
        return tables.markAccessed(selector, codeDescriptor);
    }

    private int chooseStack(int interruptStack) {
        stackSelector = cpu.segments().ss().selector();
        stackDescriptor = cpu.segments().ss().descriptor();
        stackPointer = cpu.registers().get(GeneralRegisters.RSP);
        switches = level < cpu.cpl();
        if (cpu.isLongMode()) {
            return chooseStack64(interruptStack);
        }
        return switches ? chooseStack32() : Fault.NONE;
    }

    private int chooseStack32() {
        SegmentRegister task = cpu.tables().tr();
        boolean narrow = Descriptor.isTask16(task.descriptor());
        int offset = narrow ? TaskStateSegment.stackOffset16(level) : TaskStateSegment.stackOffset(level);
        int size = narrow ? 2 : 4;
        if (offset + size + 1 > task.limit() || task.isUnusable()) {
            return cpu.failed(Check.TSS_LIMIT, Fault.selector(Vector.TS, task.selector(), external));
        }
        cpu.passed(Check.TSS_LIMIT);
        long at = task.base() + offset;
        stackPointer = narrow ? cpu.mmu().read16(at, Paging.READ) : cpu.mmu().read32(at, Paging.READ);
        stackSelector = cpu.mmu().read16(at + size, Paging.READ);
        int fault = cpu.mmu().takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        if (cpu.listener() != null) {
            cpu.listener().taskStateRead((narrow ? "sp" : "esp") + level, at, stackPointer);
            cpu.listener().taskStateRead("ss" + level, at + size, stackSelector);
        }
        return checkStackSegment();
    }

    private int checkStackSegment() {
        if (Selector.isNull(stackSelector)) {
            return cpu.failed(Check.STACK_NOT_NULL, Fault.of(Vector.TS, external));
        }
        cpu.passed(Check.STACK_NOT_NULL);
        DescriptorTables tables = cpu.tables();
        int fault = Fault.selector(Vector.TS, stackSelector, external);
        if (!tables.holds(stackSelector)) {
            return cpu.failed(Check.STACK_LIMIT, fault);
        }
        cpu.passed(Check.STACK_LIMIT);
        if (Selector.rpl(stackSelector) != level) {
            return cpu.failed(Check.STACK_RPL, fault);
        }
        cpu.passed(Check.STACK_RPL);
        stackDescriptor = tables.read(stackSelector);
        int unread = cpu.mmu().takeFault();
        if (unread != Fault.NONE) {
            return unread;
        }
        if (Descriptor.dpl(stackDescriptor) != level) {
            return cpu.failed(Check.STACK_DPL, fault);
        }
        cpu.passed(Check.STACK_DPL);
        if (!Descriptor.isWritableData(stackDescriptor)) {
            return cpu.failed(Check.STACK_TYPE, fault);
        }
        cpu.passed(Check.STACK_TYPE);
        if (!Descriptor.isPresent(stackDescriptor)) {
            return cpu.failed(Check.STACK_PRESENT, Fault.selector(Vector.SS, stackSelector, external));
        }
        cpu.passed(Check.STACK_PRESENT);
        return tables.markAccessed(stackSelector, stackDescriptor);
    }

    /** In long mode a new stack has a null selector; the pointer is aligned to 16 whether it is new or not. */
    private int chooseStack64(int interruptStack) {
        if (switches || interruptStack != 0) {
            SegmentRegister task = cpu.tables().tr();
            int offset = interruptStack == 0
                    ? TaskStateSegment.stackOffset(level)
                    : TaskStateSegment.interruptStackOffset(interruptStack);
            if (offset + 7 > task.limit() || task.isUnusable()) {
                return cpu.failed(Check.TSS_LIMIT, Fault.selector(Vector.TS, task.selector(), external));
            }
            cpu.passed(Check.TSS_LIMIT);
            stackPointer = cpu.mmu().read64(task.base() + offset, Paging.READ);
            int fault = cpu.mmu().takeFault();
            if (fault != Fault.NONE) {
                return fault;
            }
            if (cpu.listener() != null) {
                String field = interruptStack == 0 ? "rsp" + level : "ist" + interruptStack;
                cpu.listener().taskStateRead(field, task.base() + offset, stackPointer);
            }
            if (switches) {
                stackSelector = level;
                stackDescriptor = 0;
            }
        }
        if (!Mmu.isCanonical(stackPointer)) {
            return cpu.failed(Check.STACK_ROOM, Fault.selector(Vector.SS, switches ? 0 : stackSelector, external));
        }
        cpu.passed(Check.STACK_ROOM);
        stackPointer &= -16;
        return Fault.NONE;
    }

    private int checkTarget(long offset) {
        boolean inside =
                cpu.isLongMode() ? Mmu.isCanonical(offset) : narrowed(offset) <= Descriptor.limit(codeDescriptor);
        if (!inside) {
            return cpu.failed(Check.TARGET, Fault.of(Vector.GP, external));
        }
        cpu.passed(Check.TARGET);
        return Fault.NONE;
    }

    private int enter(long gate, long offset, Source source, long returnIp, int errorCode) {
        boolean wide = cpu.isLongMode();
        int fault = wide ? Fault.NONE : checkRoom(errorCode);
        if (fault != Fault.NONE) {
            return fault;
        }
        long flags = cpu.rflags() | (source == Source.EXCEPTION ? Flags.RF : 0);
        if (wide || switches) {
            fault = push(cpu.segments().ss().selector(), "ss");
            fault = fault == Fault.NONE ? push(cpu.registers().get(GeneralRegisters.RSP), wide ? "rsp" : "esp") : fault;
        }
        fault = fault == Fault.NONE ? push(flags, wide ? "rflags" : "eflags") : fault;
        fault = fault == Fault.NONE ? push(cpu.segments().cs().selector(), "cs") : fault;
        fault = fault == Fault.NONE ? push(returnIp, wide ? "rip" : "eip") : fault;
        if (errorCode != NO_CODE && fault == Fault.NONE) {
            fault = push(errorCode, "error code");
        }
        if (fault != Fault.NONE) {
            return fault;
        }
        commit(gate, offset);
        return Fault.NONE;
    }

    private void commit(long gate, long offset) {
        boolean wide = cpu.isLongMode();
        SegmentRegisters segments = cpu.segments();
        if (switches) {
            if (wide) {
                segments.ss().loadNull(stackSelector);
            } else {
                segments.ss().load(stackSelector, stackDescriptor);
            }
            cpu.wrote("ss", stackSelector);
        }
        if (wide) {
            cpu.registers().set(GeneralRegisters.RSP, stackPointer);
        } else {
            cpu.registers().set32(GeneralRegisters.RSP, stackPointer);
        }
        cpu.wrote(wide ? "rsp" : "esp", stackPointer);
        int selector = (GateDescriptor.selector(gate) & 0xfffc) | level;
        segments.cs().load(selector, codeDescriptor);
        cpu.wrote("cs", selector);
        cpu.enter(level);
        long cleared = Flags.TF | Flags.NT | Flags.RF | Flags.VM;
        boolean masks = GateDescriptor.masks(GateDescriptor.type(gate));
        cpu.setRflags(cpu.rflags() & ~(masks ? cleared | Flags.IF : cleared));
        cpu.wrote(wide ? "rflags" : "eflags", cpu.rflags());
        long target = wide ? offset : narrowed(offset);
        cpu.setRip(target);
        cpu.wrote(wide ? "rip" : "eip", target);
    }

    /** What a gate outside long mode leaves of an address. */
    private long narrowed(long offset) {
        return wordSize == 2 ? offset & 0xffffL : offset & LOW_32;
    }

    private int checkRoom(int errorCode) {
        int words = (switches ? FRAME_WORDS : SAME_LEVEL_WORDS_32) + (errorCode == NO_CODE ? 0 : 1);
        int fault = switches ? Fault.selector(Vector.SS, stackSelector, external) : Fault.of(Vector.SS, external);
        int size = wordSize * words;
        if (!StackSegment.holds(stackDescriptor, stackPointer - size, size)) {
            return cpu.failed(Check.STACK_ROOM, fault);
        }
        cpu.passed(Check.STACK_ROOM);
        return Fault.NONE;
    }

    private int push(long value, String meaning) {
        int access = level == 3 ? Paging.USER : Paging.READ;
        long linear;
        int fault;
        if (wordSize == 8) {
            stackPointer -= 8;
            linear = stackPointer;
            fault = cpu.mmu().write64(linear, value, access);
        } else {
            stackPointer = StackSegment.moved(stackDescriptor, stackPointer, -wordSize);
            linear = StackSegment.linear(stackDescriptor, stackPointer);
            fault = wordSize == 2
                    ? cpu.mmu().write16(linear, (int) value & 0xffff, access)
                    : cpu.mmu().write32(linear, value, access);
        }
        if (cpu.listener() != null && fault == Fault.NONE) {
            cpu.listener().pushed(linear, wordSize, wordSize == 2 ? value & 0xffff : value, meaning);
        }
        return fault;
    }
}

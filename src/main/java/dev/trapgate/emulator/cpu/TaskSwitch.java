package dev.trapgate.emulator.cpu;

/**
 * Switches between 32-bit tasks: through a task gate, and back by IRET with NT set (SDM vol. 3, 9.3). There is no such
 * thing in long mode. A segment of a 16-bit task is refused as an invalid one.
 *
 * <p>CR3 is loaded as a register; which address space it selects is {@link Mmu#load}'s to say.
 */
final class TaskSwitch {

    private static final int GENERAL_REGISTERS = 8;
    private static final int SEGMENT_REGISTERS = 6;

    private final Cpu cpu;
    private final SegmentLoad segmentLoad;

    TaskSwitch(Cpu cpu) {
        this.cpu = cpu;
        this.segmentLoad = new SegmentLoad(cpu);
    }

    /**
     * Enters the task that a gate names, nested in the one that runs.
     *
     * @param selector the gate's selector
     * @param external {@link Fault#EXT} or 0
     * @param returnIp where the old task goes on
     * @return the fault, or {@link Fault#NONE}; from {@code cs} on, it is the new task's
     */
    int enter(int selector, int external, long returnIp) {
        int fault = checkSegment(selector, Descriptor.TSS_AVAILABLE, Vector.GP, external);
        if (fault != Fault.NONE) {
            return fault;
        }
        long descriptor = cpu.tables().read(selector);
        int back = cpu.tables().tr().selector();
        fault = save(returnIp, cpu.rflags(), external);
        fault = fault == Fault.NONE ? cpu.mmu().write16(Descriptor.base(descriptor), back, Paging.READ) : fault;
        fault = fault == Fault.NONE ? setBusy(selector, descriptor) : fault;
        return fault == Fault.NONE ? load(selector, descriptor, Flags.NT, external) : fault;
    }

    /** Returns to the task in which the running one is nested. {@return the fault, or {@link Fault#NONE}} */
    int leave(long returnIp) {
        SegmentRegister old = cpu.tables().tr();
        int selector = cpu.mmu().read16(old.base() + TaskStateSegment.BACK_LINK, Paging.READ);
        int fault = cpu.mmu().takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        fault = checkSegment(selector, Descriptor.TSS_BUSY, Vector.TS, 0);
        if (fault != Fault.NONE) {
            return fault;
        }
        long descriptor = cpu.tables().read(selector);
        fault = save(returnIp, cpu.rflags() & ~Flags.NT, 0);
        fault = fault == Fault.NONE ? setAvailable(old.selector()) : fault;
        return fault == Fault.NONE ? load(selector, descriptor, 0, 0) : fault;
    }

    private int checkSegment(int selector, int type, int vector, int external) {
        DescriptorTables tables = cpu.tables();
        if (Selector.isLocal(selector) || Selector.isNull(selector) || !tables.holds(selector)) {
            return cpu.failed(Check.TASK_LIMIT, Fault.selector(vector, selector, external));
        }
        cpu.passed(Check.TASK_LIMIT);
        long descriptor = tables.read(selector);
        int fault = cpu.mmu().takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        if (Descriptor.isCodeOrData(descriptor) || Descriptor.type(descriptor) != type) {
            return cpu.failed(Check.TASK_TYPE, Fault.selector(vector, selector, external));
        }
        cpu.passed(Check.TASK_TYPE);
        if (!Descriptor.isPresent(descriptor)) {
            return cpu.failed(Check.TASK_PRESENT, Fault.selector(Vector.NP, selector, external));
        }
        cpu.passed(Check.TASK_PRESENT);
        if (Descriptor.limit(descriptor) < TaskStateSegment.SIZE - 1) {
            return cpu.failed(Check.TSS_LIMIT, Fault.selector(Vector.TS, selector, external));
        }
        cpu.passed(Check.TSS_LIMIT);
        return reachable(Descriptor.base(descriptor), Paging.READ);
    }

    /** Page faults come before anything is changed. */
    private int reachable(long segment, int need) {
        int fault = cpu.mmu().probe(segment, need);
        return fault == Fault.NONE ? cpu.mmu().probe(segment + TaskStateSegment.SIZE - 1, need) : fault;
    }

    /** Leaves what the old task has in its segment. */
    private int save(long ip, long flags, int external) {
        SegmentRegister old = cpu.tables().tr();
        if (old.isUnusable() || old.limit() < TaskStateSegment.SIZE - 1) {
            return cpu.failed(Check.TSS_LIMIT, Fault.selector(Vector.TS, old.selector(), external));
        }
        Mmu mmu = cpu.mmu();
        int fault = reachable(old.base(), Paging.WRITE);
        fault = fault == Fault.NONE ? mmu.write32(old.base() + TaskStateSegment.EIP, ip, Paging.READ) : fault;
        fault = fault == Fault.NONE ? mmu.write32(old.base() + TaskStateSegment.EFLAGS, flags, Paging.READ) : fault;
        for (int i = 0; i < GENERAL_REGISTERS && fault == Fault.NONE; i++) {
            long at = old.base() + TaskStateSegment.EAX + 4L * i;
            fault = mmu.write32(at, cpu.registers().get32(i), Paging.READ);
        }
        for (int i = 0; i < SEGMENT_REGISTERS && fault == Fault.NONE; i++) {
            long at = old.base() + TaskStateSegment.ES + 4L * i;
            fault = mmu.write16(at, segment(i).selector(), Paging.READ);
        }
        return fault;
    }

    private int setBusy(int selector, long descriptor) {
        return cpu.tables().write(selector, descriptor | Descriptor.TSS_BUSY_BIT);
    }

    private int setAvailable(int selector) {
        long descriptor = cpu.tables().read(selector);
        int fault = cpu.mmu().takeFault();
        return fault == Fault.NONE ? cpu.tables().write(selector, descriptor & ~Descriptor.TSS_BUSY_BIT) : fault;
    }

    /** Takes what the new task has in its segment; checks come after, in its name. */
    private int load(int selector, long descriptor, long nested, int external) {
        long base = Descriptor.base(descriptor);
        cpu.tables().setTask(selector, descriptor, base);
        cpu.wrote("tr", selector);
        cpu.control().setCr3(word(base, TaskStateSegment.CR3));
        cpu.control().setCr0(cpu.control().cr0() | ControlRegisters.CR0_TS);
        jump(word(base, TaskStateSegment.EIP));
        cpu.setRflags(word(base, TaskStateSegment.EFLAGS) | nested);
        cpu.wrote("eflags", cpu.rflags());
        for (int i = 0; i < GENERAL_REGISTERS; i++) {
            cpu.registers().set32(i, word(base, TaskStateSegment.EAX + 4 * i));
        }
        int[] selectors = new int[SEGMENT_REGISTERS];
        for (int i = 0; i < SEGMENT_REGISTERS; i++) {
            selectors[i] = (int) word(base, TaskStateSegment.ES + 4 * i) & 0xffff;
        }
        int local = (int) word(base, TaskStateSegment.LDTR) & 0xffff;
        int fault = cpu.mmu().takeFault();
        return fault == Fault.NONE ? loadSegments(selectors, local, external) : fault;
    }

    private int loadSegments(int[] selectors, int local, int external) {
        int fault = loadLocalTable(local, external);
        fault = fault == Fault.NONE ? loadCode(selectors[1], external) : fault;
        fault = fault == Fault.NONE ? loadStack(selectors[2], external) : fault;
        for (int i = 0; i < SEGMENT_REGISTERS && fault == Fault.NONE; i++) {
            boolean data = i == 0 || i > 2;
            fault = data ? asInvalidTask(segmentLoad.load(segment(i), selectors[i]), external) : fault;
        }
        if (fault == Fault.NONE && cpu.rip() > cpu.segments().cs().limit()) {
            return cpu.failed(Check.TARGET, Fault.of(Vector.GP, external));
        }
        return fault;
    }

    private int loadLocalTable(int selector, int external) {
        DescriptorTables tables = cpu.tables();
        if (Selector.isNull(selector)) {
            tables.ldtr().loadNull(selector);
            return Fault.NONE;
        }
        int fault = Fault.selector(Vector.TS, selector, external);
        if (Selector.isLocal(selector) || !tables.holds(selector)) {
            return cpu.failed(Check.TASK_SEGMENTS, fault);
        }
        long descriptor = tables.read(selector);
        int unread = cpu.mmu().takeFault();
        boolean fits = !Descriptor.isCodeOrData(descriptor)
                && Descriptor.type(descriptor) == Descriptor.LDT
                && Descriptor.isPresent(descriptor);
        if (unread != Fault.NONE || !fits) {
            return unread == Fault.NONE ? cpu.failed(Check.TASK_SEGMENTS, fault) : unread;
        }
        tables.ldtr().load(selector, descriptor);
        return Fault.NONE;
    }

    private int loadCode(int selector, int external) {
        DescriptorTables tables = cpu.tables();
        int fault = Fault.selector(Vector.TS, selector, external);
        if (Selector.isNull(selector) || !tables.holds(selector)) {
            return cpu.failed(Check.TASK_SEGMENTS, fault);
        }
        long descriptor = tables.read(selector);
        int unread = cpu.mmu().takeFault();
        int rpl = Selector.rpl(selector);
        int dpl = Descriptor.dpl(descriptor);
        boolean fits = Descriptor.isCode(descriptor) && (Descriptor.isConforming(descriptor) ? dpl <= rpl : dpl == rpl);
        if (unread != Fault.NONE || !fits) {
            return unread == Fault.NONE ? cpu.failed(Check.TASK_SEGMENTS, fault) : unread;
        }
        if (!Descriptor.isPresent(descriptor)) {
            return cpu.failed(Check.CODE_PRESENT, Fault.selector(Vector.NP, selector, external));
        }
        cpu.segments().cs().load(selector, descriptor);
        cpu.wrote("cs", selector);
        cpu.enter(rpl);
        return tables.markAccessed(selector, descriptor);
    }

    private int loadStack(int selector, int external) {
        DescriptorTables tables = cpu.tables();
        int fault = Fault.selector(Vector.TS, selector, external);
        if (Selector.isNull(selector) || !tables.holds(selector)) {
            return cpu.failed(Check.TASK_SEGMENTS, fault);
        }
        long descriptor = tables.read(selector);
        int unread = cpu.mmu().takeFault();
        boolean fits = Descriptor.isWritableData(descriptor)
                && Selector.rpl(selector) == cpu.cpl()
                && Descriptor.dpl(descriptor) == cpu.cpl();
        if (unread != Fault.NONE || !fits) {
            return unread == Fault.NONE ? cpu.failed(Check.TASK_SEGMENTS, fault) : unread;
        }
        if (!Descriptor.isPresent(descriptor)) {
            return cpu.failed(Check.STACK_PRESENT, Fault.selector(Vector.SS, selector, external));
        }
        cpu.segments().ss().load(selector, descriptor);
        cpu.wrote("ss", selector);
        return tables.markAccessed(selector, descriptor);
    }

    /** A data segment that the new task may not have is its segment's fault: #TS, not #GP. */
    private static int asInvalidTask(int fault, int external) {
        return fault != Fault.NONE && Fault.vector(fault) == Vector.GP
                ? Fault.of(Vector.TS, Fault.code(fault) | external)
                : fault;
    }

    private void jump(long target) {
        cpu.setRip(target);
        cpu.wrote("eip", target);
    }

    private long word(long base, int offset) {
        return cpu.mmu().read32(base + offset, Paging.READ);
    }

    /** In the order of the task state segment. */
    private SegmentRegister segment(int index) {
        SegmentRegisters segments = cpu.segments();
        return switch (index) {
            case 0 -> segments.es();
            case 1 -> segments.cs();
            case 2 -> segments.ss();
            case 3 -> segments.ds();
            case 4 -> segments.fs();
            default -> segments.gs();
        };
    }
}

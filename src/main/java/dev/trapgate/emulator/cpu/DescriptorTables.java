package dev.trapgate.emulator.cpu;

/**
 * Where the descriptor tables are: GDTR, IDTR, LDTR and TR, and the way to an entry. The tables themselves are bytes in
 * memory, read anew each time (SDM vol. 3, 2.4).
 */
public final class DescriptorTables {

    private static final int ENTRY_SIZE = 8;
    private static final long ACCESSED = (long) Descriptor.ACCESSED << 40;

    private final Cpu cpu;
    private final SegmentRegister ldtr = new SegmentRegister("ldtr");
    private final SegmentRegister tr = new SegmentRegister("tr");
    private long gdtBase;
    private int gdtLimit;
    private long idtBase;
    private int idtLimit;

    DescriptorTables(Cpu cpu) {
        this.cpu = cpu;
    }

    /** {@return the local descriptor table register} */
    public SegmentRegister ldtr() {
        return ldtr;
    }

    /** {@return the task register} */
    public SegmentRegister tr() {
        return tr;
    }

    /** {@return the global descriptor table's address} */
    public long gdtBase() {
        return gdtBase;
    }

    /** {@return the offset of the global descriptor table's last byte} */
    public int gdtLimit() {
        return gdtLimit;
    }

    /** {@return the interrupt descriptor table's address} */
    public long idtBase() {
        return idtBase;
    }

    /** {@return the offset of the interrupt descriptor table's last byte} */
    public int idtLimit() {
        return idtLimit;
    }

    /** Loads GDTR, as LGDT: the limit is taken modulo 2^16. */
    public void loadGdt(long base, int limit) {
        gdtBase = base;
        gdtLimit = limit & 0xffff;
    }

    /** Loads IDTR, as LIDT: the limit is taken modulo 2^16. */
    public void loadIdt(long base, int limit) {
        idtBase = base;
        idtLimit = limit & 0xffff;
    }

    /**
     * Loads the task register, as LTR of a descriptor that is already known, and marks the task busy in the table.
     *
     * @param selector the selector
     * @param descriptor the segment's first eight bytes
     * @param base the segment's whole base
     */
    public void loadTask(int selector, long descriptor, long base) {
        write(selector, descriptor | Descriptor.TSS_BUSY_BIT);
        setTask(selector, descriptor, base);
    }

    /** Loads the task register with a task that is busy already. */
    void setTask(int selector, long descriptor, long base) {
        tr.load(selector, descriptor | Descriptor.TSS_BUSY_BIT);
        tr.setBase(base);
    }

    /** {@return the size of an interrupt descriptor table's entry in this mode, in bytes} */
    public int gateSize() {
        return cpu.isLongMode() ? 2 * ENTRY_SIZE : ENTRY_SIZE;
    }

    boolean holds(int selector) {
        int end = Selector.offset(selector) + ENTRY_SIZE - 1;
        if (Selector.isLocal(selector)) {
            return !ldtr.isUnusable() && end <= ldtr.limit();
        }
        return end <= gdtLimit;
    }

    /** {@return a selector's descriptor; the MMU knows whether reading it faulted} */
    long read(int selector) {
        long descriptor = cpu.mmu().read64(address(selector), Paging.READ);
        CpuListener listener = cpu.listener();
        if (listener != null) {
            boolean local = Selector.isLocal(selector);
            listener.descriptorRead(
                    local ? CpuListener.Table.LDT : CpuListener.Table.GDT, selector & 0xffff, descriptor, 0);
        }
        return descriptor;
    }

    /** Sets the accessed bit of a code or data descriptor in its table, unless it is set. */
    int markAccessed(int selector, long descriptor) {
        if ((descriptor & ACCESSED) != 0) {
            return Fault.NONE;
        }
        return cpu.mmu().write64(address(selector), descriptor | ACCESSED, Paging.READ);
    }

    /** Writes a selector's descriptor. {@return the fault, or {@link Fault#NONE}} */
    int write(int selector, long descriptor) {
        return cpu.mmu().write64(address(selector), descriptor, Paging.READ);
    }

    private long address(int selector) {
        return (Selector.isLocal(selector) ? ldtr.base() : gdtBase) + Selector.offset(selector);
    }
}

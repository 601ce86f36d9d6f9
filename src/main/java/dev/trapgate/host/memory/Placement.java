package dev.trapgate.host.memory;

/** Where in the address space a mapping may lie. */
public enum Placement {
    /** Wherever the kernel likes. */
    ANYWHERE(0),
    /** Below 2 GiB, so that its addresses survive being cut to 32 bits: {@code MAP_32BIT}. */
    LOW_2_GIB(0x40);

    private final int mapFlag;

    Placement(int mapFlag) {
        this.mapFlag = mapFlag;
    }

    /** {@return the flag of {@code mmap(2)} that asks for this, 0 if none does} */
    int mapFlag() {
        return mapFlag;
    }
}

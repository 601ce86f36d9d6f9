package dev.trapgate.emulator.linux.mm;

/**
 * One mapping of a program: {@code struct vm_area_struct}.
 *
 * @param start its first byte's address, a multiple of the page size
 * @param end the address after its last byte, a multiple of the page size
 * @param protection bits of PROT_READ, PROT_WRITE, PROT_EXEC
 * @param name what {@code /proc/self/maps} calls it; empty if it is anonymous
 */
public record Vma(long start, long end, int protection, String name) {

    /** {@return this mapping cut down to a range} */
    Vma within(long from, long to) {
        return new Vma(Math.max(start, from), Math.min(end, to), protection, name);
    }

    /** {@return this mapping with another protection} */
    Vma protectedBy(int other) {
        return new Vma(start, end, other, name);
    }
}

package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.PageCache;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a program: {@code struct vm_area_struct}. Never changed: a mapping that changes is replaced.
 *
 * @param start its first byte's address, a multiple of the page size
 * @param end the address after its last byte, a multiple of the page size
 * @param flags bits of {@link VmFlags}
 * @param pgoff its first page's index in the file; of private anonymous memory, the page number it was mapped at
 * @param file what is mapped; null for private anonymous memory
 * @param anonymous identity of its private pages, {@code anon_vma}; null until one is made
 * @param policy on which nodes its pages go; null for the task's way
 * @param name what {@code /proc/self/maps} calls it if it has no file; empty for nothing
 */
public record Vma(
        long start,
        long end,
        long flags,
        long pgoff,
        @Nullable File file,
        @Nullable Object anonymous,
        @Nullable MemoryPolicy policy,
        String name) {

    private static final long ALL_MAY = VmFlags.VM_MAY_FLAGS;

    /**
     * {@return a mapping that the kernel itself makes, which neither grows nor merges}
     *
     * @param start its first byte's address
     * @param end the address after its last byte
     * @param protection bits of PROT_READ, PROT_WRITE, PROT_EXEC
     * @param name what {@code /proc/self/maps} calls it
     */
    public static Vma special(long start, long end, int protection, String name) {
        long flags = protection | ALL_MAY | VmFlags.VM_DONTEXPAND | VmFlags.VM_PINNED;
        return new Vma(start, end, flags, start >>> PageFrames.PAGE_SHIFT, null, null, null, name);
    }

    /**
     * {@return a private mapping of a program's own, as execve(2) makes them}
     *
     * @param start its first byte's address
     * @param end the address after its last byte
     * @param protection bits of PROT_READ, PROT_WRITE, PROT_EXEC
     * @param name what {@code /proc/self/maps} calls it
     */
    public static Vma ofProgram(long start, long end, int protection, String name) {
        return new Vma(start, end, protection | ALL_MAY, start >>> PageFrames.PAGE_SHIFT, null, null, null, name);
    }

    /** {@return bits of PROT_READ, PROT_WRITE, PROT_EXEC} */
    public int protection() {
        return (int) (flags & VmFlags.VM_ACCESS_FLAGS);
    }

    /** {@return whether it has all of some flags} */
    public boolean has(long wanted) {
        return (flags & wanted) == wanted;
    }

    /** {@return how many pages it has} */
    public long pages() {
        return (end - start) >>> PageFrames.PAGE_SHIFT;
    }

    /** {@return whether a page of it can be accessed in some way: {@code vma_is_accessible}} */
    public boolean isAccessible() {
        return (flags & VmFlags.VM_ACCESS_FLAGS) != 0;
    }

    /** {@return whether its file counts its mappings, so that none may merge: it has {@code vm_ops->close}} */
    boolean isObserved() {
        return file != null && file.operations() instanceof MappingObserver;
    }

    /** {@return the file's pages; null for private anonymous memory and private mappings of /dev/zero} */
    public @Nullable PageCache cache() {
        return file == null ? null : file.inode().pages();
    }

    /** {@return the index in the file of the page at an address within} */
    public long index(long address) {
        return pgoff + ((address - start) >>> PageFrames.PAGE_SHIFT);
    }

    /** {@return this mapping cut down to a range; its start is not before its end only if they overlap} */
    Vma within(long from, long to) {
        long first = Math.max(start, from);
        return new Vma(first, Math.min(end, to), flags, index(first), file, anonymous, policy, name);
    }

    /** {@return this mapping with other flags} */
    Vma withFlags(long others) {
        return new Vma(start, end, others, pgoff, file, anonymous, policy, name);
    }

    /** {@return this mapping with an identity for its private pages} */
    Vma withAnonymous(@Nullable Object identity) {
        return new Vma(start, end, flags, pgoff, file, identity, policy, name);
    }

    /** {@return this mapping with another policy} */
    Vma withPolicy(@Nullable MemoryPolicy other) {
        return new Vma(start, end, flags, pgoff, file, anonymous, other, name);
    }

    /** {@return this mapping with another place, and what its first page is there} */
    Vma at(long newStart, long newEnd, long newPgoff) {
        return new Vma(newStart, newEnd, flags, newPgoff, file, anonymous, policy, name);
    }

    /** {@return this mapping and the one after it as one, or null if they cannot be: {@code can_vma_merge_after}} */
    @Nullable
    Vma merged(Vma next) {
        boolean sameKind = flags == next.flags
                && file == next.file
                && name.equals(next.name)
                && java.util.Objects.equals(policy, next.policy)
                && (flags & VmFlags.VM_DONTEXPAND) == 0
                && !isObserved();
        boolean adjoining = end == next.start && index(end) == next.pgoff;
        boolean samePages = anonymous == null || next.anonymous == null || anonymous == next.anonymous;
        if (!sameKind || !adjoining || !samePages) {
            return null;
        }
        return new Vma(
                start, next.end, flags, pgoff, file, anonymous == null ? next.anonymous : anonymous, policy, name);
    }
}

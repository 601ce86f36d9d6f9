package dev.trapgate.emulator.linux.mm;

import org.jspecify.annotations.Nullable;

/** What madvise(2) knows: MADV_* of include/uapi/asm-generic/mman-common.h. */
enum Advice {
    NORMAL(0, 0, VmFlags.VM_RAND_READ | VmFlags.VM_SEQ_READ),
    RANDOM(1, VmFlags.VM_RAND_READ, VmFlags.VM_SEQ_READ),
    SEQUENTIAL(2, VmFlags.VM_SEQ_READ, VmFlags.VM_RAND_READ),
    WILLNEED(3, 0, 0),
    DONTNEED(4, 0, 0),
    FREE(8, 0, 0),
    REMOVE(9, 0, 0),
    DONTFORK(10, VmFlags.VM_DONTCOPY, 0),
    DOFORK(11, 0, VmFlags.VM_DONTCOPY),
    MERGEABLE(12, VmFlags.VM_MERGEABLE, 0),
    UNMERGEABLE(13, 0, VmFlags.VM_MERGEABLE),
    HUGEPAGE(14, VmFlags.VM_HUGEPAGE, VmFlags.VM_NOHUGEPAGE),
    NOHUGEPAGE(15, VmFlags.VM_NOHUGEPAGE, VmFlags.VM_HUGEPAGE),
    DONTDUMP(16, VmFlags.VM_DONTDUMP, 0),
    DODUMP(17, 0, VmFlags.VM_DONTDUMP),
    WIPEONFORK(18, VmFlags.VM_WIPEONFORK, 0),
    KEEPONFORK(19, 0, VmFlags.VM_WIPEONFORK),
    COLD(20, 0, 0),
    PAGEOUT(21, 0, 0),
    POPULATE_READ(22, 0, 0),
    POPULATE_WRITE(23, 0, 0),
    DONTNEED_LOCKED(24, 0, 0),
    COLLAPSE(25, 0, 0),
    GUARD_INSTALL(102, 0, 0),
    GUARD_REMOVE(103, 0, 0);

    private static final Advice[] ALL = values();
    private static final long NOT_MERGED =
            VmFlags.VM_SHARED | VmFlags.VM_MAYSHARE | VmFlags.VM_DONTEXPAND | VmFlags.VM_DROPPABLE;

    private final int number;
    private final long set;
    private final long clear;

    Advice(int number, long set, long clear) {
        this.number = number;
        this.set = set;
        this.clear = clear;
    }

    /** {@return the advice with a number; null if this kernel does not know it, as MADV_HWPOISON of most kernels} */
    static @Nullable Advice numbered(int number) {
        for (Advice advice : ALL) {
            if (advice.number == number) {
                return advice;
            }
        }
        return null;
    }

    /** {@return whether it loses what pages hold: {@code is_discard}} */
    boolean discards() {
        return switch (this) {
            case DONTNEED, DONTNEED_LOCKED, FREE, REMOVE, DONTFORK, WIPEONFORK, GUARD_INSTALL -> true;
            default -> false;
        };
    }

    /** {@return whether it can be given for a mapping} */
    boolean isFor(Vma area) {
        return switch (this) {
            case WIPEONFORK -> area.file() == null && !area.has(VmFlags.VM_SHARED);
            case KEEPONFORK -> !area.has(VmFlags.VM_DROPPABLE);
            case DODUMP -> (area.flags() & (VmFlags.VM_DONTEXPAND | VmFlags.VM_DROPPABLE)) == 0;
            default -> true;
        };
    }

    /** {@return a mapping's flags after the advice} */
    long applyTo(long flags) {
        boolean ignored = this == MERGEABLE && (flags & NOT_MERGED) != 0;
        return ignored ? flags : (flags & ~clear) | set;
    }
}

package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Advice about memory: mm/madvise.c, Linux 6.18. */
final class Madvise {

    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;
    private static final long HUGE_PAGE = 2L << 20;
    private static final long SPECIAL = VmFlags.VM_DONTEXPAND;

    private final Task current;
    private final Mm mm;
    private final Advice advice;

    private Madvise(Task current, Advice advice) {
        this.current = current;
        this.mm = current.process().mm();
        this.advice = advice;
    }

    /** {@code madvise(2)}. */
    static long madvise(Task current, PtRegs regs) {
        return madvise(current, regs.argument(1), regs.argument(2), (int) regs.argument(3));
    }

    /** {@code do_madvise}. */
    static long madvise(Task current, long start, long length, int behavior) {
        Advice advice = Advice.numbered(behavior);
        long size = Mm.pageUp(length);
        boolean overflows = (length != 0 && size == 0) || Long.compareUnsigned(start + size, start) < 0;
        if (advice == null || (start & PageFrames.PAGE_MASK) != 0 || overflows) {
            return ErrorNumbers.EINVAL;
        }
        return size == 0 ? 0 : new Madvise(current, advice).range(start, start + size);
    }

    private long range(long start, long end) {
        if (advice == Advice.POPULATE_READ || advice == Advice.POPULATE_WRITE) {
            return mm.write(() -> populate(start, end));
        }
        if (advice == Advice.REMOVE) {
            return remove(start, end);
        }
        return mm.write(() -> walk(start, end));
    }

    /** {@code madvise_walk_vmas}: gaps are told at the end, after all that is mapped got its advice. */
    private long walk(long start, long end) {
        long at = start;
        boolean gap = false;
        for (Vma area : areas(start, end)) {
            gap |= area.start() > at;
            long result = visit(area, Math.max(area.start(), start), Math.min(area.end(), end));
            if (result != 0) {
                return result;
            }
            at = area.end();
        }
        return gap || Long.compareUnsigned(at, end) < 0 ? ErrorNumbers.ENOMEM : 0;
    }

    private List<Vma> areas(long start, long end) {
        long last = end < 0 || end > mm.taskSize() ? mm.taskSize() : end;
        return start < 0 ? List.of() : mm.tree().overlapping(start, last);
    }

    /** {@code madvise_vma_behavior}. */
    private long visit(Vma area, long start, long end) {
        if (advice.discards() && isSealedAgainst(area)) {
            return ErrorNumbers.EPERM;
        }
        return switch (advice) {
            case WILLNEED, REMOVE, POPULATE_READ, POPULATE_WRITE -> 0;
            case COLD, PAGEOUT -> area.has(VmFlags.VM_LOCKED) ? ErrorNumbers.EINVAL : 0;
            case FREE -> area.has(VmFlags.VM_LOCKED) || area.cache() != null ? ErrorNumbers.EINVAL : 0;
            case DONTNEED -> area.has(VmFlags.VM_LOCKED) ? ErrorNumbers.EINVAL : forget(area, start, end);
            case DONTNEED_LOCKED -> forget(area, start, end);
            case COLLAPSE -> collapse(area);
            case GUARD_INSTALL -> installGuards(area, start, end);
            case GUARD_REMOVE -> removeGuards(area, start, end);
            default -> mark(area, start, end);
        };
    }

    private static boolean isSealedAgainst(Vma area) {
        return area.has(VmFlags.VM_SEALED) && area.cache() == null && !area.has(VmFlags.VM_WRITE);
    }

    /** Pages that Java sees are cleared; others are dropped, to be found anew. */
    private long forget(Vma area, long start, long end) {
        if (area.has(VmFlags.VM_PINNED)) {
            mm.pages().range(start, end).values().forEach(Madvise::clear);
        } else {
            keepGuards(start, end);
        }
        return 0;
    }

    private static void clear(Pte page) {
        long offset = (long) page.index() * PageFrames.PAGE_SIZE;
        page.frames().bytes().asSlice(offset, PageFrames.PAGE_SIZE).fill((byte) 0);
    }

    private void keepGuards(long start, long end) {
        for (Pte.Kind kind : List.of(Pte.Kind.ANONYMOUS, Pte.Kind.ZERO, Pte.Kind.FILE)) {
            mm.pages().clear(start, end, kind);
        }
    }

    /** {@code madvise_collapse}: a huge page must fit into the mapping; then there is nothing to do. */
    private static long collapse(Vma area) {
        boolean fits = ((area.start() + HUGE_PAGE - 1) & -HUGE_PAGE) + HUGE_PAGE <= area.end();
        return fits && !area.has(VmFlags.VM_NOHUGEPAGE) ? 0 : ErrorNumbers.EINVAL;
    }

    private long installGuards(Vma area, long start, long end) {
        if ((area.flags() & (SPECIAL | VmFlags.VM_LOCKED)) != 0) {
            return ErrorNumbers.EINVAL;
        }
        mm.pages().clear(start, end);
        for (long page = start; page < end; page += PageFrames.PAGE_SIZE) {
            mm.pages().set(page, Pte.GUARD_MARKER, area);
        }
        return 0;
    }

    private long removeGuards(Vma area, long start, long end) {
        if ((area.flags() & SPECIAL) != 0) {
            return ErrorNumbers.EINVAL;
        }
        mm.pages().clear(start, end, Pte.Kind.GUARD);
        return 0;
    }

    /** Advice that only changes the mapping's flags. */
    private long mark(Vma area, long start, long end) {
        if (!advice.isFor(area)) {
            return ErrorNumbers.EINVAL;
        }
        mm.tree().modify(area, start, end, part -> part.withFlags(advice.applyTo(part.flags())));
        return 0;
    }

    /** {@code madvise_populate}. */
    private long populate(long start, long end) {
        PageFaults.Access access = advice == Advice.POPULATE_WRITE ? PageFaults.Access.WRITE : PageFaults.Access.READ;
        long at = start;
        for (Vma area : areas(start, end)) {
            if (area.start() > at) {
                return ErrorNumbers.ENOMEM;
            }
            boolean allowed = access == PageFaults.Access.WRITE ? area.has(VmFlags.VM_WRITE) : area.isAccessible();
            if (!allowed) {
                return ErrorNumbers.EINVAL;
            }
            FaultOutcome outcome =
                    Populate.touch(mm, area, Math.max(area.start(), start), Math.min(area.end(), end), access);
            if (outcome != FaultOutcome.HANDLED) {
                return outcome == FaultOutcome.OUT_OF_MEMORY ? ErrorNumbers.ENOMEM : ErrorNumbers.EFAULT;
            }
            at = area.end();
        }
        return Long.compareUnsigned(at, end) < 0 ? ErrorNumbers.ENOMEM : 0;
    }

    /** {@code madvise_remove}, which lets go of the lock for the file's sake and looks again after each mapping. */
    private long remove(long start, long end) {
        long at = start;
        boolean gap = false;
        while (Long.compareUnsigned(at, end) < 0) {
            Vma area;
            synchronized (mm) {
                area = at < 0 ? null : mm.tree().findOrNext(at);
            }
            if (area == null || area.start() >= end) {
                return ErrorNumbers.ENOMEM;
            }
            gap |= area.start() > at;
            long result = punch(area, Math.max(at, area.start()), Math.min(end, area.end()));
            if (result != 0) {
                return result;
            }
            at = area.end();
        }
        return gap ? ErrorNumbers.ENOMEM : 0;
    }

    private long punch(Vma area, long start, long end) {
        @Nullable File file = area.file();
        if (isSealedAgainst(area)) {
            return ErrorNumbers.EPERM;
        }
        if (area.has(VmFlags.VM_LOCKED) || file == null || area.cache() == null) {
            return ErrorNumbers.EINVAL;
        }
        if (!area.has(VmFlags.VM_SHARED | VmFlags.VM_MAYWRITE)) {
            return ErrorNumbers.EACCES;
        }
        long offset = area.index(start) << PageFrames.PAGE_SHIFT;
        file.acquire();
        long result = file.operations()
                .fallocate(current, file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, end - start);
        file.release();
        return result;
    }
}

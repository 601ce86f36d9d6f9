package dev.trapgate.emulator.linux.kernel.futex;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.Uaccess;

/**
 * What becomes of the futexes that a task holds when it ends: {@code exit_robust_list} and {@code handle_futex_death} of
 * kernel/futex/core.c, and {@code mm_release} of kernel/fork.c, Linux 6.18.
 */
public final class RobustList {

    /** ROBUST_LIST_LIMIT: a list that leads back into itself ends, too. */
    private static final int LIMIT = 2048;

    private static final long TID_MASK = 0x3fff_ffff;
    private static final long OWNER_DIED = 0x4000_0000;
    private static final long WAITERS = 0x8000_0000L;
    private static final int FLAGS = FutexFlags.SIZE_32 | FutexFlags.SHARED;

    private final Task task;
    private final Layout layout;
    private final long head;

    private RobustList(Task task, Layout layout, long head) {
        this.task = task;
        this.layout = layout;
        this.head = head;
    }

    /** How {@code struct robust_list_head} lies in memory: three words. */
    enum Layout {
        NATIVE(Long.BYTES),
        COMPAT(Integer.BYTES);

        private final int word;

        Layout(int word) {
            this.word = word;
        }

        static Layout of(Abi abi) {
            return abi == Abi.I386 ? COMPAT : NATIVE;
        }

        int size() {
            return 3 * word;
        }
    }

    /** Whose futex may be its own: one of the list, or the one that it was about to add or remove. */
    private enum Death {
        LIST,
        PENDING
    }

    /**
     * Lets others know that a task ends: its robust futexes, then the word of set_tid_address(2).
     *
     * @param task the task, which the calling thread is
     */
    public static void release(Task task) {
        for (Abi abi : new Abi[] {Abi.X86_64, Abi.I386}) {
            long head = task.attributes().robustList(abi);
            task.attributes().setRobustList(abi, 0);
            if (head != 0) {
                new RobustList(task, Layout.of(abi), head).walk();
            }
        }
        long cleared = task.attributes().clearChildTid();
        task.attributes().setClearChildTid(0);
        boolean isSeen = task.process().taskCount() > 1 || task.process().mm().users() > 1;
        if (cleared != 0 && isSeen) {
            task.uaccess().putUser32(cleared, 0);
            WaitWake.wake(task, cleared, FLAGS, 1, FutexQ.MATCH_ANY);
        }
    }

    /** What a list's word leads to: bit 0 says that the futex inherits priority. Null is an address, too. */
    private record Entry(long address, boolean isReadable, long flag) {}

    private Entry fetch(long from) {
        long word = word(from);
        boolean readable = isReadable(from);
        return new Entry(word & ~1, readable, word & 1);
    }

    private boolean isReadable(long from) {
        Uaccess uaccess = task.uaccess();
        return uaccess.getUser32(from) >= 0
                && (layout == Layout.COMPAT || uaccess.getUser32(from + Integer.BYTES) >= 0);
    }

    private long word(long from) {
        Uaccess uaccess = task.uaccess();
        long low = uaccess.getUser32(from) & 0xffff_ffffL;
        return layout == Layout.COMPAT ? low : low | (uaccess.getUser32(from + Integer.BYTES) << Integer.SIZE);
    }

    private void walk() {
        Entry entry = fetch(head);
        Entry pending = fetch(head + 2L * layout.word);
        if (!entry.isReadable() || !isReadable(head + layout.word) || !pending.isReadable()) {
            return;
        }
        long offset = layout == Layout.COMPAT ? (int) word(head + layout.word) : word(head + layout.word);
        for (int left = LIMIT; entry.address() != head && left > 0; left--) {
            Entry next = fetch(entry.address());
            boolean goesOn = entry.address() == pending.address()
                    || died(futex(entry.address(), offset), entry.flag() != 0, Death.LIST);
            if (!goesOn || !next.isReadable()) {
                return;
            }
            entry = next;
        }
        if (pending.address() != 0) {
            died(futex(pending.address(), offset), pending.flag() != 0, Death.PENDING);
        }
    }

    private long futex(long entry, long offset) {
        return layout == Layout.COMPAT ? (entry + offset) & 0xffff_ffffL : entry + offset;
    }

    /** {@code handle_futex_death}. {@return whether the walk goes on} */
    private boolean died(long address, boolean inherits, Death death) {
        if ((address & (Integer.BYTES - 1)) != 0) {
            return false;
        }
        long value = task.uaccess().getUser32(address);
        if (value < 0) {
            return false;
        }
        long owner = value & TID_MASK;
        if (death == Death.PENDING && !inherits && owner == 0) {
            WaitWake.wake(task, address, FLAGS, 1, FutexQ.MATCH_ANY);
            return true;
        }
        if (owner != task.tid()) {
            return true;
        }
        long before = task.uaccess().exchangeUser32(address, this::withoutOwner);
        if (before < 0) {
            return false;
        }
        if (!inherits && (before & TID_MASK) == task.tid() && (before & WAITERS) != 0) {
            WaitWake.wake(task, address, FLAGS, 1, FutexQ.MATCH_ANY);
        }
        return true;
    }

    private int withoutOwner(int value) {
        return (value & TID_MASK) == task.tid() ? (int) ((value & WAITERS) | OWNER_DIED) : value;
    }
}

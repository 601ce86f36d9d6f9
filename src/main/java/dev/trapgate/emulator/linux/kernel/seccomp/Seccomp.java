package dev.trapgate.emulator.linux.kernel.seccomp;

import dev.trapgate.emulator.linux.net.ClassicBpf;
import java.util.ArrayList;
import java.util.List;

/** A task's mode and filters: {@code struct seccomp}. */
public final class Seccomp {

    /** What a task is confined to. */
    public enum Mode {
        /** Nothing: SECCOMP_MODE_DISABLED. */
        DISABLED,
        /** read, write, exit and sigreturn: SECCOMP_MODE_STRICT. */
        STRICT,
        /** What its filters allow: SECCOMP_MODE_FILTER. */
        FILTER,
        /** It has been killed, and makes no call any more: SECCOMP_MODE_DEAD. */
        DEAD
    }

    private volatile Mode mode = Mode.DISABLED;
    private volatile List<ClassicBpf> filters = List.of();

    /** Makes a task's that is not confined. */
    public Seccomp() {}

    /** {@return the mode} */
    public Mode mode() {
        return mode;
    }

    void setMode(Mode next) {
        mode = next;
    }

    /** {@return the filters, the newest first} */
    public List<ClassicBpf> filters() {
        return filters;
    }

    void add(ClassicBpf filter) {
        List<ClassicBpf> more = new ArrayList<>(filters);
        more.addFirst(filter);
        filters = List.copyOf(more);
    }

    /** {@return whether this task's filters are the older ones of another's: {@code is_ancestor}} */
    boolean isAncestorOf(Seccomp other) {
        int newer = other.filters.size() - filters.size();
        if (newer < 0) {
            return false;
        }
        for (int i = 0; i < filters.size(); i++) {
            if (!isSame(filters.get(i), other.filters.get(newer + i))) {
                return false;
            }
        }
        return true;
    }

    /** A filter has no equals: the same one counts. */
    private static boolean isSame(ClassicBpf one, ClassicBpf other) {
        return one.equals(other);
    }

    /** Takes over another's mode and filters. */
    public void copyFrom(Seccomp other) {
        filters = other.filters;
        mode = other.mode;
    }
}

package dev.trapgate.emulator.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decoded from one page of an address space, to be found again and to be told when it no longer holds: the page
 * was written, by whatever way, or mapped or protected anew. Any thread may use it.
 */
public final class CodePage {

    /** Something decoded from a page. */
    public interface Code {

        /** Is told that the page changed; called once, by the thread that changed it. */
        void invalidate();

        /** {@return the same for another space that has the page at the same address; null if it concerns other pages, too} */
        default @Nullable Code copy() {
            return null;
        }
    }

    private final Map<Long, Code> found = new HashMap<>();
    private final List<Code> others = new ArrayList<>();
    private final @Nullable CodePage twin;
    private boolean changed;

    /**
     * Begins with nothing.
     *
     * @param twin what was decoded from the same frame at the same address of another space, as a parent's after fork(2); null
     *     for none
     */
    CodePage(@Nullable CodePage twin) {
        this.twin = twin;
    }

    /**
     * Finds code.
     *
     * @param key what it was kept under
     * @return the code, or null if there is none or the page has changed since
     */
    public synchronized @Nullable Code find(long key) {
        Code known = found.get(key);
        if (known != null || twin == null || changed) {
            return known;
        }
        Code copy = twin.copy(key);
        if (copy != null) {
            found.put(key, copy);
        }
        return copy;
    }

    private synchronized @Nullable Code copy(long key) {
        Code known = found.get(key);
        return known == null ? null : known.copy();
    }

    /**
     * Keeps code that begins in this page. If the page changed while it was being decoded, it is told at once.
     *
     * @param key what to find it under
     * @param code what was decoded
     */
    public synchronized void keep(long key, Code code) {
        found.put(key, code);
        if (changed) {
            invalidate();
        }
    }

    /**
     * Keeps code that begins in the page before and ends in this one.
     *
     * @param code what was decoded
     */
    public synchronized void keepEnd(Code code) {
        others.add(code);
        if (changed) {
            invalidate();
        }
    }

    synchronized void invalidate() {
        changed = true;
        found.values().forEach(Code::invalidate);
        others.forEach(Code::invalidate);
        found.clear();
        others.clear();
    }
}

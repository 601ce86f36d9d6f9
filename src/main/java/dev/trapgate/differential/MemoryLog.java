package dev.trapgate.differential;

import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Finds what changed in a scenario's memory. */
final class MemoryLog {

    /** Equal bytes between two changes that are not worth a patch's head. */
    private static final int GAP = 16;

    private final List<UserBuffer> blocks;
    private final List<byte[]> known = new ArrayList<>();

    /**
     * Begins with zeroed memory.
     *
     * @param blocks the blocks; more may come
     */
    MemoryLog(List<UserBuffer> blocks) {
        this.blocks = blocks;
    }

    /** {@return what has changed since this was last asked} */
    List<Transcript.Patch> changes() {
        List<Transcript.Patch> changes = new ArrayList<>();
        for (int block = 0; block < blocks.size(); block++) {
            if (block == known.size()) {
                known.add(new byte[(int) blocks.get(block).segment().byteSize()]);
            }
            addChanges(changes, block, MemorySegment.ofArray(known.get(block)));
        }
        return changes;
    }

    private void addChanges(List<Transcript.Patch> changes, int block, MemorySegment before) {
        MemorySegment now = blocks.get(block).segment();
        long size = now.byteSize();
        long from = difference(before, now, 0);
        while (from < size) {
            long end = end(before, now, from);
            MemorySegment bytes =
                    MemorySegment.ofArray(now.asSlice(from, end - from).toArray(ValueLayout.JAVA_BYTE));
            changes.add(new Transcript.Patch(block, (int) from, bytes));
            MemorySegment.copy(bytes, 0, before, from, bytes.byteSize());
            from = difference(before, now, end);
        }
    }

    private static long end(MemorySegment before, MemorySegment now, long from) {
        long end = from + 1;
        for (long at = end; at < now.byteSize() && at - end < GAP; at++) {
            if (before.get(ValueLayout.JAVA_BYTE, at) != now.get(ValueLayout.JAVA_BYTE, at)) {
                end = at + 1;
            }
        }
        return end;
    }

    private static long difference(MemorySegment before, MemorySegment now, long from) {
        long size = now.byteSize();
        long at = MemorySegment.mismatch(before, from, size, now, from, size);
        return at < 0 ? size : from + at;
    }
}

package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a scenario has mapped memory itself. What it unmaps again stays its own: the JVM may map something there, but
 * seldom does in the time of a play.
 */
final class OwnMappings {

    private final List<long[]> ranges = new ArrayList<>();
    private final Map<Long, Long> segments = new HashMap<>();

    /** Takes note of what a call mapped. */
    void answered(Syscall call, Abi abi, long[] arguments, long result) {
        if (Errno.isError(result)) {
            return;
        }
        boolean isMapping = (call == Syscall.MMAP && abi == Abi.X86_64) || call == Syscall.MMAP2;
        if (isMapping) {
            add(result, arguments[1], abi);
        } else if (call == Syscall.MREMAP) {
            add(result, arguments[2], abi);
        } else if (call == Syscall.SHMGET) {
            segments.merge(result, arguments[1], Math::max);
        } else if (call == Syscall.SHMAT) {
            add(result, segments.getOrDefault(arguments[0] & 0xffff_ffffL, 0L), abi);
        }
    }

    private void add(long address, long size, Abi abi) {
        long start = abi == Abi.I386 ? address & 0xffff_ffffL : address;
        long length = abi == Abi.I386 ? size & 0xffff_ffffL : size;
        long pages = (length + Blocks.PAGE - 1) / Blocks.PAGE;
        ranges.add(new long[] {start, start + pages * Blocks.PAGE});
    }

    /** {@return whether an address lies in such memory} */
    boolean contain(long address) {
        return ranges.stream().anyMatch(range -> address >= range[0] && address < range[1]);
    }

    /** {@return whether a range lies in such memory as a whole} */
    boolean contain(long address, long size) {
        long at = address;
        long end = address + size;
        boolean found = true;
        while (at < end && found) {
            long from = at;
            long reached = ranges.stream()
                    .filter(range -> from >= range[0] && from < range[1])
                    .mapToLong(range -> range[1])
                    .max()
                    .orElse(from);
            found = reached > from;
            at = reached;
        }
        return found;
    }
}

package dev.trapgate.examples;

import dev.trapgate.Linux;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.uring.Completion;
import dev.trapgate.uring.IoUring;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads all of a file at once: every block is asked for before the first has come. */
final class RingRead {

    private static final int BLOCK = 4096;

    private RingRead() {}

    static String read(Linux linux, String path) {
        try (FileDescriptor file = linux.fs().open(path, OpenFlags.O_RDONLY.or(OpenFlags.O_CLOEXEC));
                Arena arena = Arena.ofConfined()) {
            int size = Math.toIntExact(linux.fs().statx(file).size());
            int blocks = Math.max(1, Math.ceilDiv(size, BLOCK));
            MemorySegment whole = arena.allocate((long) blocks * BLOCK, BLOCK);
            try (IoUring ring = linux.ioUring(blocks)) {
                Map<Long, Integer> starts = new HashMap<>();
                for (int start = 0; start < size; start += BLOCK) {
                    int length = Math.min(BLOCK, size - start);
                    starts.put(ring.read(file, whole.asSlice(start, length), start, IoUring.Order.FREE), start);
                }
                ring.submit();
                while (ring.unanswered() > 0) {
                    Completion answer = ring.await();
                    int start = starts.get(answer.id());
                    if (answer.result() != Math.min(BLOCK, size - start)) {
                        throw new IllegalStateException("the block at " + start + " answered " + answer);
                    }
                }
            }
            return StandardCharsets.UTF_8
                    .decode(whole.asSlice(0, size).asByteBuffer())
                    .toString();
        }
    }

    public static void main(String[] arguments) {
        System.out.print(read(Linux.host(), arguments[0]));
    }
}

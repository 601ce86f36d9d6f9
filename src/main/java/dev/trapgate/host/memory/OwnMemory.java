package dev.trapgate.host.memory;

import dev.trapgate.host.libc.LibcFunction;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * This process's memory, read by the kernel: an address that is not mapped, or beyond the end of a mapped file, is an error
 * answer and never a signal.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/process_vm_readv.2.html">process_vm_readv(2)</a>
 */
final class OwnMemory {

    private static final int PAGE = 4096;
    private static final long IOVEC = 16;
    private static final long LENGTH = 8;

    private static final MethodHandle PROCESS_VM_READV = LibcFunction.link(
            "process_vm_readv",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG));

    private static final int SELF = Math.toIntExact(ProcessHandle.current().pid());

    private OwnMemory() {}

    /**
     * Reads what can be read.
     *
     * @param address where to begin
     * @param byteSize how many bytes at most, 0 or more
     * @return the bytes up to the first page that cannot be read
     */
    static byte[] read(long address, int byteSize) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment vectors = arena.allocate(2 * IOVEC, Long.BYTES);
            MemorySegment bytes = arena.allocate(Math.max(byteSize, 1));
            int done = 0;
            while (done < byteSize) {
                int toEndOfPage = PAGE - (int) (address + done & PAGE - 1);
                MemorySegment piece = bytes.asSlice(done, Math.min(byteSize - done, toEndOfPage));
                if (!isRead(vectors, piece, address + done)) {
                    break;
                }
                done += (int) piece.byteSize();
            }
            return bytes.asSlice(0, done).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static boolean isRead(MemorySegment vectors, MemorySegment piece, long address) {
        return readv(vectors, piece, address) == piece.byteSize() || isReadAsFile(piece, address);
    }

    private static long readv(MemorySegment vectors, MemorySegment piece, long address) {
        vectors.set(ValueLayout.JAVA_LONG, 0, piece.address());
        vectors.set(ValueLayout.JAVA_LONG, LENGTH, piece.byteSize());
        vectors.set(ValueLayout.JAVA_LONG, IOVEC, address);
        vectors.set(ValueLayout.JAVA_LONG, IOVEC + LENGTH, piece.byteSize());
        try {
            return (long) PROCESS_VM_READV.invokeExact(SELF, vectors, 1L, vectors.address() + IOVEC, 1L, 0L);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }

    /** Where a seccomp filter refuses the call, as in some containers, the file in proc(5) gives the same. */
    private static boolean isReadAsFile(MemorySegment piece, long address) {
        if (address < 0) {
            return false;
        }
        try (FileChannel memory = FileChannel.open(Path.of("/proc/self/mem"), StandardOpenOption.READ)) {
            byte[] bytes = new byte[(int) piece.byteSize()];
            int read = memory.read(ByteBuffer.wrap(bytes), address);
            piece.copyFrom(MemorySegment.ofArray(bytes));
            return read == bytes.length;
        } catch (IOException unmapped) {
            return false;
        }
    }
}

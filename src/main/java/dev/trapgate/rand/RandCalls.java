package dev.trapgate.rand;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ReadOnlyBufferException;

/**
 * Random bytes from the kernel's generator; through a gate that has the vDSO mostly without entering the kernel.
 *
 * @param kernel whose calls
 */
public record RandCalls(Kernel kernel) {

    private static final Call GETRANDOM = Call.of(Syscall.GETRANDOM);

    /**
     * Fills memory with random bytes, as {@code getrandom(2)}.
     *
     * @param into what to fill
     * @param flags where they come from
     * @return how many came: all up to 256 bytes, perhaps fewer above, when a signal came
     * @throws SyscallException EAGAIN with GRND_NONBLOCK before the generator is seeded; EINTR
     * @see <a href="https://man7.org/linux/man-pages/man2/getrandom.2.html">getrandom(2)</a>
     */
    public long getrandom(MemorySegment into, RandomFlags flags) {
        if (into.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        int bits = flags.bits();
        return kernel.reaches(into) ? direct(into, bits) : byCopy(into, bits);
    }

    private long direct(MemorySegment into, int flags) {
        try {
            return kernel.call(GETRANDOM, into.address(), into.byteSize(), flags);
        } finally {
            Reference.reachabilityFence(into);
        }
    }

    private long byCopy(MemorySegment into, int flags) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(into.byteSize(), 1);
            long count = kernel.call(GETRANDOM, address, into.byteSize(), flags);
            into.copyFrom(scratch.at(address, count));
            return count;
        }
    }

    /** {@return so many random bytes} */
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        MemorySegment all = MemorySegment.ofArray(bytes);
        long done = 0;
        while (done < count) {
            done += getrandom(all.asSlice(done), RandomFlags.NONE);
        }
        return bytes;
    }
}

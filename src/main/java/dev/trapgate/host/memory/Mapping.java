package dev.trapgate.host.memory;

import dev.trapgate.host.libc.CapturedErrno;
import dev.trapgate.host.libc.LibcFunction;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Anonymous mappings of this process, by glibc's {@code mmap(2)} and {@code madvise(2)}.
 *
 * <p>Flags are given as the kernel's numbers on x86.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/madvise.2.html">madvise(2)</a>
 */
@SuppressWarnings("restricted") // gives what mmap returns its size
public final class Mapping {

    /** {@code PROT_READ | PROT_WRITE}. */
    public static final int READ_WRITE = 0x1 | 0x2;
    /** {@code MAP_PRIVATE}. */
    public static final int MAP_PRIVATE = 0x02;
    /** {@code MAP_ANONYMOUS}. */
    public static final int MAP_ANONYMOUS = 0x20;
    /** {@code MAP_NORESERVE}. */
    public static final int MAP_NORESERVE = 0x4000;

    private static final int MAP_32BIT = 0x40;
    /** Older kernels than 4.17 do not know the flag and take the address as a hint. */
    private static final int MAP_FIXED_NOREPLACE = 0x10_0000;

    private static final int MADV_DONTNEED = 4;
    private static final int MADV_NOHUGEPAGE = 15;
    private static final long MAP_FAILED = -1;

    private static final MethodHandle MMAP = LibcFunction.link(
            "mmap",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG),
            CapturedErrno.capture());
    private static final MethodHandle MUNMAP = LibcFunction.link(
            "munmap", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final MethodHandle MADVISE = LibcFunction.link(
            "madvise",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

    private Mapping() {}

    /**
     * Maps zeroed memory that is never unmapped.
     *
     * @param byteSize its size in bytes, 1 or more; the kernel rounds it up to whole pages
     * @param protection {@code PROT_} bits
     * @param flags {@code MAP_} bits, {@link #MAP_ANONYMOUS} among them
     * @return the memory
     * @throws MappingRefusedException if the kernel refuses
     */
    public static MemorySegment map(long byteSize, int protection, int flags) {
        return mapAt(0, byteSize, protection, flags);
    }

    /**
     * Maps zeroed memory that is never unmapped, in a part of the address space.
     *
     * @param placement which part
     * @param byteSize its size in bytes, 1 or more; the kernel rounds it up to whole pages
     * @param protection {@code PROT_} bits
     * @param flags {@code MAP_} bits, {@link #MAP_ANONYMOUS} among them
     * @return the memory
     * @throws MappingRefusedException if the kernel refuses, or has no room there
     */
    public static MemorySegment map(Placement placement, long byteSize, int protection, int flags) {
        if (placement == Placement.ANYWHERE) {
            return map(byteSize, protection, flags);
        }
        try {
            return map(byteSize, protection, flags | MAP_32BIT);
        } catch (MappingRefusedException noRoom) {
            return Placement.candidatesBelow4GiB(byteSize)
                    .mapToObj(address -> mapExactly(address, byteSize, protection, flags))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow(() -> noRoom);
        }
    }

    private static Optional<MemorySegment> mapExactly(long address, long byteSize, int protection, int flags) {
        try {
            MemorySegment mapped = mapAt(address, byteSize, protection, flags | MAP_FIXED_NOREPLACE);
            if (mapped.address() == address) {
                return Optional.of(mapped);
            }
            unmap(mapped);
            return Optional.empty();
        } catch (MappingRefusedException taken) {
            return Optional.empty();
        }
    }

    private static MemorySegment mapAt(long address, long byteSize, int protection, int flags) {
        MemorySegment state = CapturedErrno.state();
        try {
            long mapped = (long) MMAP.invokeExact(state, address, byteSize, protection, flags, -1, 0L);
            if (mapped == MAP_FAILED) {
                throw new MappingRefusedException(byteSize, CapturedErrno.number(state));
            }
            return MemorySegment.ofAddress(mapped).reinterpret(byteSize);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static void unmap(MemorySegment pages) {
        try {
            int done = (int) MUNMAP.invokeExact(pages.address(), pages.byteSize());
            assert done == 0;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Zeroes whole pages by giving them back to the kernel, which maps zeroed ones when they are next touched.
     *
     * @param pages memory of a private anonymous mapping, page-aligned at both ends
     */
    static void discard(MemorySegment pages) {
        if (!advise(pages, MADV_DONTNEED)) {
            pages.fill((byte) 0); // the advice was refused, as it is for locked pages
        }
    }

    /**
     * Asks for ordinary pages only, so that touching a few bytes does not cost a huge page. A kernel without huge pages
     * refuses, which is as good.
     *
     * @param pages memory of a mapping, page-aligned at both ends
     * @return whether the kernel took the advice
     */
    static boolean refuseHugePages(MemorySegment pages) {
        return advise(pages, MADV_NOHUGEPAGE);
    }

    private static boolean advise(MemorySegment pages, int advice) {
        try {
            return (int) MADVISE.invokeExact(pages.address(), pages.byteSize(), advice) == 0;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}

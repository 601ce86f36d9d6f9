package dev.trapgate.host;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.glibc.LibcSyscall;
import dev.trapgate.host.memory.Placement;
import dev.trapgate.host.memory.RegionMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Arguments that a careless or hostile program would give, drawn at random. None of them names memory that the JVM uses:
 * a pointer is one of this object's own buffers, or an address that no process can have mapped.
 */
final class HostileArguments {

    /** What a call takes at one position. */
    enum Kind {
        /** 0. */
        ZERO,
        /** No open descriptor. */
        DESCRIPTOR,
        /** Any 32 or 64 bits. */
        NUMBER,
        /** From −1 to 64; for output, buffers hold much more than a call writes for so small a count. */
        COUNT,
        /** Any size: only beside a descriptor, a path or a pointer for which a call fails before it writes. */
        SIZE,
        /** The size of a small buffer, 0 to 4096. */
        SMALL_SIZE,
        /** A signal set's size as the kernel wants it, 8. */
        EIGHT,
        /** The futex operation that wakes those who wait, here nobody. */
        FUTEX_WAKE,
        /** A clock's id, mostly none. */
        CLOCK,
        /** The id of no process. */
        ABSENT_PROCESS,
        /** An address to which nothing is written: null, or not mapped, or not accessible. */
        UNMAPPED,
        /** Such an address, or a buffer of our own, or one that ends before it should. */
        OUTPUT,
        /** The path of nothing, or no path. */
        PATH,
        /** A page of our own that nothing else is kept in. */
        PAGE,
        /** The size of that page. */
        PAGE_SIZE
    }

    private static final long PAGE_BYTES = 4096;
    private static final long BUFFER_BYTES = 64 << 10;
    private static final long PROT_NONE = 0;
    private static final long PROT_READ = 1;
    private static final long PAGES = 3;

    private static final long[] NUMBERS = {
        0,
        1,
        2,
        -1,
        -2,
        7,
        4095,
        4096,
        -4095,
        -4096,
        0x7fff_ffffL,
        0x8000_0000L,
        -0x8000_0000L,
        0xffff_ffffL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    /** No process has so many descriptors. */
    private static final long[] DESCRIPTORS = {-1, -2, -100, 0x7fff_ffffL, 0x8000_0000L, -0x8000_0000L, 0x3fff_fff0L};

    private final Random random;
    private final long[] unmapped;
    private final long[] outputs;
    private final long[] paths;
    private final long page;

    /**
     * Prepares the buffers for a gate.
     *
     * @param entry the gate
     * @param random what draws
     */
    HostileArguments(SyscallEntry entry, Random random) throws IOException {
        this.random = random;
        Placement placement = entry.abi() == Abi.I386 ? Placement.BELOW_4_GIB : Placement.ANYWHERE;
        long end = endOfPages(placement);
        MemorySegment own =
                entry.memory().open().allocate(2 * BUFFER_BYTES, PAGE_BYTES).segment();
        page = endOfPages(placement) - PAGE_BYTES;
        unmapped = placement == Placement.BELOW_4_GIB ? unmappedBelow4GiB(end) : unmappedAnywhere(end);
        outputs = LongStream.concat(
                        LongStream.of(unmapped),
                        LongStream.of(
                                own.address(),
                                own.address() + 1,
                                own.address() + 4093,
                                own.address() + BUFFER_BYTES,
                                end - 1,
                                end - 4,
                                end - 7,
                                end - 8,
                                end - 15,
                                end - 16,
                                end - 100,
                                end - PAGE_BYTES))
                .toArray();
        paths = LongStream.concat(LongStream.of(unmapped), LongStream.of(paths(endOfPages(placement))))
                .toArray();
    }

    /** {@return where pages of our own end, followed by one that cannot be touched and never goes away} */
    private static long endOfPages(Placement placement) {
        long end = RegionMemory.reserve(1 << 20, placement).base() + PAGES * PAGE_BYTES;
        protect(end, 1, PROT_NONE);
        return end;
    }

    private static void protect(long address, long pages, long protection) {
        long answer = LibcSyscall.call(Syscall.MPROTECT, address, pages * PAGE_BYTES, protection);
        if (answer != 0) {
            throw new IllegalStateException("mprotect answered " + answer);
        }
    }

    /** Three paths of nothing, the third without an end before its page's. */
    private static long[] paths(long end) {
        long start = end - PAGES * PAGE_BYTES;
        MemorySegment pages = MemorySegment.ofAddress(start).reinterpret(PAGES * PAGE_BYTES);
        pages.fill((byte) 'x'); // a page and a half of it is longer than any path
        byte[] absent = "/nonexistent/trapgate/file\0".getBytes(US_ASCII);
        MemorySegment.copy(absent, 0, pages, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, absent.length);
        protect(start, PAGES, PROT_READ);
        long empty = start + absent.length - 1;
        return new long[] {start, empty, start + 100, end - 20, end - 1};
    }

    private static long[] unmappedAnywhere(long end) {
        return new long[] {
            0,
            1,
            -1,
            -4096,
            0x0000_7fff_ffff_f000L, // the last page below the canonical hole: Linux never maps it
            0x0000_8000_0000_0000L, // not canonical
            0x8000_0000_0000_0000L,
            0xffff_8000_0000_0000L, // the kernel's
            0xffff_ffff_8000_0000L,
            0xffff_ffff_ff60_0000L, // the vsyscall page
            end,
            end + 1,
            end + PAGE_BYTES - 1
        };
    }

    /** The kernel sees the low half only, so what is not mapped must be looked up. */
    private static long[] unmappedBelow4GiB(long end) throws IOException {
        List<String> maps = Files.readAllLines(Path.of("/proc/self/maps"));
        long[] candidates = LongStream.concat(
                        LongStream.of(unmappedAnywhere(end)), LongStream.of(0x7fff_f000L, 0xffff_e000L, 0xffff_fff8L))
                .toArray();
        return Arrays.stream(candidates)
                .filter(address -> isProtected(address, end) || isFree(maps, address & 0xffff_ffffL))
                .toArray();
    }

    private static boolean isProtected(long address, long end) {
        return address >= end && address < end + PAGE_BYTES;
    }

    private static boolean isFree(List<String> maps, long address) {
        return maps.stream().noneMatch(line -> {
            String[] range = line.substring(0, line.indexOf(' ')).split("-", 2);
            long first = Long.parseUnsignedLong(range[0], 16);
            long end = Long.parseUnsignedLong(range[1], 16);
            long margin = 1L << 20;
            return Long.compareUnsigned(first, address + margin) < 0 && Long.compareUnsigned(address, end) < 0;
        });
    }

    /**
     * Draws arguments.
     *
     * @param kinds what the call takes
     * @return six arguments, those beyond what the call takes drawn from all numbers
     */
    long[] draw(List<Kind> kinds) {
        long[] drawn = new long[6];
        for (int i = 0; i < 6; i++) {
            drawn[i] = draw(i < kinds.size() ? kinds.get(i) : Kind.NUMBER);
        }
        return drawn;
    }

    private long draw(Kind kind) {
        return switch (kind) {
            case ZERO -> 0;
            case EIGHT -> 8;
            case FUTEX_WAKE -> 1;
            case PAGE -> page;
            case PAGE_SIZE -> PAGE_BYTES;
            case ABSENT_PROCESS -> 0x7fff_ffffL; // above the largest pid_max, 4194304
            case DESCRIPTOR -> anyOf(DESCRIPTORS);
            case NUMBER, SIZE -> random.nextInt(4) == 0 ? random.nextLong() : anyOf(NUMBERS);
            case COUNT -> random.nextInt(66) - 1;
            case SMALL_SIZE -> random.nextInt(4097);
            case CLOCK -> random.nextInt(3) == 0 ? anyOf(NUMBERS) : random.nextInt(40) - 20;
            case UNMAPPED -> anyOf(unmapped);
            case OUTPUT -> anyOf(outputs);
            case PATH -> anyOf(paths);
        };
    }

    private long anyOf(long[] values) {
        return values[random.nextInt(values.length)];
    }
}

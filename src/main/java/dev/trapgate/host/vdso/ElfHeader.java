package dev.trapgate.host.vdso;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * What an ELF image's header and program headers say, checked.
 *
 * @param elfClass the width of its addresses
 * @param machine what it is for
 * @param segments its program headers, in their order
 */
record ElfHeader(ElfClass elfClass, ElfMachine machine, List<Segment> segments) {

    /** No image is taken that wants more memory than this, in bytes: a vDSO has two pages, a large library a few MiB. */
    static final long LARGEST = 64L << 20;

    private static final long MAGIC = 0x464c_457fL; // 7f 'E' 'L' 'F'
    private static final int LITTLE_ENDIAN = 1;
    private static final int ET_DYN = 3;

    /**
     * A program header.
     *
     * @param type its {@code p_type}
     * @param offset where it is in the file
     * @param address where it is in the image's address space, not relocated
     * @param fileSize its size in the file, in bytes
     * @param memorySize its size in memory, in bytes
     */
    record Segment(long type, long offset, long address, long fileSize, long memorySize) {

        static final long PT_LOAD = 1;
        static final long PT_DYNAMIC = 2;
    }

    /**
     * Reads the headers.
     *
     * @param start bytes from the image's first on, the program headers among them
     * @throws MalformedElfException if they are not a little-endian x86 shared object's
     */
    static ElfHeader read(MemorySegment start) {
        ElfMemory ident = new ElfMemory(start, ElfClass.ELF32, 0);
        if (ident.u32(0) != MAGIC) {
            throw new MalformedElfException(
                    "it starts with " + ElfMemory.hex(ident.u32(0)) + ", not with 7f 'E' 'L' 'F'");
        }
        ElfClass elfClass = ElfClass.ofIdent(ident.u8(4));
        expect("byte order", ident.u8(5), LITTLE_ENDIAN);
        expect("ident version", ident.u8(6), 1);
        ElfMemory bytes = new ElfMemory(start, elfClass, 0);
        expect("type", bytes.u16(16), ET_DYN);
        ElfMachine machine = ElfMachine.of(bytes.u16(18), elfClass);
        expect("program header size", bytes.u16(elfClass.phentsizeField()), elfClass.programHeaderSize());
        return new ElfHeader(elfClass, machine, segments(bytes));
    }

    private static void expect(String what, long found, long expected) {
        if (found != expected) {
            throw new MalformedElfException(what + " " + found + ", expected " + expected);
        }
    }

    private static List<Segment> segments(ElfMemory bytes) {
        ElfClass elfClass = bytes.elfClass();
        long table = bytes.word(elfClass.phoffField());
        int count = bytes.u16(elfClass.phentsizeField() + 2);
        bytes.check("the program header table", table, count, elfClass.programHeaderSize());
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            segments.add(segment(bytes, table + i * elfClass.programHeaderSize()));
        }
        return List.copyOf(segments);
    }

    private static Segment segment(ElfMemory bytes, long header) {
        int word = bytes.elfClass().wordSize();
        long offset = header + word; // p_type, and in ELF64 p_flags, come first
        return new Segment(
                bytes.u32(header),
                bytes.word(offset),
                bytes.word(offset + word),
                bytes.word(offset + 3L * word),
                bytes.word(offset + 4L * word));
    }

    /** {@return the segments that are mapped, one at least, the first of them holding this header} */
    List<Segment> loads() {
        List<Segment> loads =
                segments.stream().filter(s -> s.type() == Segment.PT_LOAD).toList();
        if (loads.isEmpty()) {
            throw new MalformedElfException("it has no PT_LOAD segment");
        }
        return loads;
    }

    /** {@return the virtual address, not relocated, at which the image's first byte goes; it may be high} */
    long start() {
        Segment first = loads().getFirst();
        return elfClass.wrap(first.address() - first.offset());
    }

    /** {@return how many bytes from {@link #start()} to the end of the last segment, at most {@link #LARGEST}} */
    long extent() {
        return loads().stream().mapToLong(this::endOf).max().orElseThrow();
    }

    private long endOf(Segment load) {
        long from = elfClass.wrap(load.address() - start());
        if (from < 0 || from > LARGEST || load.memorySize() < 0 || load.memorySize() > LARGEST - from) {
            throw new MalformedElfException("a segment has " + ElfMemory.hex(load.memorySize()) + " bytes at "
                    + ElfMemory.hex(load.address()) + ", " + (LARGEST >> 20) + " MiB or more from the image's start");
        }
        return from + load.memorySize();
    }
}

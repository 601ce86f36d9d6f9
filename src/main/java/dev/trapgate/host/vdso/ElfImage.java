package dev.trapgate.host.vdso;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * An x86 shared object, little-endian, 32-bit or 64-bit, as it lies in memory: what a dynamic linker needs of it to find
 * a symbol by name and version.
 *
 * <p>Nothing the image says is believed: every access is checked against its bounds, and an image that contradicts
 * itself ends in a {@link MalformedElfException}, of whichever method comes across the fault. No method writes to the
 * image or runs its code.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
public final class ElfImage {

    private static final long PAGE = 4096;

    private static final long DT_NULL = 0;
    private static final long DT_STRTAB = 5;
    private static final long DT_SYMTAB = 6;
    private static final long DT_STRSZ = 10;
    private static final long DT_SYMENT = 11;
    private static final long DT_VERSYM = 0x6fff_fff0L;
    private static final long DT_VERDEF = 0x6fff_fffcL;
    private static final long DT_VERDEFNUM = 0x6fff_fffdL;

    private final ElfHeader header;
    private final long byteSize;
    private final ElfMemory memory;
    private final long symbolTable;
    private final long strings;
    private final long stringsSize;
    private final Map<HashKind, SymbolHash> hashes = new EnumMap<>(HashKind.class);
    private final Optional<SymbolVersions> versions;

    private ElfImage(ElfHeader header, MemorySegment image) {
        this.header = header;
        this.byteSize = image.byteSize();
        this.memory = new ElfMemory(image, header.elfClass(), header.start());
        Map<Long, Long> dynamic = dynamicSection();
        this.symbolTable = needed(dynamic, DT_SYMTAB, "DT_SYMTAB");
        this.strings = needed(dynamic, DT_STRTAB, "DT_STRTAB");
        this.stringsSize = needed(dynamic, DT_STRSZ, "DT_STRSZ");
        memory.check("DT_STRTAB", strings, stringsSize, 1);
        long symbolSize = header.elfClass().symbolSize();
        if (dynamic.getOrDefault(DT_SYMENT, symbolSize) != symbolSize) {
            throw new MalformedElfException("DT_SYMENT is not " + symbolSize);
        }
        readHashes(dynamic);
        this.versions = readVersions(dynamic);
    }

    /**
     * Lays out a file as a loader would and reads that.
     *
     * @param file the file's bytes
     * @return the image
     * @throws MalformedElfException if the bytes are not an x86 shared object with a symbol hash table
     */
    public static ElfImage ofFile(byte[] file) {
        MemorySegment bytes = MemorySegment.ofArray(file);
        ElfHeader header = ElfHeader.read(bytes);
        MemorySegment image = MemorySegment.ofArray(new byte[Math.toIntExact(header.extent())]);
        for (ElfHeader.Segment load : header.loads()) {
            long target = header.elfClass().wrap(load.address() - header.start());
            if (load.offset() < 0
                    || load.fileSize() < 0
                    || load.offset() > bytes.byteSize() - load.fileSize()
                    || load.fileSize() > load.memorySize()) {
                throw new MalformedElfException("a segment has " + ElfMemory.hex(load.fileSize()) + " bytes at offset "
                        + ElfMemory.hex(load.offset()) + " of a file of " + bytes.byteSize() + " bytes");
            }
            MemorySegment.copy(bytes, load.offset(), image, target, load.fileSize());
        }
        return new ElfImage(header, image);
    }

    /**
     * Reads an image that is mapped already, without relocations: a vDSO.
     *
     * @param mapped memory from the image's first byte on, at least as much of it as the image has
     * @return the image
     * @throws MalformedElfException if the bytes are not an x86 shared object with a symbol hash table
     */
    public static ElfImage ofMapped(MemorySegment mapped) {
        ElfHeader header = ElfHeader.read(mapped);
        long extent = header.extent();
        if (extent > mapped.byteSize()) {
            throw new MalformedElfException(
                    "its segments have " + extent + " bytes, but only " + mapped.byteSize() + " are there");
        }
        return new ElfImage(header, mapped.asSlice(0, extent));
    }

    /**
     * Reads an image that the kernel has mapped into this process. Its program headers must be in its first page.
     *
     * @param loadAddress the address of its first byte, as {@code AT_SYSINFO_EHDR} gives it
     * @return the image; it knows its own size, and nothing beyond is ever read
     * @throws MalformedElfException if what is there is not an x86 shared object with a symbol hash table
     */
    @SuppressWarnings("restricted") // gives the mapping first the size of a page, then what its headers say it has
    public static ElfImage at(long loadAddress) {
        MemorySegment start = MemorySegment.ofAddress(loadAddress);
        long extent = ElfHeader.read(start.reinterpret(PAGE)).extent();
        return ofMapped(start.reinterpret(extent));
    }

    private Map<Long, Long> dynamicSection() {
        ElfHeader.Segment dynamic = header.segments().stream()
                .filter(s -> s.type() == ElfHeader.Segment.PT_DYNAMIC)
                .findFirst()
                .orElseThrow(() -> new MalformedElfException("it has no PT_DYNAMIC segment"));
        long entrySize = header.elfClass().dynamicEntrySize();
        long count = dynamic.memorySize() / entrySize;
        memory.check("PT_DYNAMIC", dynamic.address(), count, entrySize);
        Map<Long, Long> values = new HashMap<>();
        for (long i = 0; i < count; i++) {
            long entry = dynamic.address() + i * entrySize;
            long tag = memory.word(entry);
            if (tag == DT_NULL) {
                break;
            }
            values.put(tag, memory.word(entry + header.elfClass().wordSize()));
        }
        return values;
    }

    private static long needed(Map<Long, Long> dynamic, long tag, String name) {
        Long value = dynamic.get(tag);
        if (value == null) {
            throw new MalformedElfException("its dynamic section has no " + name);
        }
        return value;
    }

    private void readHashes(Map<Long, Long> dynamic) {
        for (HashKind kind : HashKind.values()) {
            Long table = dynamic.get(kind.tag());
            if (table != null) {
                hashes.put(kind, kind == HashKind.DT_HASH ? new SysvHash(memory, table) : new GnuHash(memory, table));
            }
        }
        if (hashes.isEmpty()) {
            throw new MalformedElfException(
                    "it has neither DT_HASH nor DT_GNU_HASH, so no symbol can be found by name");
        }
    }

    private Optional<SymbolVersions> readVersions(Map<Long, Long> dynamic) {
        Long versym = dynamic.get(DT_VERSYM);
        Long verdef = dynamic.get(DT_VERDEF);
        if (versym == null || verdef == null) {
            return Optional.empty();
        }
        long count = dynamic.getOrDefault(DT_VERDEFNUM, byteSize);
        return Optional.of(new SymbolVersions(memory, versym, verdef, count, this::string));
    }

    /** {@return the width of its addresses} */
    public ElfClass elfClass() {
        return header.elfClass();
    }

    /** {@return what it is for} */
    public ElfMachine machine() {
        return header.machine();
    }

    /** {@return how many bytes it takes in memory, from its first to the end of its last segment} */
    public long byteSize() {
        return byteSize;
    }

    /** {@return the virtual address it was linked for, 0 unless it was prelinked} */
    public long linkedAddress() {
        return header.start();
    }

    /** {@return the hash tables it has, one or both} */
    public Set<HashKind> hashKinds() {
        return Collections.unmodifiableSet(hashes.keySet());
    }

    /** {@return the names of the versions it defines, in its own order; empty if its symbols have no versions} */
    public List<String> versions() {
        return versions.map(SymbolVersions::names).orElse(List.of());
    }

    /**
     * Says where a symbol is.
     *
     * @param symbol a symbol of this image
     * @param loadAddress the address of the image's first byte
     * @return the symbol's address; what an {@linkplain ElfSymbol#isAbsolute() absolute} symbol stands for
     */
    public long address(ElfSymbol symbol, long loadAddress) {
        return symbol.isAbsolute() ? symbol.value() : elfClass().wrap(loadAddress + symbol.value() - header.start());
    }

    /** {@return every symbol it defines, local ones included, in its own order} */
    public List<ElfSymbol> symbols() {
        long count = hashes.values().iterator().next().symbolCount();
        memory.check("DT_SYMTAB", symbolTable, count, elfClass().symbolSize());
        List<ElfSymbol> symbols = new ArrayList<>();
        LongStream.range(1, count)
                .mapToObj(this::symbol)
                .filter(ElfSymbol::isDefined)
                .forEach(symbols::add);
        return symbols;
    }

    /**
     * Looks up an exported symbol by its name alone, as a program would that was linked without versions.
     *
     * @param name its name
     * @return the symbol of that name that is not hidden
     */
    public Optional<ElfSymbol> find(String name) {
        return find(name, index -> versions.map(v -> v.isDefault(index)).orElse(true));
    }

    /**
     * Looks up an exported symbol by name and version. Where the image defines no versions, the version is not looked
     * at.
     *
     * @param name its name
     * @param version its version, for example {@code LINUX_2.6}
     * @return the symbol
     */
    public Optional<ElfSymbol> find(String name, String version) {
        return find(name, index -> versions.map(v -> v.matches(index, version)).orElse(true));
    }

    /** Looks a name up in one of the tables, for tests that compare the two. */
    Optional<ElfSymbol> find(HashKind kind, String name) {
        return find(table(kind), name, index -> true);
    }

    private Optional<ElfSymbol> find(String name, LongPredicate hasVersion) {
        HashKind kind = hashes.containsKey(HashKind.DT_GNU_HASH) ? HashKind.DT_GNU_HASH : HashKind.DT_HASH;
        return find(table(kind), name, hasVersion);
    }

    private SymbolHash table(HashKind kind) {
        return Optional.ofNullable(hashes.get(kind)).orElseThrow(() -> new MalformedElfException("it has no " + kind));
    }

    private Optional<ElfSymbol> find(SymbolHash hash, String name, LongPredicate hasVersion) {
        return hash
                .find(
                        name.getBytes(StandardCharsets.UTF_8),
                        index -> symbol(index).name().equals(name)
                                && symbol(index).isExported()
                                && hasVersion.test(index))
                .stream()
                .mapToObj(this::symbol)
                .findFirst();
    }

    private ElfSymbol symbol(long index) {
        ElfClass elfClass = elfClass();
        long entry = symbolTable + index * elfClass.symbolSize();
        int info = memory.u8(entry + elfClass.symbolInfoField());
        return new ElfSymbol(
                string(memory.u32(entry)),
                versions.flatMap(v -> v.of(index)),
                memory.word(entry + elfClass.symbolValueField()),
                memory.word(entry + elfClass.symbolSizeField()),
                ElfSymbol.Type.of(info),
                ElfSymbol.Binding.of(info),
                memory.u16(entry + elfClass.symbolSectionField()));
    }

    private String string(long index) {
        if (index >= stringsSize) {
            throw new MalformedElfException("a name starts " + index + " bytes into " + stringsSize + " of DT_STRTAB");
        }
        return memory.string(strings + index, stringsSize - index);
    }
}

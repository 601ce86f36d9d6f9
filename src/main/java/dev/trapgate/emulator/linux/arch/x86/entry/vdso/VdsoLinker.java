package dev.trapgate.emulator.linux.arch.x86.entry.vdso;

import dev.trapgate.emulator.cpu.PageFrames;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a vDSO together: header, program headers, DT_HASH, DT_GNU_HASH, symbols, names, versions, dynamic section, code.
 * There are no sections, which nobody needs who finds symbols as a dynamic linker does.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
final class VdsoLinker {

    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int READ_EXECUTE = 5;
    private static final int READ = 4;
    private static final int PROGRAM_HEADERS = 2;
    private static final int EM_386 = 3;
    private static final int EM_X86_64 = 62;
    private static final int STB_GLOBAL_FUNC = 0x12;
    private static final int STB_WEAK_FUNC = 0x22;
    private static final int VERDEF_SIZE = 28;
    private static final int VER_FLG_BASE = 1;
    private static final int BLOOM_SHIFT = 6;
    private static final int DYNAMIC_ENTRIES = 12;

    private final boolean wide;
    private final long linkedAt;
    private final List<VdsoSymbol> symbols;
    private final List<String> versions;
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final ByteBuffer image = ByteBuffer.allocate(PageFrames.PAGE_SIZE).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * Prepares an image.
     *
     * @param wordSize 8 for ELF64, 4 for ELF32
     * @param linkedAt the address it is linked for
     * @param soname its own name
     * @param versions the versions, in their order
     * @param symbols what it exports; their order is kept but for what DT_GNU_HASH wants
     */
    VdsoLinker(int wordSize, long linkedAt, String soname, List<String> versions, List<VdsoSymbol> symbols) {
        this.wide = wordSize == Long.BYTES;
        this.linkedAt = linkedAt;
        this.versions = new ArrayList<>(versions);
        this.versions.addFirst(soname);
        this.symbols = new ArrayList<>(symbols);
        int buckets = buckets();
        this.symbols.sort((a, b) -> Integer.compare(
                Integer.remainderUnsigned(gnuHash(a.name()), buckets),
                Integer.remainderUnsigned(gnuHash(b.name()), buckets)));
        strings.write(0);
        this.versions.forEach(this::name);
        this.symbols.forEach(symbol -> name(symbol.name()));
    }

    private int name(String text) {
        return names.computeIfAbsent(text, absent -> {
            int at = strings.size();
            strings.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            strings.write(0);
            return at;
        });
    }

    /**
     * Writes the image.
     *
     * @param textStart where the code begins
     * @param text the code, of which the symbols' offsets tell the parts
     * @return the image
     * @throws IllegalStateException if the code begins before the tables end
     */
    MemorySegment link(int textStart, byte[] text) {
        int headers = wide ? 64 + 56 * PROGRAM_HEADERS : 52 + 32 * PROGRAM_HEADERS;
        image.position(headers);
        int hash = put(this::hashTable);
        int gnuHash = put(this::gnuHashTable);
        int symbolTable = put(this::symbolTable);
        int stringTable = put(() -> image.put(strings.toByteArray()));
        int versionTable = put(() -> {
            image.putShort((short) 0);
            symbols.forEach(symbol -> image.putShort((short) versionIndex(symbol.version())));
        });
        int definitions = put(this::versionDefinitions);
        align();
        int dynamic = image.position();
        dynamicEntry(14, name(versions.getFirst())); // DT_SONAME
        dynamicEntry(4, linkedAt + hash); // DT_HASH
        dynamicEntry(0x6fff_fef5L, linkedAt + gnuHash); // DT_GNU_HASH
        dynamicEntry(5, linkedAt + stringTable); // DT_STRTAB
        dynamicEntry(6, linkedAt + symbolTable); // DT_SYMTAB
        dynamicEntry(10, strings.size()); // DT_STRSZ
        dynamicEntry(11, wide ? 24 : 16); // DT_SYMENT
        dynamicEntry(0x6fff_fffcL, linkedAt + definitions); // DT_VERDEF
        dynamicEntry(0x6fff_fffdL, versions.size()); // DT_VERDEFNUM
        dynamicEntry(0x6fff_fff0L, linkedAt + versionTable); // DT_VERSYM
        dynamicEntry(0, 0);
        dynamicEntry(0, 0);
        if (image.position() > textStart) {
            throw new IllegalStateException("the vDSO's tables end at 0x" + Integer.toHexString(image.position())
                    + ", its code begins at 0x" + Integer.toHexString(textStart));
        }
        image.position(textStart).put(text);
        int end = image.position();
        image.position(0);
        header(dynamic, end);
        return MemorySegment.ofArray(image.array()).asSlice(0, end);
    }

    private int put(Runnable part) {
        align();
        int at = image.position();
        part.run();
        return at;
    }

    private void align() {
        image.position(image.position() + 7 & -8);
    }

    private void header(int dynamic, int end) {
        image.putInt(0x464c_457f).put((byte) (wide ? 2 : 1)).put((byte) 1).put((byte) 1);
        image.position(16);
        image.putShort((short) 3).putShort((short) (wide ? EM_X86_64 : EM_386)).putInt(1); // ET_DYN
        word(0);
        word(wide ? 64 : 52);
        word(0);
        image.putInt(0).putShort((short) (wide ? 64 : 52));
        image.putShort((short) (wide ? 56 : 32)).putShort((short) PROGRAM_HEADERS);
        image.putShort((short) (wide ? 64 : 40)).putInt(0);
        programHeader(PT_LOAD, READ_EXECUTE, 0, end);
        programHeader(PT_DYNAMIC, READ, dynamic, DYNAMIC_ENTRIES * (wide ? 16 : 8));
    }

    private void programHeader(int type, int flags, int offset, int size) {
        image.putInt(type);
        if (wide) {
            image.putInt(flags);
        }
        word(offset);
        word(linkedAt + offset);
        word(linkedAt + offset);
        word(size);
        word(size);
        if (!wide) {
            image.putInt(flags);
        }
        word(type == PT_LOAD ? PageFrames.PAGE_SIZE : Long.BYTES);
    }

    private void word(long value) {
        if (wide) {
            image.putLong(value);
        } else {
            image.putInt((int) value);
        }
    }

    private void dynamicEntry(long tag, long value) {
        word(tag);
        word(value);
    }

    private void symbolTable() {
        image.put(new byte[wide ? 24 : 16]);
        for (VdsoSymbol symbol : symbols) {
            byte info = (byte) (symbol.binding() == VdsoSymbol.Binding.WEAK ? STB_WEAK_FUNC : STB_GLOBAL_FUNC);
            image.putInt(name(symbol.name()));
            if (wide) {
                image.put(info).put((byte) 0).putShort((short) 1);
                image.putLong(linkedAt + symbol.offset()).putLong(symbol.size());
            } else {
                image.putInt((int) linkedAt + symbol.offset()).putInt(symbol.size());
                image.put(info).put((byte) 0).putShort((short) 1);
            }
        }
    }

    private int versionIndex(String version) {
        return versions.indexOf(version) + 1;
    }

    private void versionDefinitions() {
        for (int i = 0; i < versions.size(); i++) {
            boolean last = i == versions.size() - 1;
            image.putShort((short) 1).putShort((short) (i == 0 ? VER_FLG_BASE : 0));
            image.putShort((short) (i + 1)).putShort((short) 1);
            image.putInt(sysvHash(versions.get(i))).putInt(20).putInt(last ? 0 : VERDEF_SIZE);
            image.putInt(name(versions.get(i))).putInt(0);
        }
    }

    private int buckets() {
        return Math.max(1, symbols.size() / 2);
    }

    private void hashTable() {
        int buckets = buckets();
        int[] heads = new int[buckets];
        int[] chain = new int[symbols.size() + 1];
        for (int symbol = symbols.size(); symbol > 0; symbol--) {
            int bucket =
                    Integer.remainderUnsigned(sysvHash(symbols.get(symbol - 1).name()), buckets);
            chain[symbol] = heads[bucket];
            heads[bucket] = symbol;
        }
        image.putInt(buckets).putInt(chain.length);
        for (int head : heads) {
            image.putInt(head);
        }
        for (int next : chain) {
            image.putInt(next);
        }
    }

    /** Symbols of a bucket follow one another, the last with bit 0 set; a filter of one word tells which are not there. */
    private void gnuHashTable() {
        int buckets = buckets();
        int bits = wide ? Long.SIZE : Integer.SIZE;
        long filter = 0;
        int[] heads = new int[buckets];
        int[] values = new int[symbols.size()];
        for (int i = symbols.size() - 1; i >= 0; i--) {
            int hash = gnuHash(symbols.get(i).name());
            int bucket = Integer.remainderUnsigned(hash, buckets);
            filter |= 1L << Integer.remainderUnsigned(hash, bits);
            filter |= 1L << Integer.remainderUnsigned(hash >>> BLOOM_SHIFT, bits);
            values[i] = heads[bucket] == 0 ? hash | 1 : hash & ~1;
            heads[bucket] = i + 1;
        }
        image.putInt(buckets).putInt(1).putInt(1).putInt(BLOOM_SHIFT);
        word(filter);
        for (int head : heads) {
            image.putInt(head);
        }
        for (int value : values) {
            image.putInt(value);
        }
    }

    /** {@return the hash of DT_HASH and of versions: 28 bits} */
    static int sysvHash(String name) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash << 4) + name.charAt(i);
            hash = (hash ^ (hash >>> 24 & 0xf0)) & 0x0fff_ffff;
        }
        return hash;
    }

    private static int gnuHash(String name) {
        int hash = 5381;
        for (int i = 0; i < name.length(); i++) {
            hash = hash * 33 + name.charAt(i);
        }
        return hash;
    }
}

package dev.trapgate.emulator.linux.arch.x86.entry.vdso;

import dev.trapgate.emulator.linux.mm.Uaccess;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Finds functions in a program's 64-bit vDSO as a C library does: from AT_SYSINFO_EHDR by program headers and dynamic
 * section to DT_HASH, the symbol, its version.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/vdso.7.html">vdso(7)</a>
 */
public final class VdsoLookup {

    private static final int PAGE = 4096;
    private static final int PROGRAM_HEADER = 56;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final long DT_HASH = 4;
    private static final long DT_STRTAB = 5;
    private static final long DT_SYMTAB = 6;
    private static final long DT_VERSYM = 0x6fff_fff0L;
    private static final long DT_VERDEF = 0x6fff_fffcL;
    private static final int SYMBOL = 24;
    private static final int INDEX_MASK = 0x7fff;

    private final long load;
    private final UserStructure image;
    private final Map<Long, Long> dynamic = new HashMap<>();
    private long linkedAt;

    /**
     * Reads a program's vDSO, which has one page.
     *
     * @param uaccess the way to the program's memory
     * @param load AT_SYSINFO_EHDR
     * @throws IllegalStateException if there is no image of ELF64
     */
    public VdsoLookup(Uaccess uaccess, long load) {
        UserStructure page = UserStructure.from(uaccess, load, PAGE);
        if (page == null || page.get64(0) != 0x0001_0102_464c_457fL) {
            throw new IllegalStateException("no vDSO at 0x" + Long.toHexString(load));
        }
        this.load = load;
        this.image = page;
        readHeaders();
    }

    private void readHeaders() {
        int headers = (int) image.get64(32);
        for (int i = 0; i < image.get16(56); i++) {
            UserStructure header = image.at(headers + i * PROGRAM_HEADER, PROGRAM_HEADER);
            if (header.get32(0) == PT_LOAD) {
                linkedAt = header.get64(16) - header.get64(8);
            } else if (header.get32(0) == PT_DYNAMIC) {
                readDynamic((int) header.get64(8));
            }
        }
    }

    private void readDynamic(int at) {
        int entry = at;
        while (image.get64(entry) != 0) {
            dynamic.put(image.get64(entry), image.get64(entry + 8));
            entry += 16;
        }
    }

    private int table(long tag) {
        return (int) (dynamic.getOrDefault(tag, linkedAt) - linkedAt);
    }

    /**
     * Looks a function up.
     *
     * @param name its name
     * @param version its version
     * @return its address in the program; empty if the vDSO has none of that name and version
     */
    public OptionalLong find(String name, String version) {
        int hash = table(DT_HASH);
        int buckets = image.get32(hash);
        int bucket = Integer.remainderUnsigned(VdsoLinker.sysvHash(name), buckets);
        int symbol = image.get32(hash + 8 + 4 * bucket);
        while (symbol != 0) {
            int entry = table(DT_SYMTAB) + symbol * SYMBOL;
            boolean defined = image.get16(entry + 6) != 0;
            if (defined
                    && string(image.get32(entry)).equals(name)
                    && version(symbol).equals(version)) {
                return OptionalLong.of(load + image.get64(entry + 8) - linkedAt);
            }
            symbol = image.get32(hash + 8 + 4 * (buckets + symbol));
        }
        return OptionalLong.empty();
    }

    private String version(int symbol) {
        int wanted = image.get16(table(DT_VERSYM) + 2 * symbol) & INDEX_MASK;
        int definition = table(DT_VERDEF);
        while (image.get16(definition + 4) != wanted) {
            int next = image.get32(definition + 16);
            if (next == 0) {
                return "";
            }
            definition += next;
        }
        return string(image.get32(definition + image.get32(definition + 12)));
    }

    private String string(int offset) {
        MemorySegment from = image.bytes().asSlice(table(DT_STRTAB) + (long) offset);
        return from.getString(0, StandardCharsets.US_ASCII);
    }
}

package dev.trapgate.host.vdso;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions that an image defines, {@code DT_VERDEF}, and which of them each symbol has, {@code DT_VERSYM}.
 *
 * @see <a href="https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html">LSB
 *     Core, "Symbol Versioning"</a>
 */
final class SymbolVersions {

    private static final int INDEX_MASK = 0x7fff;
    private static final int HIDDEN = 0x8000;
    private static final int VER_FLG_BASE = 1;

    private final ElfMemory memory;
    private final long versym;
    private final Map<Integer, Definition> definitions = new LinkedHashMap<>();

    private record Definition(String name, long hash) {

        boolean is(String version) {
            return name.equals(version) && hash == SysvHash.hash(version.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Where strings are, for the names of the versions. */
    @FunctionalInterface
    interface Strings {
        String at(long index);
    }

    /**
     * Reads the definitions.
     *
     * @param versym the address of the symbols' 16-bit version indices
     * @param verdef the address of the first definition
     * @param count how many definitions there are at most
     */
    SymbolVersions(ElfMemory memory, long versym, long verdef, long count, Strings strings) {
        this.memory = memory;
        this.versym = versym;
        long definition = verdef;
        for (long i = 0; i < count; i++) {
            read(definition, strings);
            long next = memory.u32(definition + 16);
            if (next == 0) {
                return;
            }
            definition += next; // forwards always: ends at the image's end at the latest
        }
    }

    private void read(long definition, Strings strings) {
        boolean namesTheImage = (memory.u16(definition + 2) & VER_FLG_BASE) != 0;
        if (!namesTheImage) {
            int index = memory.u16(definition + 4) & INDEX_MASK;
            long firstName = definition + memory.u32(definition + 12);
            definitions.put(index, new Definition(strings.at(memory.u32(firstName)), memory.u32(definition + 8)));
        }
    }

    /** {@return the names of the versions, in the image's order} */
    List<String> names() {
        return definitions.values().stream().map(Definition::name).distinct().toList();
    }

    /** {@return the version of a symbol; empty if it is local, or not bound to one} */
    Optional<String> of(long symbol) {
        return Optional.ofNullable(definitions.get(index(symbol))).map(Definition::name);
    }

    /** {@return whether a symbol has a version} */
    boolean matches(long symbol, String version) {
        Definition definition = definitions.get(index(symbol));
        return definition != null && definition.is(version);
    }

    /** {@return whether a symbol is what its name means where no version is asked for} */
    boolean isDefault(long symbol) {
        return (memory.u16(versym + 2 * symbol) & HIDDEN) == 0;
    }

    private int index(long symbol) {
        return memory.u16(versym + 2 * symbol) & INDEX_MASK;
    }
}

package dev.trapgate.host.vdso;

import java.util.Optional;

/**
 * A symbol of an ELF image's dynamic symbol table.
 *
 * @param name its name, without a version
 * @param version its version; empty if it has none, or the image no versions
 * @param value its {@code st_value}: for what is defined in a section, a virtual address, not relocated
 * @param byteSize the size of what it names, in bytes
 * @param type what it names
 * @param binding how it binds
 * @param section its {@code st_shndx}
 */
public record ElfSymbol(
        String name, Optional<String> version, long value, long byteSize, Type type, Binding binding, int section) {

    private static final int SHN_UNDEF = 0;
    private static final int SHN_ABS = 0xfff1;

    /** What a symbol names, {@code ELF64_ST_TYPE} of its {@code st_info}. */
    public enum Type {
        /** Not said. */
        NOTYPE,
        /** Data. */
        OBJECT,
        /** Code. */
        FUNC,
        /** A section. */
        SECTION,
        /** A source file. */
        FILE,
        /** Data not yet allocated. */
        COMMON,
        /** Data of each thread. */
        TLS,
        /** Code that returns the address of the code to call. */
        GNU_IFUNC,
        /** Anything else. */
        OTHER;

        static Type of(int info) {
            int number = info & 0xf;
            return number <= 6 ? values()[number] : number == 10 ? GNU_IFUNC : OTHER;
        }
    }

    /** How a symbol binds, {@code ELF64_ST_BIND} of its {@code st_info}. */
    public enum Binding {
        /** Only inside the image. */
        LOCAL,
        /** From everywhere. */
        GLOBAL,
        /** From everywhere, unless there is a global one. */
        WEAK,
        /** From everywhere, one definition in the process. */
        GNU_UNIQUE,
        /** Anything else. */
        OTHER;

        static Binding of(int info) {
            int number = info >> 4;
            return number <= 2 ? values()[number] : number == 10 ? GNU_UNIQUE : OTHER;
        }
    }

    /** {@return whether the image defines it, rather than needing it} */
    public boolean isDefined() {
        return section != SHN_UNDEF;
    }

    /** {@return whether its value is just a number: {@code SHN_ABS}} */
    public boolean isAbsolute() {
        return section == SHN_ABS;
    }

    /** {@return whether others can link to it} */
    boolean isExported() {
        return isDefined()
                && (binding == Binding.GLOBAL || binding == Binding.WEAK || binding == Binding.GNU_UNIQUE)
                && type != Type.SECTION
                && type != Type.FILE;
    }

    /** {@return its name and version, for example {@code clock_gettime@LINUX_2.6}} */
    @Override
    public String toString() {
        return name + version.map(v -> "@" + v).orElse("");
    }
}

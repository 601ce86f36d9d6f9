package dev.trapgate.host.vdso;

/**
 * Whether an ELF image's addresses have 32 or 64 bits, with what follows from it: where the fields of its structures
 * are. Offsets and sizes are in bytes.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
public enum ElfClass {
    /** {@code ELFCLASS32}. */
    ELF32(1, 4),
    /** {@code ELFCLASS64}. */
    ELF64(2, 8);

    private final int ident;
    private final int wordSize;

    ElfClass(int ident, int wordSize) {
        this.ident = ident;
        this.wordSize = wordSize;
    }

    /**
     * Decodes {@code e_ident[EI_CLASS]}.
     *
     * @throws MalformedElfException if it is neither 1 nor 2
     */
    static ElfClass ofIdent(int ident) {
        for (ElfClass elfClass : values()) {
            if (elfClass.ident == ident) {
                return elfClass;
            }
        }
        throw new MalformedElfException("class " + ident + ", expected 1 (32-bit) or 2 (64-bit)");
    }

    /** {@return the size of an address: 4 or 8} */
    public int wordSize() {
        return wordSize;
    }

    /** {@return the sum or difference of two addresses, as it wraps around in this class's width} */
    long wrap(long address) {
        return this == ELF32 ? address & 0xffff_ffffL : address;
    }

    long headerSize() {
        return this == ELF32 ? 52 : 64;
    }

    long phoffField() {
        return this == ELF32 ? 28 : 32;
    }

    long phentsizeField() {
        return this == ELF32 ? 42 : 54;
    }

    long programHeaderSize() {
        return this == ELF32 ? 32 : 56;
    }

    long dynamicEntrySize() {
        return 2L * wordSize;
    }

    long symbolSize() {
        return this == ELF32 ? 16 : 24;
    }

    long symbolInfoField() {
        return this == ELF32 ? 12 : 4;
    }

    long symbolSectionField() {
        return this == ELF32 ? 14 : 6;
    }

    long symbolValueField() {
        return this == ELF32 ? 4 : 8;
    }

    long symbolSizeField() {
        return this == ELF32 ? 8 : 16;
    }
}

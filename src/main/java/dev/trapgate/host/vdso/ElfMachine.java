package dev.trapgate.host.vdso;

/** What kind of processor an ELF image is for, as far as Trapgate reads images. */
public enum ElfMachine {
    /** {@code EM_386}. */
    I386(3, "i386"),
    /** {@code EM_X86_64}; with 32-bit addresses, the x32 ABI. */
    X86_64(62, "x86-64");

    private final int number;
    private final String displayName;

    ElfMachine(int number, String displayName) {
        this.number = number;
        this.displayName = displayName;
    }

    /** {@return the name that people use} */
    public String displayName() {
        return displayName;
    }

    /**
     * Decodes {@code e_machine}.
     *
     * @throws MalformedElfException if it is not x86, or i386 with 64-bit addresses
     */
    static ElfMachine of(int number, ElfClass elfClass) {
        for (ElfMachine machine : values()) {
            if (machine.number == number && (machine != I386 || elfClass == ElfClass.ELF32)) {
                return machine;
            }
        }
        throw new MalformedElfException(
                "machine " + number + " in " + elfClass + ", expected 62 (x86-64), or 3 (i386) in ELF32");
    }
}

package dev.trapgate.host.vdso;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds of entry that Linux puts into an x86 process's auxiliary vector.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/getauxval.3.html">getauxval(3)</a>, and include/uapi/linux/auxvec.h
 *     of Linux 6.18
 */
public enum AuxiliaryType {
    /** A descriptor open on the program, for an interpreter. */
    AT_EXECFD(2, Form.NUMBER, "file descriptor of the program"),
    /** The program's own program headers. */
    AT_PHDR(3, Form.ADDRESS, "the program's program headers"),
    /** The size of one program header. */
    AT_PHENT(4, Form.BYTES, "size of a program header"),
    /** The number of program headers. */
    AT_PHNUM(5, Form.NUMBER, "number of program headers"),
    /** The page size. */
    AT_PAGESZ(6, Form.BYTES, "page size"),
    /** Where the dynamic linker is. */
    AT_BASE(7, Form.ADDRESS, "the dynamic linker's load address, 0 if there is none"),
    /** Flags, none of which is defined on x86. */
    AT_FLAGS(8, Form.FLAGS, "flags"),
    /** Where the program starts. */
    AT_ENTRY(9, Form.ADDRESS, "the program's entry point"),
    /** Set if the program is not ELF. */
    AT_NOTELF(10, Form.NUMBER, "whether the program is not ELF"),
    /** The real user ID. */
    AT_UID(11, Form.NUMBER, "real user ID"),
    /** The effective user ID. */
    AT_EUID(12, Form.NUMBER, "effective user ID"),
    /** The real group ID. */
    AT_GID(13, Form.NUMBER, "real group ID"),
    /** The effective group ID. */
    AT_EGID(14, Form.NUMBER, "effective group ID"),
    /** The CPU's name, for libraries chosen by it. */
    AT_PLATFORM(15, Form.STRING, "platform"),
    /** What the CPU can do: edx of {@code CPUID} leaf 1. */
    AT_HWCAP(16, Form.HWCAP, "CPU features"),
    /** The unit of {@code times(2)}. */
    AT_CLKTCK(17, Form.HERTZ, "clock ticks of times(2)"),
    /** Whether the program runs with privileges its caller did not have. */
    AT_SECURE(23, Form.NUMBER, "whether it gained privileges: set-user-ID and the like"),
    /** The platform's real name where {@link #AT_PLATFORM} may be another. */
    AT_BASE_PLATFORM(24, Form.STRING, "real platform"),
    /** Sixteen random bytes. Whoever knows them can guess stack canaries, so only their address is ever shown. */
    AT_RANDOM(25, Form.ADDRESS, "16 random bytes"),
    /** What else the CPU and kernel allow user code. */
    AT_HWCAP2(26, Form.HWCAP2, "more CPU features"),
    /** How much of {@code struct rseq} the kernel knows. */
    AT_RSEQ_FEATURE_SIZE(27, Form.BYTES, "restartable sequences: size the kernel knows"),
    /** The alignment of {@code struct rseq}. */
    AT_RSEQ_ALIGN(28, Form.BYTES, "restartable sequences: alignment"),
    /** More CPU features; not used on x86. */
    AT_HWCAP3(29, Form.FLAGS, "more CPU features"),
    /** More CPU features; not used on x86. */
    AT_HWCAP4(30, Form.FLAGS, "more CPU features"),
    /** The file name given to {@code execve(2)}. */
    AT_EXECFN(31, Form.STRING, "file name of the program"),
    /** The 32-bit vDSO's {@code __kernel_vsyscall}. */
    AT_SYSINFO(32, Form.ADDRESS, "__kernel_vsyscall"),
    /** The vDSO. */
    AT_SYSINFO_EHDR(33, Form.ADDRESS, "the vDSO's ELF header"),
    /** The least stack that a signal handler needs. */
    AT_MINSIGSTKSZ(51, Form.BYTES, "least size of a signal stack");

    /** Why a 64-bit process has no {@link #AT_SYSINFO}. */
    public static final String NO_SYSINFO =
            "absent, as in every 64-bit process: it is the address of __kernel_vsyscall, which only the 32-bit vDSO has;"
                    + " 64-bit code has the syscall instruction on every CPU and needs no such entry";

    private static final Map<Long, AuxiliaryType> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(AuxiliaryType::number, Function.identity()));

    private final long number;
    private final Form form;
    private final String subject;

    AuxiliaryType(long number, Form form, String subject) {
        this.number = number;
        this.form = form;
        this.subject = subject;
    }

    /** What a value is. */
    private enum Form {
        ADDRESS,
        STRING,
        NUMBER,
        BYTES,
        HERTZ,
        FLAGS,
        HWCAP,
        HWCAP2
    }

    /**
     * Finds a type by its number.
     *
     * @param number an entry's {@code a_type}
     * @return the type; empty if Linux does not use the number on x86
     */
    public static Optional<AuxiliaryType> of(long number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    /** {@return the number, {@code a_type}} */
    public long number() {
        return number;
    }

    /** {@return what the value says, in a few words} */
    public String subject() {
        return subject;
    }

    /** {@return whether the value is the address of a C string} */
    public boolean isString() {
        return form == Form.STRING;
    }

    /**
     * Writes a value as its kind asks for: an address in hexadecimal, an ID in decimal, feature bits by name. A string
     * is written as its address.
     *
     * @param value an entry's {@code a_val}
     * @return the text
     */
    public String text(long value) {
        return switch (form) {
            case ADDRESS, STRING, FLAGS -> ElfMemory.hex(value);
            case NUMBER -> Long.toUnsignedString(value);
            case BYTES -> Long.toUnsignedString(value) + " bytes";
            case HERTZ -> Long.toUnsignedString(value) + " Hz";
            case HWCAP -> names(value, CPUID_1_EDX);
            case HWCAP2 -> names(value, X86_HWCAP2);
        };
    }

    private static String names(long value, List<String> bits) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if ((value >>> bit & 1) != 0) {
                names.add(bit < bits.size() ? bits.get(bit) : "bit" + bit);
            }
        }
        return names.isEmpty() ? "none" : String.join(" ", names);
    }

    /** Bit by bit, under the names of /proc/cpuinfo: SDM volume 2, CPUID, table 3-11. */
    private static final List<String> CPUID_1_EDX = List.of(
            "fpu", "vme", "de", "pse", "tsc", "msr", "pae", "mce", "cx8", "apic", "bit10", "sep", "mtrr", "pge", "mca",
            "cmov", "pat", "pse36", "pn", "clflush", "bit20", "dts", "acpi", "mmx", "fxsr", "sse", "sse2", "ss", "ht",
            "tm", "ia64", "pbe");

    /** arch/x86/include/uapi/asm/hwcap2.h. */
    private static final List<String> X86_HWCAP2 = List.of("ring3mwait", "fsgsbase");
}

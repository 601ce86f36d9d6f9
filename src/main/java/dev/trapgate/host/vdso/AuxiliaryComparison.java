package dev.trapgate.host.vdso;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * This process's auxiliary vector from several sources, side by side.
 *
 * @param readings what each source gave; those that refused are not compared
 */
public record AuxiliaryComparison(List<AuxiliaryReading> readings) {

    /** For these getauxval answers from variables that the dynamic linker sets, not from the vector. */
    private static final Set<Long> REPLACED_BY_GLIBC =
            Set.of(AuxiliaryType.AT_HWCAP.number(), AuxiliaryType.AT_HWCAP2.number());

    /** Whether sources say the same of one entry. */
    public enum Agreement {
        /** All sources that gave a vector say the same. */
        SAME,
        /**
         * The kernel's sources say the same, and getauxval something of glibc's own. On x86-64 it is so for
         * {@code AT_HWCAP}: the dynamic linker puts its own two feature bits (x86_64, and AVX-512) in the place of the
         * kernel's, to choose library directories by (sysdeps/x86/cpu-features.c), and getauxval answers with those.
         */
        GLIBC_DIFFERS_KNOWINGLY,
        /** Sources contradict each other, or one has an entry that another lacks. */
        DIFFERENT
    }

    /**
     * One entry.
     *
     * @param type its type's number
     * @param values its value by source, of those sources that have it
     * @param agreement whether they agree
     */
    public record Row(long type, Map<AuxiliarySource, Long> values, Agreement agreement) {

        /** {@return the type's name, or its number where Linux has no name for it on x86} */
        public String name() {
            return AuxiliaryType.of(type).map(AuxiliaryType::name).orElse(Long.toString(type));
        }

        /** {@return the value to go by: the kernel's own where there is one} */
        public long value() {
            return Arrays.stream(AuxiliarySource.values())
                    .sorted((a, b) -> b.compareTo(a))
                    .map(values::get)
                    .filter(value -> value != null)
                    .findFirst()
                    .orElseThrow();
        }

        /**
         * Writes the value out, strings read from this process's memory.
         *
         * @return the text; hexadecimal where the type is not known
         */
        public String text() {
            Optional<AuxiliaryType> known = AuxiliaryType.of(type);
            if (known.isPresent() && known.get().isString() && value() != 0) {
                return '"' + AuxiliaryCalls.string(value()) + '"';
            }
            return known.map(t -> t.text(value())).orElse(ElfMemory.hex(value()));
        }
    }

    /** {@return the comparison of every source, for this process} */
    public static AuxiliaryComparison ofThisProcess() {
        return new AuxiliaryComparison(AuxiliaryReading.all());
    }

    /** {@return every entry that any source has, in the vector's order} */
    public List<Row> rows() {
        return made().stream()
                .sorted((a, b) ->
                        b.source().compareTo(a.source())) // getauxval's order is ours, the others' the kernel's
                .flatMap(reading -> reading.vector().values().keySet().stream())
                .distinct()
                .map(this::row)
                .toList();
    }

    private List<AuxiliaryReading> made() {
        return readings.stream().filter(AuxiliaryReading::isMade).toList();
    }

    private Row row(long type) {
        Map<AuxiliarySource, Long> values = new EnumMap<>(AuxiliarySource.class);
        for (AuxiliaryReading reading : made()) {
            reading.vector().value(type).ifPresent(value -> values.put(reading.source(), value));
        }
        return new Row(type, values, agreement(type));
    }

    private Agreement agreement(long type) {
        if (distinct(made(), type) <= 1) {
            return Agreement.SAME;
        }
        List<AuxiliaryReading> kernels = made().stream()
                .filter(reading -> reading.source() != AuxiliarySource.GETAUXVAL)
                .toList();
        return REPLACED_BY_GLIBC.contains(type) && distinct(kernels, type) == 1
                ? Agreement.GLIBC_DIFFERS_KNOWINGLY
                : Agreement.DIFFERENT;
    }

    private static long distinct(List<AuxiliaryReading> readings, long type) {
        return readings.stream()
                .map(reading -> reading.vector().value(type))
                .distinct()
                .count();
    }

    /** {@return whether no entry is {@link Agreement#DIFFERENT}} */
    public boolean agrees() {
        return rows().stream().noneMatch(row -> row.agreement() == Agreement.DIFFERENT);
    }

    /** {@return where {@code AT_SYSINFO} is; empty in a 64-bit process, see {@link AuxiliaryType#NO_SYSINFO}} */
    public OptionalLong sysinfo() {
        return rows().stream()
                .filter(row -> row.type() == AuxiliaryType.AT_SYSINFO.number())
                .mapToLong(Row::value)
                .findFirst();
    }
}

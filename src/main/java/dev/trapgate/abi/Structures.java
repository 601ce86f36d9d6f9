package dev.trapgate.abi;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The layouts of the C structures that system calls' parameters point to.
 *
 * <p>Known are {@link Abi#X86_64} and {@link Abi#I386}; for the other ABIs nothing is found. The declarations are read from
 * the library's own data at the first look-up, and a structure is laid out when it is first asked for.
 */
public final class Structures {

    /** On i386, calls below this number that take times take 32-bit ones, {@code __NR_clock_gettime64} and up do not. */
    private static final int FIRST_TIME64_CALL = 403;

    private static final Map<String, String> TIME32 = Map.of(
            "__kernel_timespec", "old_timespec32",
            "__kernel_itimerspec", "old_itimerspec32",
            "__kernel_timex", "old_timex32");

    private static final Pattern QUALIFIERS = Pattern.compile("\\b(?:const|volatile|restrict|__user|struct|union)\\b");

    private Structures() {}

    /**
     * {@return the layout of the structure of that name in that ABI, if it has one there}
     *
     * @param name a structure's name or a typedef's, with or without {@code struct} before it: {@code new_utsname},
     *     {@code struct stat}, {@code stack_t}; also {@code utsname} for {@code new_utsname}
     * @param abi whose layout; {@code timespec} and its like are those of the ABI's own {@code long}
     */
    public static Optional<Structure> named(String name, Abi abi) {
        return Tables.of(abi).find(bare(name));
    }

    /**
     * {@return the layout that a parameter of that type points to, if it points to one structure whose layout is known}
     *
     * @param cType a parameter's type as {@link Parameter#type()} has it: {@code const struct iovec *}, {@code siginfo_t *},
     *     or a typedef of a pointer such as {@code cap_user_header_t}; nothing is found for a structure by value or for
     *     a pointer to a pointer
     * @param abi whose layout
     */
    public static Optional<Structure> pointedTo(String cType, Abi abi) {
        String bare = bare(cType);
        if (!bare.endsWith("*")) {
            return Tables.of(abi).findPointedTo(bare);
        }
        return Tables.of(abi).find(bare.substring(0, bare.length() - 1).strip());
    }

    /**
     * {@return the layout that a parameter of that type points to when the call with that number is made}
     *
     * <p>The kernel's prototypes name 64-bit times for calls that on i386 take 32-bit ones: there, {@code struct
     * __kernel_timespec *} of a call numbered below 403 ({@code clock_gettime64}) is an {@code old_timespec32}, and
     * likewise {@code __kernel_itimerspec} and {@code __kernel_timex}. Every other type is as {@link #pointedTo(String, Abi)}
     * finds it.
     *
     * @param cType a parameter's type
     * @param abi whose layout
     * @param number the call's number in that ABI
     */
    public static Optional<Structure> pointedTo(String cType, Abi abi, int number) {
        Optional<Structure> declared = pointedTo(cType, abi);
        if (abi != Abi.I386 || number >= FIRST_TIME64_CALL) {
            return declared;
        }
        return declared.flatMap(structure -> named(TIME32.getOrDefault(structure.name(), structure.name()), abi));
    }

    /** {@return every name that {@link #named} finds in that ABI, typedefs included, sorted} */
    public static SortedSet<String> names(Abi abi) {
        return Tables.of(abi).names;
    }

    private static String bare(String type) {
        return QUALIFIERS.matcher(type).replaceAll(" ").strip();
    }

    /** One ABI's structures, laid out as they are asked for. */
    private static final class Table {

        final StructureDeclarations declarations;
        final SortedSet<String> names;
        private final StructureLayout layout;
        private final Map<String, Optional<Structure>> found = new ConcurrentHashMap<>();

        Table(StructureDeclarations declarations, Abi abi) {
            this.declarations = declarations;
            this.layout = new StructureLayout(declarations, abi);
            this.names = Collections.unmodifiableSortedSet(new TreeSet<>(declarations.structureNames()));
        }

        Optional<Structure> find(String name) {
            return names.contains(name)
                    ? found.computeIfAbsent(declarations.resolve(name), layout::structure)
                    : Optional.empty();
        }

        Optional<Structure> findPointedTo(String pointerType) {
            return declarations.pointee(pointerType).flatMap(this::find);
        }
    }

    /** Holds the tables apart, so that nothing is read before the first look-up. */
    private static final class Tables {

        private static final Map<Abi, Table> TABLES = new EnumMap<>(Abi.class);

        static {
            for (Abi abi : Abi.values()) {
                TABLES.put(abi, new Table(StructureDeclarations.of(abi), abi));
            }
        }

        static Table of(Abi abi) {
            Table table = TABLES.get(abi);
            if (table == null) {
                throw new AssertionError("every ABI has a table");
            }
            return table;
        }
    }
}

package dev.trapgate.abi;

import java.util.Collections;
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

    /** What a 64-bit kernel calls the structures of its 32-bit processes. */
    private static final Pattern COMPAT = Pattern.compile("^(__)?compat_");

    private static final Pattern QUALIFIERS = Pattern.compile("\\b(?:const|volatile|restrict|__user|struct|union)\\b");

    private static final Map<Abi, Table> TABLES = new ConcurrentHashMap<>();

    private Structures() {}

    /**
     * {@return the layout of the structure of that name in that ABI, if it has one there}
     *
     * @param name a structure's name or a typedef's, with or without {@code struct} before it: {@code new_utsname},
     *     {@code struct stat}, {@code stack_t}; also {@code utsname} for {@code new_utsname}
     * @param abi whose layout; {@code timespec} and its like are those of the ABI's own {@code long}; for i386 the kernel's
     *     names with {@code compat_} are known too
     */
    public static Optional<Structure> named(String name, Abi abi) {
        return find(bare(name), abi);
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
            return table(abi).findPointedTo(bare);
        }
        return find(bare.substring(0, bare.length() - 1).strip(), abi);
    }

    /**
     * {@return every name that {@link #named} finds in that ABI, typedefs included, sorted}
     *
     * @param abi the ABI
     */
    public static SortedSet<String> names(Abi abi) {
        return table(abi).names;
    }

    private static Optional<Structure> find(String bareName, Abi abi) {
        String name = abi == Abi.I386 ? COMPAT.matcher(bareName).replaceFirst("$1") : bareName;
        return table(abi).find(name);
    }

    /** Reads the declarations at an ABI's first look-up, so that start-up does not pay for them. */
    private static Table table(Abi abi) {
        return TABLES.computeIfAbsent(abi, missing -> new Table(StructureDeclarations.of(missing), missing));
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
}

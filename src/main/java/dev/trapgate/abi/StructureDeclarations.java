package dev.trapgate.abi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The structures and typedefs that {@code structures.txt} declares for one ABI.
 *
 * @param structures by name
 * @param typedefs by the new name, of structures and of scalar types
 */
record StructureDeclarations(Map<String, Declared> structures, Map<String, Typedef> typedefs) {

    /** The ABIs whose structures the file describes; for another, every declaration would be a guess. */
    private static final Set<Abi> DESCRIBED = Set.of(Abi.X86_64, Abi.I386);

    /**
     * A structure.
     *
     * @param name without {@code struct}
     * @param attributes what stands in front of it
     * @param members in order
     * @param header the header that declares it, with its brackets or, for a file of the kernel's own, its quotes
     */
    record Declared(String name, Set<String> attributes, List<Member> members, String header) {}

    /**
     * Another name for a type.
     *
     * @param type the type it names: a structure's name, or a scalar type
     * @param structure whether {@code type} is a structure's name
     * @param pointer whether it is a pointer to that type
     */
    record Typedef(String type, boolean structure, boolean pointer) {}

    /** What stands between a structure's braces. */
    sealed interface Member {}

    /**
     * A field.
     *
     * @param attributes what stands in front of it
     * @param type the type of an element without {@code struct} and star
     * @param structure whether {@code type} is a structure's name
     * @param pointer whether the field holds an address
     * @param name the field's name
     * @param count 1, or an array's length, 0 for a flexible one
     */
    record FieldMember(Set<String> attributes, String type, boolean structure, boolean pointer, String name, int count)
            implements Member {}

    /**
     * An anonymous union or structure.
     *
     * @param union whether its members share their place
     * @param members in order
     */
    record GroupMember(boolean union, List<Member> members) implements Member {}

    /** {@return what the library's data declares for that ABI} */
    static StructureDeclarations of(Abi abi) {
        if (!DESCRIBED.contains(abi)) {
            return new StructureDeclarations(Map.of(), Map.of());
        }
        return new StructureParser(Resource.text("structures.txt"), abi).parse();
    }

    /** {@return every structure's name and every typedef of one} */
    Set<String> structureNames() {
        Set<String> names = new TreeSet<>(structures.keySet());
        typedefs.forEach((name, typedef) -> {
            if (typedef.structure() && !typedef.pointer()) {
                names.add(name);
            }
        });
        return Collections.unmodifiableSet(names);
    }

    /** {@return the structure's own name, a typedef of one followed} */
    String resolve(String name) {
        Typedef typedef = structures.containsKey(name) ? null : typedefs.get(name);
        return typedef == null ? name : resolve(typedef.type());
    }

    /** {@return the structure that a typedef of a pointer points to} */
    Optional<String> pointee(String pointerType) {
        return Optional.ofNullable(typedefs.get(pointerType))
                .filter(typedef -> typedef.structure() && typedef.pointer())
                .map(Typedef::type);
    }
}

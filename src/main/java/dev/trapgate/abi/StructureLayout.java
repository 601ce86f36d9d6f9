package dev.trapgate.abi;

import dev.trapgate.abi.Structure.Field;
import dev.trapgate.abi.Structure.Format;
import dev.trapgate.abi.StructureDeclarations.Declared;
import dev.trapgate.abi.StructureDeclarations.FieldMember;
import dev.trapgate.abi.StructureDeclarations.GroupMember;
import dev.trapgate.abi.StructureDeclarations.Member;
import dev.trapgate.abi.StructureDeclarations.Typedef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Computes sizes and offsets by the C rules of one ABI.
 *
 * <p>A member starts at the next multiple of its alignment, a structure's size is a multiple of its own, which is its
 * members' greatest; in a packed structure all are 1. On i386 a 64-bit integer inside a structure is aligned to 4.
 *
 * @see <a href="https://gitlab.com/x86-psABIs/x86-64-ABI">System V ABI for AMD64, 3.1.2; for Intel386, 2.1</a>
 */
final class StructureLayout {

    private static final String ALIGNED = "aligned ";
    private static final ScalarType BYTE = new ScalarType(1, false, false);

    private final StructureDeclarations declarations;
    private final Abi abi;

    StructureLayout(StructureDeclarations declarations, Abi abi) {
        this.declarations = declarations;
        this.abi = abi;
    }

    /** {@return the layout of the structure declared under that name, if there is one} */
    Optional<Structure> structure(String name) {
        return Optional.ofNullable(declarations.structures().get(name)).map(this::structure);
    }

    private Structure structure(Declared declaration) {
        List<Field> fields = new ArrayList<>();
        boolean packed = declaration.attributes().contains("packed");
        Extent extent = place(declaration.members(), 0, packed, false, fields);
        long alignment = Math.max(extent.alignment(), declaredAlignment(declaration));
        return new Structure(declaration.name(), abi, roundUp(extent.end(), alignment), alignment, fields);
    }

    private static long declaredAlignment(Declared declaration) {
        return declaration.attributes().stream()
                .filter(attribute -> attribute.startsWith(ALIGNED))
                .mapToLong(attribute -> Long.parseLong(attribute.substring(ALIGNED.length())))
                .findFirst()
                .orElse(1);
    }

    /**
     * How far members reach.
     *
     * @param end the offset behind the last byte
     * @param alignment the greatest of the members'
     */
    private record Extent(long end, long alignment) {}

    private Extent place(List<Member> members, long start, boolean packed, boolean union, List<Field> fields) {
        long end = start;
        long alignment = 1;
        for (Member member : members) {
            long memberAlignment = packed ? 1 : alignment(member);
            long offset = roundUp(union ? start : end, memberAlignment);
            end = Math.max(end, place(member, offset, fields));
            alignment = Math.max(alignment, memberAlignment);
        }
        return new Extent(end, alignment);
    }

    private long place(Member member, long offset, List<Field> fields) {
        if (member instanceof GroupMember group) {
            Extent extent = place(group.members(), offset, false, group.union(), fields);
            return offset + roundUp(extent.end() - offset, extent.alignment());
        }
        Field field = field((FieldMember) member, offset);
        fields.add(field);
        return offset + field.size();
    }

    private long alignment(Member member) {
        if (member instanceof GroupMember group) {
            return group.members().stream().mapToLong(this::alignment).max().orElse(1);
        }
        FieldMember field = (FieldMember) member;
        if (field.pointer()) {
            return abi.pointerSize();
        }
        return field.structure()
                ? nested(field).alignment()
                : scalar(field.type()).alignment(abi);
    }

    private Field field(FieldMember member, long offset) {
        if (member.pointer()) {
            String type = (member.structure() ? "struct " : "") + member.type() + " *";
            return scalarField(member, type, offset, Format.POINTER, abi.pointerSize());
        }
        if (member.structure()) {
            Structure nested = nested(member);
            return new Field(
                    member.name(),
                    "struct " + member.type(),
                    offset,
                    Format.STRUCTURE,
                    (int) nested.size(),
                    member.count(),
                    Optional.of(nested));
        }
        ScalarType scalar = scalar(member.type());
        return scalarField(member, member.type(), offset, format(member, scalar), scalar.size(abi));
    }

    private static Field scalarField(FieldMember member, String type, long offset, Format format, int size) {
        return new Field(member.name(), type, offset, format, size, member.count(), Optional.empty());
    }

    private static Format format(FieldMember member, ScalarType scalar) {
        Set<String> attributes = member.attributes();
        if (attributes.contains("octal")) {
            return Format.OCTAL;
        }
        if (attributes.contains("hex")) {
            return Format.HEX;
        }
        boolean array = member.count() != 1;
        if (attributes.contains("bytes") || (array && scalar.equals(BYTE))) {
            return Format.BYTES;
        }
        if (array && member.type().equals("char")) {
            return Format.TEXT;
        }
        return scalar.signed() ? Format.SIGNED : Format.UNSIGNED;
    }

    private Structure nested(FieldMember field) {
        return structure(declarations.resolve(field.type())).orElseThrow(() -> unknown(field.type()));
    }

    private ScalarType scalar(String type) {
        Typedef typedef = declarations.typedefs().get(type);
        return ScalarType.named(typedef == null ? type : typedef.type()).orElseThrow(() -> unknown(type));
    }

    private static IllegalArgumentException unknown(String type) {
        return new IllegalArgumentException("structures.txt uses a type it does not declare: " + type);
    }

    private static long roundUp(long value, long alignment) {
        return (value + alignment - 1) / alignment * alignment;
    }
}

package dev.trapgate.notation;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Structure;
import dev.trapgate.abi.Structure.Field;
import dev.trapgate.abi.Structure.Format;
import dev.trapgate.abi.Structures;
import dev.trapgate.trace.IntegerType;
import dev.trapgate.trace.IntegerType.Sign;
import java.util.List;
import java.util.Optional;

/** What {@code &NAME} may name: a structure, or an integer type, which is a structure of one nameless field here. */
public final class PointedTypes {

    private PointedTypes() {}

    /**
     * Finds a type.
     *
     * @param name its name, or {@link CallArgument.Structured#OWN_TYPE} for what the parameter points to
     * @param parameterType the parameter's C type
     * @param label what to call the parameter in a message
     * @param abi whose layout
     * @return its layout
     * @throws UsageException if the ABI has no such type, or none is known for the parameter
     */
    public static Structure find(String name, String parameterType, String label, Abi abi) {
        if (name.equals(CallArgument.Structured.OWN_TYPE)) {
            return pointedTo(parameterType, abi)
                    .orElseThrow(() -> new UsageException("parameter '" + label + "' is of type '" + parameterType
                            + "', which leads to no structure known here; name one (&timespec) or give a size (@64)"));
        }
        return Structures.named(name, abi)
                .or(() -> integer(name, abi))
                .orElseThrow(() -> new UsageException(
                        "no structure '" + name + "' is known for " + abi + "; a buffer of any size is written @SIZE"));
    }

    private static Optional<Structure> pointedTo(String parameterType, Abi abi) {
        int star = parameterType.lastIndexOf('*');
        return Structures.pointedTo(parameterType, abi)
                .or(() -> star < 0
                        ? Optional.empty()
                        : integer(parameterType.substring(0, star).strip(), abi));
    }

    private static Optional<Structure> integer(String type, Abi abi) {
        return IntegerType.of(type, abi).map(integer -> {
            int size = integer.byteSize();
            Format format = integer.sign() == Sign.SIGNED ? Format.SIGNED : Format.UNSIGNED;
            Field field = new Field("", type, 0, format, size, 1, Optional.empty());
            return new Structure(type, abi, size, size, List.of(field));
        });
    }
}

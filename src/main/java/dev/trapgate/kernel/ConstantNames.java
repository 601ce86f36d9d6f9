package dev.trapgate.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.ConstantGroups;

/** Writes constants by the names they have in C. */
public final class ConstantNames {

    private ConstantNames() {}

    /**
     * {@return the value by its C names, for example {@code O_WRONLY|O_CREAT}}
     *
     * @param group a group of {@code constant-groups.tsv}
     * @param value the value
     * @param abi whose constants
     */
    public static String render(String group, long value, Abi abi) {
        return ConstantGroups.named(group)
                .map(known -> known.render(value, abi))
                .orElseGet(() -> "0x" + Long.toHexString(value));
    }
}

package dev.trapgate.abi;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The groups of constants, by name and by the parameter that takes them. */
public final class ConstantGroups {

    private ConstantGroups() {}

    /**
     * {@return the group of that name, if there is one: {@code open}, {@code signal}, {@code poll_events}, {@code so}, …}
     *
     * @param name the name
     */
    public static Optional<ConstantGroup> named(String name) {
        return Optional.ofNullable(ConstantTable.get().groups().get(name));
    }

    /** {@return the names of all groups, sorted} */
    public static SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(
                new TreeSet<>(ConstantTable.get().groups().keySet()));
    }

    /**
     * {@return the group whose constants that parameter takes, if it takes any}
     *
     * <p>An argument whose meaning another argument selects, such as {@code fcntl}'s third or {@code setsockopt}'s option
     * name, has none.
     *
     * @param syscallName the call, as the kernel's table names it
     * @param parameterName the parameter, as {@link Parameter#name()} has it
     * @param abi whose constants; the group must have some there
     */
    public static Optional<ConstantGroup> forParameter(String syscallName, String parameterName, Abi abi) {
        return ConstantTable.get().groupOf(syscallName, parameterName).filter(group -> group.constants().stream()
                .anyMatch(constant -> constant.value(abi).isPresent()));
    }
}

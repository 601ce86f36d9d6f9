package dev.trapgate.abi;

import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The C constants that system calls' arguments are made of, by name.
 *
 * <p>Known are {@link Abi#X86_64} and {@link Abi#I386}. The values are read from the library's own data at the first look-up.
 */
public final class Constants {

    private Constants() {}

    /**
     * {@return the value of the constant in that ABI, if it is defined there}
     *
     * @param name C's name, case and all, for example {@code O_CLOEXEC}
     * @param abi whose headers; the value is sign-extended to 64 bits where C's type is signed ({@code AT_FDCWD} is −100),
     *     zero-extended otherwise ({@code EPOLLET} is 0x80000000)
     */
    public static OptionalLong value(String name, Abi abi) {
        return named(name).map(constant -> constant.value(abi)).orElseGet(OptionalLong::empty);
    }

    /**
     * {@return the constant of that name, if there is one in any ABI}
     *
     * @param name its name in C
     */
    public static Optional<Constant> named(String name) {
        return Optional.ofNullable(ConstantTable.get().constants().get(name));
    }

    /**
     * {@return the names of all constants defined in that ABI, sorted}
     *
     * @param abi the ABI
     */
    public static SortedSet<String> names(Abi abi) {
        SortedSet<String> names = new TreeSet<>();
        for (Constant constant : ConstantTable.get().constants().values()) {
            if (constant.values().containsKey(abi)) {
                names.add(constant.name());
            }
        }
        return Collections.unmodifiableSortedSet(names);
    }
}

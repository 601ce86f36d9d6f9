package dev.trapgate.abi;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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

    private static final int MOST_SUGGESTIONS = 5;

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

    /** {@return the constant of that name, if there is one in any ABI} */
    public static Optional<Constant> named(String name) {
        return Optional.ofNullable(ConstantTable.get().constants().get(name));
    }

    /** {@return the names of all constants defined in that ABI, sorted} */
    public static SortedSet<String> names(Abi abi) {
        SortedSet<String> names = new TreeSet<>();
        for (Constant constant : ConstantTable.get().constants().values()) {
            if (constant.values().containsKey(abi)) {
                names.add(constant.name());
            }
        }
        return Collections.unmodifiableSortedSet(names);
    }

    /**
     * {@return names that someone may have meant, nearest first, at most five}
     *
     * <p>A name qualifies when one edit in four of its letters, three at most, turns the given word into it; case does not
     * count as a difference.
     *
     * @param misspelt a word that is no constant's name
     */
    public static List<String> suggestions(String misspelt) {
        String word = misspelt.strip().toUpperCase(Locale.ROOT);
        int most = Math.clamp(word.length() / 4, 1, 3);
        record Near(String name, int distance) {}
        return ConstantTable.get().constants().keySet().stream()
                .filter(name -> Math.abs(name.length() - word.length()) <= most)
                .map(name -> new Near(name, EditDistance.between(word, name.toUpperCase(Locale.ROOT))))
                .filter(near -> near.distance() <= most)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(MOST_SUGGESTIONS)
                .map(Near::name)
                .toList();
    }
}

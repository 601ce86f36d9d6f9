package dev.trapgate.abi;

import java.util.regex.Pattern;

/** The names under which the kernel's headers declare room that means nothing. */
final class Padding {

    static final Pattern NAME = Pattern.compile("_f|pad|resv\\d?|reserved|\\w+_(pad|spare|reserved\\d?)");

    private Padding() {}
}

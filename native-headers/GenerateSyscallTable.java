import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes {@code Syscall.java} of {@code syscalls.tsv}.
 *
 * <p>From the project's root: {@code java native-headers/GenerateSyscallTable.java [DATA [OUTPUT_DIRECTORY]]}. The same data
 * always gives the same bytes.
 */
final class GenerateSyscallTable {

    private static final List<String> ABIS = List.of("x86_64", "i386", "x32", "aarch64");
    private static final Set<String> STANDINGS = Set.of("removed", "reserved", "kernel32");
    private static final String ABSENT = "-";
    private static final String AS_X86_64 = "=";

    private static final List<String> COLUMNS = columns();

    /** One ABI's view of a call: its number, the entry point (or standing), the parameters as C declares them. */
    private record Variant(int number, String entry, String parameters) {

        boolean exists() {
            return number >= 0;
        }

        /** {@return the Java expression for what the kernel declares} */
        String declaration() {
            String text = parameters.equals(ABSENT) ? "void" : parameters;
            return STANDINGS.contains(entry)
                    ? "Declaration." + entry + "(\"" + text + "\")"
                    : "Declaration.of(\"" + entry + "\", \"" + text + "\")";
        }
    }

    private record Call(String name, boolean prompt, List<Variant> variants) {

        String constant() {
            return name.toUpperCase(Locale.ROOT);
        }

        Variant first() {
            return variants.stream().filter(Variant::exists).findFirst().orElseThrow();
        }
    }

    private GenerateSyscallTable() {}

    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments.length > 0 ? arguments[0] : "native-headers/syscalls.tsv");
        Path directory = Path.of(arguments.length > 1 ? arguments[1] : "src/generated/java");
        Path source = directory.resolve("dev/trapgate/abi/Syscall.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, source(read(data)));
    }

    // Reading

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("name"));
        columns.addAll(ABIS);
        columns.add("prompt");
        ABIS.forEach(abi -> columns.add(abi + "_entry"));
        ABIS.forEach(abi -> columns.add(abi + "_parameters"));
        return List.copyOf(columns);
    }

    private static List<Call> read(Path data) throws IOException {
        List<Call> calls = new ArrayList<>();
        boolean headed = false;
        for (String line : Files.readAllLines(data)) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            List<String> cells = List.of(line.split("\t", -1));
            check(cells.size() == COLUMNS.size(), line, "expected " + COLUMNS.size() + " columns, found " + cells.size());
            if (headed) {
                calls.add(call(line, cells));
            } else {
                check(cells.equals(COLUMNS), line, "expected the columns " + COLUMNS);
                headed = true;
            }
        }
        checkUnique(calls);
        return calls;
    }

    private static Call call(String line, List<String> cells) {
        List<Variant> variants = new ArrayList<>();
        for (int abi = 0; abi < ABIS.size(); abi++) {
            variants.add(variant(line, cells, abi));
        }
        String prompt = cells.get(COLUMNS.indexOf("prompt"));
        check(Set.of(ABSENT, "prompt").contains(prompt), line, "'prompt' or '-' expected, not " + prompt);
        check(variants.stream().anyMatch(Variant::exists), line, "no ABI has this call");
        return new Call(cells.get(0), prompt.equals("prompt"), variants);
    }

    private static Variant variant(String line, List<String> cells, int abi) {
        String number = cells.get(1 + abi);
        String entry = cell(cells, "_entry", abi);
        String parameters = cell(cells, "_parameters", abi);
        if (number.equals(ABSENT)) {
            check(entry.equals(ABSENT) && parameters.equals(ABSENT), line, ABIS.get(abi) + " has no number, but more");
            return new Variant(-1, ABSENT, ABSENT);
        }
        check(number.matches("\\d{1,3}"), line, "a number expected, not " + number);
        check(
                STANDINGS.contains(entry) || entry.matches("(compat_)?sys_\\w+"),
                line,
                "an entry point expected for " + ABIS.get(abi) + ", not " + entry);
        check(
                parameters.equals("void")
                        || entry.equals("reserved") && parameters.equals(ABSENT)
                        || parameters.matches("\\w[\\w *]*[ *]\\w+(, \\w[\\w *]*[ *]\\w+){0,5}"),
                line,
                "up to six C declarations expected for " + ABIS.get(abi) + ", not " + parameters);
        return new Variant(Integer.parseInt(number), entry, parameters);
    }

    private static String cell(List<String> cells, String suffix, int abi) {
        String own = cells.get(COLUMNS.indexOf(ABIS.get(abi) + suffix));
        return own.equals(AS_X86_64) ? cells.get(COLUMNS.indexOf(ABIS.get(0) + suffix)) : own;
    }

    private static void checkUnique(List<Call> calls) {
        Set<String> seen = new HashSet<>();
        for (Call call : calls) {
            check(seen.add(call.name()), call.name(), "a second line for this call");
            for (int abi = 0; abi < ABIS.size(); abi++) {
                Variant variant = call.variants().get(abi);
                boolean fresh = !variant.exists() || seen.add(ABIS.get(abi) + " " + variant.number());
                check(fresh, call.name(), ABIS.get(abi) + " number " + variant.number() + " is taken");
            }
        }
    }

    private static void check(boolean holds, String where, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint + "; at: " + where);
        }
    }

    // Writing

    private static String source(List<Call> calls) {
        Map<String, String> parts = new HashMap<>();
        parts.put("CONSTANTS", calls.stream().map(GenerateSyscallTable::constant).collect(Collectors.joining(",\n")));
        for (int abi = 0; abi < ABIS.size(); abi++) {
            parts.put("PROMPT_" + ABIS.get(abi), promptNumbers(calls, abi));
        }
        String source = TEMPLATE;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            source = source.replace("${" + part.getKey() + "}", part.getValue());
        }
        return source;
    }

    private static String constant(Call call) {
        StringBuilder text = new StringBuilder();
        text.append("    /** {@code ").append(prototype(call)).append("}. */\n");
        text.append("    ").append(call.constant()).append("(\"").append(call.name()).append('"');
        call.variants().forEach(variant -> text.append(", ").append(variant.number()));
        for (String declaration : declarations(call)) {
            text.append(",\n            ").append(declaration);
        }
        return text.append(')').toString();
    }

    private static String prototype(Call call) {
        String parameters = call.first().parameters();
        return call.name() + '(' + (parameters.equals(ABSENT) ? "" : parameters) + ')';
    }

    /** {@return one declaration if all ABIs share it, two if only i386 differs, else one an ABI} */
    private static List<String> declarations(Call call) {
        List<String> each = call.variants().stream()
                .map(variant -> variant.exists() ? variant : call.first())
                .map(Variant::declaration)
                .toList();
        boolean alikeIn64Bits = each.get(2).equals(each.get(0)) && each.get(3).equals(each.get(0));
        int needed = alikeIn64Bits ? (each.get(1).equals(each.get(0)) ? 1 : 2) : each.size();
        return each.subList(0, needed);
    }

    private static String promptNumbers(List<Call> calls, int abi) {
        return calls.stream()
                .filter(Call::prompt)
                .map(call -> call.variants().get(abi))
                .filter(Variant::exists)
                .map(Variant::number)
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    private static final String TEMPLATE =
            """
            // Generated from native-headers/syscalls.tsv by native-headers/GenerateSyscallTable.java. Do not edit.
            package dev.trapgate.abi;

            import java.util.ArrayList;
            import java.util.Arrays;
            import java.util.Collections;
            import java.util.HashMap;
            import java.util.List;
            import java.util.Map;
            import java.util.Optional;

            /**
             * Every system call of Linux on x86 and 64-bit Arm, with its number, entry point and parameters in each ABI.
             *
             * <p>The constants are the kernel's names in upper case. Sources: see the head of {@code native-headers/syscalls.tsv}.
             *
             * @see <a href="https://man7.org/linux/man-pages/man2/syscalls.2.html">syscalls(2)</a>
             */
            public enum Syscall {
            ${CONSTANTS};

                /** What became of a call's number in an ABI. */
                public enum Standing {
                    /** The kernel has an entry point for it; a kernel built without the feature still answers ENOSYS. */
                    IMPLEMENTED,
                    /** A kernel of that ABI once had it; today's answers ENOSYS. */
                    REMOVED,
                    /** A number set aside; no mainline kernel of that ABI ever had the call, all answer ENOSYS. */
                    RESERVED,
                    /** Only a 32-bit kernel has it; under a 64-bit one it is ENOSYS. */
                    KERNEL32
                }

                private static final int ABSENT = -1;

                private static final List<Boolean> X8664_PROMPT = marks(
                        ${PROMPT_x86_64});
                private static final List<Boolean> I386_PROMPT = marks(
                        ${PROMPT_i386});
                private static final List<Boolean> X32_PROMPT = marks(
                        ${PROMPT_x32});
                private static final List<Boolean> AARCH64_PROMPT = marks(
                        ${PROMPT_aarch64});

                private final String callName;
                private final int x8664;
                private final int i386;
                private final int x32;
                private final int aarch64;
                private final Declaration x8664Declaration;
                private final Declaration i386Declaration;
                private final Declaration x32Declaration;
                private final Declaration aarch64Declaration;

                Syscall(String callName, int x8664, int i386, int x32, int aarch64, Declaration everywhere) {
                    this(callName, x8664, i386, x32, aarch64, everywhere, everywhere);
                }

                Syscall(
                        String callName,
                        int x8664,
                        int i386,
                        int x32,
                        int aarch64,
                        Declaration elsewhere,
                        Declaration i386Declaration) {
                    this(callName, x8664, i386, x32, aarch64, elsewhere, i386Declaration, elsewhere, elsewhere);
                }

                Syscall(
                        String callName,
                        int x8664,
                        int i386,
                        int x32,
                        int aarch64,
                        Declaration x8664Declaration,
                        Declaration i386Declaration,
                        Declaration x32Declaration,
                        Declaration aarch64Declaration) {
                    this.callName = callName;
                    this.x8664 = x8664;
                    this.i386 = i386;
                    this.x32 = x32;
                    this.aarch64 = aarch64;
                    this.x8664Declaration = x8664Declaration;
                    this.i386Declaration = i386Declaration;
                    this.x32Declaration = x32Declaration;
                    this.aarch64Declaration = aarch64Declaration;
                }

                /**
                 * Finds a call by the kernel's name for it. Constant time, no allocation.
                 *
                 * @param callName the name as in {@code <asm/unistd.h>} without {@code __NR_}, for example {@code openat}
                 * @return the call, or empty if no ABI has one of that name
                 */
                public static Optional<Syscall> named(String callName) {
                    return Index.BY_NAME.getOrDefault(callName, Optional.empty());
                }

                /**
                 * Finds a call by its number in an ABI. Constant time, no allocation.
                 *
                 * @param abi whose number it is
                 * @param number any number; for {@link Abi#X32} without {@link Abi#X32_SYSCALL_BIT}
                 * @return the call, or empty if {@code abi} gives that number to none
                 */
                public static Optional<Syscall> numbered(Abi abi, int number) {
                    List<Optional<Syscall>> calls = Index.BY_NUMBER.get(abi.ordinal());
                    return isWithin(calls, number) ? calls.get(number) : Optional.empty();
                }

                /**
                 * {@return whether a number is that of a {@linkplain #prompt() prompt} call} The answer folds to a constant where the
                 * JIT compiler knows both arguments.
                 *
                 * @param abi whose number it is
                 * @param number any number
                 */
                public static boolean isPrompt(Abi abi, int number) {
                    // In methods of at most 35 bytes, which are always inlined; the elements of an unmodifiable list fold (@Stable).
                    return abi == Abi.X86_64 ? isMarked(X8664_PROMPT, number) : isPromptElsewhere(abi, number);
                }

                private static boolean isPromptElsewhere(Abi abi, int number) {
                    return isMarked(abi == Abi.I386 ? I386_PROMPT : abi == Abi.X32 ? X32_PROMPT : AARCH64_PROMPT, number);
                }

                private static boolean isMarked(List<Boolean> marks, int number) {
                    return isWithin(marks, number) && marks.get(number);
                }

                private static boolean isWithin(List<?> table, int number) {
                    return number >= 0 && number < table.size();
                }

                private static List<Boolean> marks(int... numbers) {
                    Boolean[] marks = new Boolean[numbers[numbers.length - 1] + 1];
                    Arrays.fill(marks, false);
                    for (int number : numbers) {
                        marks[number] = true;
                    }
                    return List.of(marks);
                }

                /** {@return the kernel's name, for example {@code openat}} */
                public String callName() {
                    return callName;
                }

                /**
                 * {@return whether an ABI has a number for this call} Whether a kernel does anything for it, {@link #standing} says.
                 *
                 * @param abi the ABI
                 */
                public boolean existsOn(Abi abi) {
                    return numberOrAbsent(abi) != ABSENT;
                }

                /**
                 * {@return this call's number in an ABI} For {@link Abi#X32} it is without {@link Abi#X32_SYSCALL_BIT}.
                 *
                 * @param abi the ABI
                 * @throws UnsupportedOperationException if {@code abi} has no such call
                 */
                public int number(Abi abi) {
                    int number = numberOrAbsent(abi);
                    if (number == ABSENT) {
                        throw absentFrom(abi);
                    }
                    return number;
                }

                /**
                 * {@return the parameters as the kernel declares them for an ABI, at most six} Without any where the call takes none
                 * or was never implemented.
                 *
                 * <p>For {@link Abi#I386} these are the parameters of the 64-bit kernel's compat entry point, which
                 * {@code int $0x80} reaches: 64-bit arguments come in two halves, structures are the 32-bit ones.
                 *
                 * @param abi the ABI
                 * @throws UnsupportedOperationException if {@code abi} has no such call
                 */
                public List<Parameter> parameters(Abi abi) {
                    return declaration(abi).parameters();
                }

                /**
                 * {@return what became of this call's number in an ABI}
                 *
                 * @param abi the ABI
                 * @throws UnsupportedOperationException if {@code abi} has no such call
                 */
                public Standing standing(Abi abi) {
                    return declaration(abi).standing();
                }

                /**
                 * {@return the kernel function behind this call, for example {@code sys_newuname}; empty unless its standing is
                 * {@link Standing#IMPLEMENTED}}
                 *
                 * @param abi the ABI
                 * @throws UnsupportedOperationException if {@code abi} has no such call
                 */
                public Optional<String> entryPoint(Abi abi) {
                    return declaration(abi).entryPoint();
                }

                /**
                 * {@return whether this call never sleeps, so that it may be made through a linkage that holds up safepoints}
                 *
                 * <p>A clock made from a descriptor (a negative clock id, {@code clock_gettime(2)}, "Dynamic clocks") is the one
                 * exception: reading it may sleep.
                 */
                public boolean prompt() {
                    return x8664 == ABSENT ? isPrompt(Abi.I386, i386) : isPrompt(Abi.X86_64, x8664);
                }

                /** {@return the kernel's name, as {@link #callName()}} */
                @Override
                public String toString() {
                    return callName;
                }

                private int numberOrAbsent(Abi abi) {
                    return switch (abi) {
                        case X86_64 -> x8664;
                        case I386 -> i386;
                        case X32 -> x32;
                        case AARCH64 -> aarch64;
                    };
                }

                private Declaration declaration(Abi abi) {
                    if (!existsOn(abi)) {
                        throw absentFrom(abi);
                    }
                    return switch (abi) {
                        case X86_64 -> x8664Declaration;
                        case I386 -> i386Declaration;
                        case X32 -> x32Declaration;
                        case AARCH64 -> aarch64Declaration;
                    };
                }

                private UnsupportedOperationException absentFrom(Abi abi) {
                    List<String> others = new ArrayList<>();
                    for (Abi other : Abi.values()) {
                        if (existsOn(other)) {
                            others.add(other + " (" + numberOrAbsent(other) + ")");
                        }
                    }
                    return new UnsupportedOperationException(
                            "the " + abi + " ABI has no system call " + callName + "; it is one of " + String.join(", ", others));
                }

                /** The ways to find a call; every answer is made once, so that finding allocates nothing. */
                private static final class Index {

                    static final Map<String, Optional<Syscall>> BY_NAME = byName();
                    static final List<List<Optional<Syscall>>> BY_NUMBER = byNumber();

                    private static Map<String, Optional<Syscall>> byName() {
                        Map<String, Optional<Syscall>> calls = new HashMap<>();
                        for (Syscall call : values()) {
                            calls.put(call.callName, Optional.of(call));
                        }
                        return calls;
                    }

                    private static List<List<Optional<Syscall>>> byNumber() {
                        List<List<Optional<Syscall>>> tables = new ArrayList<>();
                        for (Abi abi : Abi.values()) {
                            tables.add(byNumber(abi));
                        }
                        return List.copyOf(tables);
                    }

                    private static List<Optional<Syscall>> byNumber(Abi abi) {
                        List<Optional<Syscall>> calls = new ArrayList<>();
                        for (Syscall call : values()) {
                            int number = call.numberOrAbsent(abi);
                            if (number >= calls.size()) {
                                calls.addAll(Collections.nCopies(number + 1 - calls.size(), Optional.empty()));
                            }
                            if (number != ABSENT) {
                                calls.set(number, Optional.of(call));
                            }
                        }
                        return List.copyOf(calls);
                    }
                }
            }
            """;
}

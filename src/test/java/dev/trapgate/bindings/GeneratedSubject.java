package dev.trapgate.bindings;

import java.io.IOException;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One umbrella header, the list of names taken from it, and the classes that jextract wrote for them. */
record GeneratedSubject(String name) {
    private static final Path SOURCES = Path.of("src/generated/java/dev/trapgate/bindings");
    private static final Path HEADERS = Path.of("native-headers");
    private static final String DESCRIPTOR = "$descriptor";
    private static final Path LISTS = Path.of("jextract/lists");

    static List<GeneratedSubject> all() throws IOException {
        try (Stream<Path> headers = Files.list(HEADERS)) {
            return headers.map(path -> path.getFileName().toString())
                    .filter(file -> file.endsWith(".h"))
                    .map(file -> new GeneratedSubject(file.substring(0, file.length() - ".h".length())))
                    .sorted((a, b) -> a.name.compareTo(b.name))
                    .toList();
        }
    }

    /** The generated classes that describe a structure or a union, by simple name. */
    static Set<String> structureClasses() throws IOException {
        try (Stream<Path> sources = Files.list(SOURCES)) {
            return sources.map(path -> path.getFileName().toString().replace(".java", ""))
                    .filter(simpleName ->
                            Arrays.stream(bindings(simpleName).getMethods()).anyMatch(GeneratedSubject::isLayout))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    Path header() {
        return HEADERS.resolve(name + ".h").toAbsolutePath();
    }

    /** The listed names of one kind: {@code constant struct union typedef function}. */
    Set<String> listed(String kind) throws IOException {
        String option = "--include-" + kind + " ";
        return Files.readAllLines(LISTS.resolve(name + ".args")).stream()
                .filter(line -> line.startsWith(option))
                .map(line -> line.substring(option.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The generated constants: Integer, Long, or the address of a pointer as Long. */
    Map<String, Number> constants() throws ReflectiveOperationException {
        Class<?> header = bindings(name + "_h");
        Map<String, Number> constants = new TreeMap<>();
        for (Method method : header.getMethods()) {
            if (isConstant(header, method)) {
                constants.put(method.getName(), number(method.invoke(null)));
            }
        }
        return constants;
    }

    /** The generated functions: {@code getpid$descriptor()}, or a class {@code ioctl} if it is variadic. */
    Set<String> functions() {
        Class<?> header = bindings(name + "_h");
        Stream<String> plain = Arrays.stream(header.getMethods())
                .map(Method::getName)
                .filter(method -> method.endsWith(DESCRIPTOR))
                .map(method -> method.substring(0, method.length() - DESCRIPTOR.length()));
        Stream<String> variadic = Arrays.stream(header.getClasses()).map(Class::getSimpleName);
        return Stream.concat(plain, variadic).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The layouts of this subject's structures, by their names in C: {@code struct stat}, {@code siginfo_t}. */
    Map<String, GroupLayout> structures() throws IOException, ReflectiveOperationException {
        Map<String, GroupLayout> structures = new TreeMap<>();
        for (String struct : listed("struct")) {
            structures.put("struct " + struct, layout(struct));
        }
        for (String union : listed("union")) {
            structures.put("union " + union, layout(union));
        }
        for (String type : listed("typedef")) {
            structures.put(type, layout(type));
        }
        return structures;
    }

    private static GroupLayout layout(String simpleName) throws ReflectiveOperationException {
        return (GroupLayout) bindings(simpleName).getMethod("layout").invoke(null);
    }

    private static Class<?> bindings(String simpleName) {
        try {
            return Class.forName(GeneratedSubject.class.getPackageName() + "." + simpleName);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("generated source without a class: " + simpleName, e);
        }
    }

    private static boolean isLayout(Method method) {
        return method.getName().equals("layout") && method.getReturnType() == GroupLayout.class;
    }

    /** {@code O_RDONLY()} is a constant; {@code getpid()} looks the same but has a {@code getpid$descriptor()}. */
    private static boolean isConstant(Class<?> header, Method method) {
        return Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() == 0
                && !method.getName().contains("$")
                && Arrays.stream(header.getMethods())
                        .noneMatch(other -> other.getName().equals(method.getName() + DESCRIPTOR));
    }

    private static Number number(Object value) {
        if (value instanceof MemorySegment pointer) {
            return pointer.address();
        }
        return (Number) value;
    }
}

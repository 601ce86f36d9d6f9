package dev.trapgate.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.PaddingLayout;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.UnionLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds every structure and constant that jextract wrote against what the C compiler says of the same headers.
 *
 * <p>On a host whose headers are of another version than those in {@code jextract/VERSION}, a name that the host does
 * not know is reported and passed over, and so is a structure that has grown at its end, as the kernel's extensible
 * structures do. Anything else that differs is a failure, and with headers of the same version so are these.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class BindingsMatchCompilerTest {
    private static final Path ANY_HEADER = Path.of("features.h");
    private static final int FEWEST_STRUCTURES = 100;
    private static final int FEWEST_CONSTANTS = 2000;

    @TempDir
    static Path directory;

    private static List<GeneratedSubject> subjects;
    private static String generatedWith;
    private static String hostHas;

    private final List<String> differences = new ArrayList<>();
    private final List<String> passedOver = new ArrayList<>();

    @BeforeAll
    static void findCompilerAndHeaders() throws IOException {
        String noCompiler = CompilerProbe.whyUnusable(directory, ANY_HEADER);
        assumeTrue(noCompiler.isEmpty(), () -> "no C compiler with headers: " + noCompiler);
        generatedWith = committedVersions();
        hostHas = hostVersions();
        subjects = GeneratedSubject.all();
        for (GeneratedSubject subject : subjects) {
            String why = CompilerProbe.whyUnusable(directory, subject.header());
            if (hostHas.equals(generatedWith)) {
                assertThat(why).as(subject.name() + ".h").isEmpty();
            }
            assumeTrue(why.isEmpty(), () -> hostHas + " cannot compile " + subject.name() + ".h: " + why);
        }
    }

    @Test
    void everyListedNameWasGenerated() throws IOException, ReflectiveOperationException {
        Set<String> structures = new TreeSet<>();
        for (GeneratedSubject subject : subjects) {
            assertThat(subject.constants().keySet()).as(subject.name()).isEqualTo(subject.listed("constant"));
            assertThat(subject.functions()).as(subject.name()).isEqualTo(subject.listed("function"));
            structures.addAll(subject.listed("struct"));
            structures.addAll(subject.listed("union"));
            structures.addAll(subject.listed("typedef"));
        }
        assertThat(structures).isEqualTo(GeneratedSubject.structureClasses());
    }

    @Test
    void constantsHaveTheCompilersValues(TestReporter reporter) throws IOException, ReflectiveOperationException {
        int compared = 0;
        for (GeneratedSubject subject : subjects) {
            Map<String, Number> constants = subject.constants();
            CompilerProbe probe = new CompilerProbe(directory, subject.header());
            constants.keySet().forEach(name -> probe.ask(name, name));
            Map<String, Long> answers = probe.answers();
            answers.forEach((name, value) -> compare(subject, name, constants.get(name), value));
            probe.unknown().forEach(name -> tolerate(subject.name() + ".h: " + name + " is unknown"));
            compared += answers.size();
        }
        conclude(reporter);
        assertThat(compared).as("constants compared").isGreaterThan(FEWEST_CONSTANTS);
    }

    @Test
    void structuresHaveTheCompilersLayouts(TestReporter reporter) throws IOException, ReflectiveOperationException {
        Set<String> compared = new TreeSet<>();
        for (GeneratedSubject subject : subjects) {
            CompilerProbe probe = new CompilerProbe(directory, subject.header());
            Map<String, Long> expected = new TreeMap<>();
            subject.structures().forEach((type, layout) -> describe(type, layout, probe, expected));
            Map<String, Long> answers = probe.answers();
            answers.forEach((key, value) -> compareLayout(subject, key, expected.get(key), value));
            probe.unknown().forEach(key -> tolerate(subject.name() + ".h: " + key + " is unknown"));
            subject.structures().keySet().stream()
                    .filter(type -> answers.containsKey("sizeof(" + type + ")"))
                    .forEach(compared::add);
        }
        conclude(reporter);
        assertThat(compared).as("structures compared").hasSizeGreaterThan(FEWEST_STRUCTURES);
    }

    private void describe(String type, GroupLayout layout, CompilerProbe probe, Map<String, Long> expected) {
        String size = "sizeof(" + type + ")";
        probe.ask(size, size);
        expected.put(size, layout.byteSize());
        String alignment = "_Alignof(" + type + ")";
        probe.ask(alignment, alignment);
        expected.put(alignment, layout.byteAlignment());
        for (Field field : fields(layout, "", 0)) {
            for (String name : field.path().split("\\.", -1)) {
                probe.undefine(name);
            }
            String offset = "offsetof(" + type + ", " + field.path() + ")";
            probe.ask(offset, offset);
            expected.put(offset, field.offset());
            // A flexible array has no size in C.
            if (field.size() > 0) {
                String width = "sizeof(((" + type + " *) 0)->" + field.path() + ")";
                probe.ask(width, width);
                expected.put(width, field.size());
            }
        }
    }

    /** The fields of a structure, those of nested structures after their own, as {@code _sifields._kill.si_pid}. */
    private static List<Field> fields(GroupLayout group, String prefix, long start) {
        List<Field> fields = new ArrayList<>();
        long offset = start;
        for (MemoryLayout member : group.memberLayouts()) {
            if (!(member instanceof PaddingLayout)) {
                fields.addAll(fields(member, prefix, offset));
            }
            offset += group instanceof UnionLayout ? 0 : member.byteSize();
        }
        return fields;
    }

    private static List<Field> fields(MemoryLayout member, String prefix, long offset) {
        String name = member.name().orElse("$anon$");
        boolean anonymous = name.startsWith("$anon$");
        List<Field> fields = new ArrayList<>();
        if (!anonymous) {
            fields.add(new Field(prefix + name, offset, member.byteSize()));
        }
        if (member instanceof GroupLayout group) {
            fields.addAll(fields(group, anonymous ? prefix : prefix + name + ".", offset));
        } else if (member instanceof SequenceLayout array && array.elementCount() > 0) {
            fields.add(new Field(
                    prefix + name + "[0]", offset, array.elementLayout().byteSize()));
        }
        return fields;
    }

    /** jextract gives a {@code u32} such as {@code 0x80000000} as a negative int: both readings of an int are right. */
    private void compare(GeneratedSubject subject, String name, Number generated, long compilers) {
        boolean same = generated.longValue() == compilers
                || (generated instanceof Integer value && Integer.toUnsignedLong(value) == compilers);
        if (!same) {
            differ(subject.name() + ".h: " + name + " is " + compilers + ", generated as " + generated);
        }
    }

    private void compareLayout(GeneratedSubject subject, String key, long generated, long compilers) {
        String difference = subject.name() + ".h: " + key + " is " + compilers + ", generated as " + generated;
        if (generated < compilers && key.startsWith("sizeof(") && !key.contains("->")) {
            tolerate(difference);
        } else if (generated != compilers) {
            differ(difference);
        }
    }

    private void differ(String difference) {
        differences.add(difference);
    }

    /** A failure if the headers are those the bindings were generated with, otherwise a remark. */
    private void tolerate(String difference) {
        (hostHas.equals(generatedWith) ? differences : passedOver).add(difference);
    }

    private void conclude(TestReporter reporter) {
        String versions = "generated with " + generatedWith + ", this host has " + hostHas;
        if (!passedOver.isEmpty()) {
            reporter.publishEntry(versions + ": passed over " + passedOver.size(), String.join("\n", passedOver));
        }
        assertThat(differences).as(versions).isEmpty();
    }

    private static String committedVersions() throws IOException {
        Properties version = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("jextract/VERSION"))) {
            version.load(reader);
        }
        return versions(release(version.getProperty("glibc")), release(version.getProperty("linux-headers")));
    }

    private static String hostVersions() throws IOException {
        CompilerProbe probe = new CompilerProbe(directory, ANY_HEADER);
        probe.ask("glibc", "__GLIBC__ * 1000 + __GLIBC_MINOR__");
        probe.ask("linux", "(LINUX_VERSION_CODE >> 16) * 1000 + (LINUX_VERSION_CODE >> 8 & 255)");
        Map<String, Long> answers = probe.answers();
        return versions(release(answers.get("glibc")), release(answers.get("linux")));
    }

    private static String versions(String glibc, String linux) {
        return "glibc " + glibc + " and Linux headers " + linux;
    }

    private static String release(String packageVersion) {
        String[] parts = packageVersion.split("[.-]", 3);
        return parts[0] + "." + parts[1];
    }

    private static String release(long thousands) {
        return thousands / 1000 + "." + thousands % 1000;
    }

    private record Field(String path, long offset, long size) {}
}

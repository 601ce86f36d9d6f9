package dev.trapgate.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.abi.Structure.Field;
import dev.trapgate.abi.Structure.Format;
import dev.trapgate.abi.StructureDeclarations.Declared;
import dev.trapgate.abi.StructureDeclarations.FieldMember;
import dev.trapgate.abi.StructureDeclarations.GroupMember;
import dev.trapgate.abi.StructureDeclarations.Member;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructuresTest {

    /** What the kernel has grown since the headers of Linux 6.1: a compiler with older headers may lack just these. */
    private static final Set<String> NEWER = Set.of(
            "mnt_id_req",
            "ns_id_req",
            "statmount",
            "xattr_args",
            "file_attr",
            "lsm_ctx",
            "landlock_net_port_attr",
            "cachestat",
            "cachestat_range",
            "statx.stx_subvol",
            "statx.stx_atomic_write_unit_min",
            "statx.stx_atomic_write_unit_max",
            "statx.stx_atomic_write_segments_max",
            "statx.stx_dio_read_offset_align",
            "statx.stx_atomic_write_unit_max_opt",
            "landlock_ruleset_attr.handled_access_net",
            "landlock_ruleset_attr.scoped",
            "perf_event_attr.config3",
            "io_sqring_offsets.user_addr",
            "io_cqring_offsets.user_addr",
            "rseq.node_id",
            "rseq.mm_cid");

    /** Structures the kernel extends at their end: older or newer headers may have another size. */
    private static final Set<String> EXTENSIBLE =
            Set.of("landlock_ruleset_attr", "perf_event_attr", "rseq", "statmount", "mnt_id_req");

    @ParameterizedTest
    @EnumSource(names = {"X86_64", "I386"})
    void layoutsAreTheCompilers(Abi abi, @TempDir Path directory) {
        CCompiler compiler = new CCompiler(abi, directory);
        Optional<String> reason = compiler.unavailable();
        assumeTrue(reason.isEmpty(), () -> reason.orElseThrow());

        Map<String, Long> ours = new LinkedHashMap<>();
        Map<String, Long> theirs = new LinkedHashMap<>();
        declarationsByHeader(abi).forEach((header, declarations) -> {
            Map<String, Long> facts = facts(declarations, abi);
            ours.putAll(facts);
            theirs.putAll(compiler.values(headers(header), expressions(facts.keySet())));
        });

        Set<String> missing = new TreeSet<>(ours.keySet());
        missing.removeAll(theirs.keySet());
        assertThat(missing).as("what the headers lack").allMatch(StructuresTest::isNewer);
        assertThat(theirs).hasSizeGreaterThan(1400);
        ours.keySet().retainAll(theirs.keySet());
        assertThat(ours).containsExactlyInAnyOrderEntriesOf(theirs);
    }

    private static boolean isNewer(String fact) {
        String subject = fact.substring(fact.indexOf(' ') + 1);
        return NEWER.contains(subject) || NEWER.contains(subject.replaceFirst("\\..*", ""));
    }

    private static Map<String, List<Declared>> declarationsByHeader(Abi abi) {
        return StructureDeclarations.of(abi).structures().values().stream()
                .collect(Collectors.groupingBy(Declared::header, TreeMap::new, Collectors.toList()));
    }

    private static List<String> headers(String header) {
        if (!header.startsWith("\"")) {
            return header.matches("<(linux|asm)/.*") ? List.of("<linux/types.h>", header) : List.of(header);
        }
        try {
            Path ours =
                    Path.of(StructuresTest.class.getResource("kernel-private.h").toURI());
            return List.of("\"" + ours + "\"");
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Keys are {@code size NAME}, {@code alignment NAME}, {@code offset NAME.FIELD}, {@code extent NAME.FIELD}. */
    private static Map<String, Long> facts(List<Declared> declarations, Abi abi) {
        Map<String, Long> facts = new LinkedHashMap<>();
        for (Declared declaration : declarations) {
            Structure structure = Structures.named(declaration.name(), abi).orElseThrow();
            Set<String> named = namedFields(declaration.members());
            if (!EXTENSIBLE.contains(structure.name())) {
                facts.put("size " + structure.name(), structure.size());
            }
            facts.put("alignment " + structure.name(), structure.alignment());
            structure.fields().stream()
                    .filter(field -> named.contains(field.name()))
                    .forEach(field -> addFacts(facts, structure, field));
        }
        return facts;
    }

    private static void addFacts(Map<String, Long> facts, Structure structure, Field field) {
        String name = structure.name() + '.' + field.name();
        facts.put("offset " + name, field.offset());
        if (!field.isFlexible()) {
            facts.put("extent " + name, field.size());
        }
    }

    private static Set<String> namedFields(List<Member> members) {
        Set<String> names = new TreeSet<>();
        for (Member member : members) {
            if (member instanceof GroupMember group) {
                names.addAll(namedFields(group.members()));
            } else if (member instanceof FieldMember field
                    && !field.attributes().contains("unnamed")) {
                names.add(field.name());
            }
        }
        return names;
    }

    private static Map<String, String> expressions(Set<String> facts) {
        Map<String, String> expressions = new LinkedHashMap<>();
        for (String fact : facts) {
            String[] words = fact.split("[ .]", -1);
            String type = "struct " + words[1];
            expressions.put(
                    fact,
                    switch (words[0]) {
                        case "size" -> "sizeof(" + type + ")";
                        case "alignment" -> "_Alignof(" + type + ")";
                        case "offset" -> "__builtin_offsetof(" + type + ", " + words[2] + ")";
                        default -> "sizeof(((" + type + " *) 0)->" + words[2] + ")";
                    });
        }
        return expressions;
    }

    @ParameterizedTest
    @CsvSource({
        "new_utsname, X86_64, 390", "new_utsname, I386, 390", "stat, X86_64, 144", "stat, I386, 64",
        "stat64, I386, 96", "epoll_event, X86_64, 12", "epoll_event, I386, 12", "siginfo, X86_64, 128",
        "siginfo, I386, 128", "sigevent, I386, 64", "statx, X86_64, 256", "statx, I386, 256",
        "statfs64, I386, 84", "sysinfo, X86_64, 112", "sysinfo, I386, 64", "__kernel_timespec, I386, 16",
        "timespec, I386, 8", "timespec, X86_64, 16", "sigaction, X86_64, 32", "sigaction, I386, 20",
        "statmount, X86_64, 512", "mnt_id_req, I386, 32", "cachestat, I386, 40", "file_attr, X86_64, 24",
        "xattr_args, I386, 16", "lsm_ctx, I386, 32"
    })
    void sizesAreThoseTheKernelDocuments(String name, Abi abi, long size) {
        assertThat(Structures.named(name, abi).orElseThrow().size()).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({
        "struct new_utsname *, new_utsname",
        "const struct iovec *, iovec",
        "'struct  stat*', stat",
        "siginfo_t *, siginfo",
        "const stack_t *, sigaltstack",
        "struct user_msghdr *, msghdr",
        "const struct landlock_ruleset_attr *const, landlock_ruleset_attr",
        "cap_user_header_t, __user_cap_header_struct",
        "const cap_user_data_t, __user_cap_data_struct",
        "struct shmid_ds *, shmid64_ds",
        "sigset_t *, sigset",
    })
    void aParametersTypeLeadsToItsStructure(String type, String name) {
        assertThat(Structures.pointedTo(type, Abi.X86_64).orElseThrow().name()).isEqualTo(name);
        assertThat(Structures.pointedTo(type, Abi.I386).orElseThrow().name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct iocb **",
                "const char *const *",
                "char *",
                "int *",
                "void *",
                "struct stat",
                "stack_t",
                "struct nonesuch *",
                "*",
                "",
                "unsigned long",
                "pid_t *"
            })
    void whatPointsToNoKnownStructureFindsNone(String type) {
        assertThat(Structures.pointedTo(type, Abi.X86_64)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "struct", "Stat", "stat ;", "pid_t", "cap_user_header_t"})
    void aNameThatIsNoStructuresFindsNone(String name) {
        assertThat(Structures.named(name, Abi.X86_64)).isEmpty();
    }

    @Test
    void spacingAndTheWordStructDoNotMatter() {
        assertThat(Structures.named("  struct\t utsname ", Abi.I386))
                .isEqualTo(Structures.named("new_utsname", Abi.I386))
                .isPresent();
    }

    @Test
    void structuresOfOneAbiAreNotFoundInAnother() {
        assertThat(Structures.named("stat64", Abi.I386)).isPresent();
        assertThat(Structures.named("stat64", Abi.X86_64)).isEmpty();
        assertThat(Structures.named("stat", Abi.AARCH64)).isEmpty();
        assertThat(Structures.names(Abi.X32)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "struct compat_stat *, stat",
        "const compat_stack_t *, sigaltstack",
        "compat_sigset_t *, sigset",
        "struct __compat_aio_sigset *, __aio_sigset",
        "struct compat_siginfo *, siginfo",
        "struct compat_old_linux_dirent *, old_linux_dirent",
        "struct old_timex32 *, timex",
        "struct old_timespec32 *, old_timespec32",
    })
    void theNamesOf64BitKernelsForI386StructuresAreKnown(String type, String name) {
        assertThat(Structures.pointedTo(type, Abi.I386).orElseThrow().name()).isEqualTo(name);
    }

    @Test
    void compatIsNoPrefixIn64Bits() {
        assertThat(Structures.pointedTo("struct compat_stat *", Abi.X86_64)).isEmpty();
    }

    /** Removed calls' structures, and vm86's, whose call a 64-bit kernel lacks. */
    private static final Set<String> WITHOUT_LAYOUT =
            Set.of("struct __sysctl_args *", "struct kernel_sym *", "struct nfsctl_arg *", "struct vm86_struct *");

    @ParameterizedTest
    @EnumSource(names = {"X86_64", "I386"})
    void everyStructureThatACallPointsToIsKnown(Abi abi) {
        Set<String> types = Arrays.stream(Syscall.values())
                .filter(call -> call.existsOn(abi))
                .flatMap(call -> call.parameters(abi).stream())
                .map(Parameter::type)
                .filter(type -> type.matches("(const )?struct \\w+ \\*(const)?"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(types).hasSizeGreaterThan(60);
        types.removeIf(type -> Structures.pointedTo(type, abi).isPresent());
        assertThat(WITHOUT_LAYOUT).containsAll(types);
    }

    @Test
    void everyNameIsFoundAndEveryFieldLiesInside() {
        for (Abi abi : List.of(Abi.X86_64, Abi.I386)) {
            assertThat(Structures.names(abi)).hasSizeGreaterThan(110);
            for (String name : Structures.names(abi)) {
                Structure structure = Structures.named(name, abi).orElseThrow();
                assertThat(structure.fields())
                        .as(name)
                        .isNotEmpty()
                        .allSatisfy(field -> assertInside(structure, field));
            }
        }
    }

    private static void assertInside(Structure structure, Field field) {
        assertThat(field.offset() + field.size()).isLessThanOrEqualTo(structure.size());
        assertThat(field.nested().isPresent()).isEqualTo(field.format() == Format.STRUCTURE);
        assertThat(field.elementSize()).isPositive();
    }

    @Test
    void formatsFollowTypesAndMarks() {
        Structure stat = Structures.named("stat", Abi.X86_64).orElseThrow();
        assertThat(stat.field("st_mode")).map(Field::format).contains(Format.OCTAL);
        assertThat(stat.field("st_size")).map(Field::format).contains(Format.SIGNED);
        assertThat(stat.field("st_ino")).map(Field::format).contains(Format.UNSIGNED);
        assertThat(stat.field("st_dev")).map(Field::format).contains(Format.HEX);
        assertThat(stat.field("__unused").orElseThrow().isPadding()).isTrue();
        assertThat(stat.field("st_ino").orElseThrow().isPadding()).isFalse();
        Structure uname = Structures.named("utsname", Abi.X86_64).orElseThrow();
        assertThat(uname.field("release"))
                .contains(new Field("release", "char", 130, Format.TEXT, 1, 65, Optional.empty()));
        Structure iovec = Structures.named("iovec", Abi.I386).orElseThrow();
        assertThat(iovec.field("iov_base"))
                .contains(new Field("iov_base", "void *", 0, Format.POINTER, 4, 1, Optional.empty()));
        Structure address = Structures.named("sockaddr_in", Abi.I386).orElseThrow();
        assertThat(address.field("sin_addr")).map(Field::format).contains(Format.BYTES);
    }

    @Test
    void nestedStructuresCarryTheirLayout() {
        Field accessed = Structures.named("statx", Abi.I386)
                .orElseThrow()
                .field("stx_atime")
                .orElseThrow();
        assertThat(accessed.type()).isEqualTo("struct statx_timestamp");
        assertThat(accessed.nested()).isEqualTo(Structures.named("statx_timestamp", Abi.I386));
        assertThat(accessed.elementSize()).isEqualTo(16);
    }

    @Test
    void aFlexibleArrayReachesToTheBuffersEnd() {
        Field name = Structures.named("linux_dirent64", Abi.X86_64)
                .orElseThrow()
                .field("d_name")
                .orElseThrow();
        assertThat(name.isFlexible()).isTrue();
        assertThat(name.offset()).isEqualTo(19);
        assertThat(name.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct broken {",
                "struct a { int b }",
                "typedef",
                "enum e { A };",
                "struct 9 {};",
                "struct a { int b; }; struct a { int b; };",
                "struct a { int b[; };"
            })
    void textThatBreaksTheNotationIsRefusedWithItsLine(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StructureParser("\n" + text, Abi.X86_64).parse())
                .withMessageContaining("structures.txt, line 2");
    }

    @Test
    void anUndeclaredTypeIsRefused() {
        StructureDeclarations declarations = new StructureParser("struct a { nonesuch b; };", Abi.I386).parse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StructureLayout(declarations, Abi.I386).structure("a"))
                .withMessageContaining("nonesuch");
    }

    @Test
    void cRulesHoldForWhatTheDataDoesNotContain() {
        String text = "struct a { char c; union { u64 wide; u8 bytes[9]; }; short tail; };"
                + "[[packed]] struct p { char c; long long wide; }; [[aligned(16)]] struct g { char c; };";
        assertThat(offsets(text, "a", Abi.X86_64)).containsExactly(0L, 8L, 8L, 24L, 32L);
        assertThat(offsets(text, "a", Abi.I386)).containsExactly(0L, 4L, 4L, 16L, 20L);
        assertThat(offsets(text, "p", Abi.X86_64)).containsExactly(0L, 1L, 9L);
        assertThat(offsets(text, "g", Abi.I386)).containsExactly(0L, 16L);
    }

    private static List<Long> offsets(String text, String name, Abi abi) {
        StructureDeclarations declarations = new StructureParser(text, abi).parse();
        Structure structure =
                new StructureLayout(declarations, abi).structure(name).orElseThrow();
        List<Long> offsets =
                new ArrayList<>(structure.fields().stream().map(Field::offset).toList());
        offsets.add(structure.size());
        return offsets;
    }
}

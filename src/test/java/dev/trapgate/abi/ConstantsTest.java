package dev.trapgate.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantsTest {

    private static final List<List<String>> ROWS = rows("constants.tsv");

    private static List<List<String>> rows(String table) {
        return Resource.text(table)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .skip(1)
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }

    /** Constants that glibc of another version may lack or add to; the kernel's own are never taken away. */
    private static final int MOST_MISSING = 40;

    @ParameterizedTest
    @EnumSource(names = {"X86_64", "I386"})
    void valuesAreTheCompilers(Abi abi, @TempDir Path directory) {
        CCompiler compiler = new CCompiler(abi, directory);
        Optional<String> reason = compiler.unavailable();
        assumeTrue(reason.isEmpty(), () -> reason.orElseThrow());

        Map<String, Long> ours = new LinkedHashMap<>();
        Map<String, Long> theirs = new LinkedHashMap<>();
        Map<String, List<String>> headers = rows("constant-groups.tsv").stream()
                .collect(Collectors.toMap(
                        row -> row.get(0), row -> List.of(row.get(3).split(" ", -1))));
        ROWS.stream().collect(Collectors.groupingBy(ConstantsTest::firstGroup)).forEach((group, rows) -> {
            rows.forEach(row -> Constants.value(row.get(0), abi).ifPresent(value -> ours.put(row.get(0), value)));
            theirs.putAll(compiler.values(
                    headers.getOrDefault(group, List.of()),
                    rows.stream().collect(Collectors.toMap(row -> row.get(0), row -> row.get(0)))));
        });

        assertThat(theirs).hasSizeGreaterThan(2400);
        Set<String> missing = new TreeSet<>(ours.keySet());
        missing.removeAll(theirs.keySet());
        ROWS.stream().filter(row -> !row.get(4).equals("-")).forEach(row -> missing.remove(row.get(0)));
        assertThat(missing).as("in our table, not in the headers").hasSizeLessThan(MOST_MISSING);
        ours.keySet().retainAll(theirs.keySet());
        assertThat(ours).containsExactlyInAnyOrderEntriesOf(theirs);
    }

    private static String firstGroup(List<String> row) {
        return row.get(3).replaceFirst(",.*", "");
    }

    @Test
    void everyRowIsWholeAndEveryNameIsThereOnce() {
        assertThat(ROWS).hasSizeGreaterThan(2500).allSatisfy(row -> {
            assertThat(row).hasSize(5);
            assertThat(row.get(4)).matches("-|>6\\.1|[67]\\.\\d+");
            assertThat(row.get(3).split(",", -1))
                    .allSatisfy(group ->
                            assertThat(ConstantGroups.named(group)).as(group).isPresent());
        });
        assertThat(ROWS.stream().map(List::getFirst)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "AT_FDCWD, -100, -100",
        "O_CLOEXEC, 524288, 524288",
        "MAP_32BIT, 64, 64",
        "EPOLLET, 2147483648, 2147483648",
        "CLONE_CLEAR_SIGHAND, 4294967296, 4294967296",
        "RLIM_INFINITY, -1, 4294967295",
        "PR_GET_AUXV, 1096112214, 1096112214",
    })
    void knownValues(String name, long x8664, long i386) {
        assertThat(Constants.value(name, Abi.X86_64)).hasValue(x8664);
        assertThat(Constants.value(name, Abi.I386)).hasValue(i386);
    }

    @Test
    void aConstantOfOneAbiIsAbsentInAnother() {
        assertThat(Constants.value("F_GETLK64", Abi.I386)).hasValue(12);
        assertThat(Constants.value("F_GETLK64", Abi.X86_64)).isEmpty();
        assertThat(Constants.value("AT_SYSINFO", Abi.X86_64)).isEmpty();
        assertThat(Constants.value("O_CLOEXEC", Abi.AARCH64)).isEmpty();
        assertThat(Constants.names(Abi.AARCH64)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "o_cloexec", "O_CLOEXEC ", " O_CLOEXEC", "O_CLO EXEC", "O_RDONLY|O_CLOEXEC", "name", "-"
            })
    void whatIsNoNameHasNoValue(String name) {
        assertThat(Constants.value(name, Abi.X86_64)).isEqualTo(OptionalLong.empty());
        assertThat(Constants.named(name)).isEmpty();
    }

    @Test
    void namesAreSortedAndEachHasAValue() {
        for (Abi abi : List.of(Abi.X86_64, Abi.I386)) {
            assertThat(List.copyOf(Constants.names(abi)))
                    .hasSizeGreaterThan(2500)
                    .isSorted()
                    .allSatisfy(name -> assertThat(Constants.value(name, abi)).isPresent());
        }
    }
}

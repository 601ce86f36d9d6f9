package dev.trapgate.emulator.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The specification's numbered lines, each run on every machine that it speaks of. */
class SemanticsTest {

    private static final int LINES = 34;

    /** Lines without a case, and why. */
    private static final Map<Integer, String> LEFT = new TreeMap<>(Map.of(
            9, "needs the loader of programs, which lays the auxiliary vector out for the user-mode interpreter"));

    @TestFactory
    Stream<DynamicContainer> everyLine() {
        return Cases.everything().stream()
                .collect(Collectors.groupingBy(SemanticsCase::line, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(line -> DynamicContainer.dynamicContainer("line " + line.getKey(), tests(line.getValue())));
    }

    private static Stream<DynamicTest> tests(List<SemanticsCase> cases) {
        return cases.stream().map(one -> DynamicTest.dynamicTest(one.toString(), one::run));
    }

    @Test
    void thereAreAtLeastThreeHundredCasesWithNamesOfTheirOwn() {
        List<String> names =
                Cases.everything().stream().map(SemanticsCase::toString).toList();

        assertThat(names).hasSizeGreaterThanOrEqualTo(300).doesNotHaveDuplicates();
    }

    @Test
    void theLinesWithoutACaseAreThoseThatSayWhy() {
        TreeSet<Integer> missing =
                IntStream.rangeClosed(1, LINES).boxed().collect(Collectors.toCollection(TreeSet::new));
        Cases.everything().forEach(one -> missing.remove(one.line()));

        assertThat(missing).isEqualTo(LEFT.keySet());
    }
}

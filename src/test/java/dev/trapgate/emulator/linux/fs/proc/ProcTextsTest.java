package dev.trapgate.emulator.linux.fs.proc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.linux.fs.EmulatedFiles;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.entry.Gate;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulated /proc against this host's: the same fields in the same order and layout, whatever the values are. */
class ProcTextsTest {

    /** Lines that a kernel has or lacks by its version, its configuration or its processor. */
    private static final Set<String> OPTIONAL = Set.of(
            "Kthread",
            "untag_mask",
            "THP_enabled",
            "HugetlbPages",
            "NStgid",
            "NSpid",
            "NSpgid",
            "NSsid",
            "Seccomp_filters",
            "SpeculationIndirectBranch",
            "Speculation_Store_Bypass",
            "x86_Thread_features",
            "x86_Thread_features_locked",
            "microcode",
            "cache size",
            "TLB size",
            "vmx flags",
            "physical id",
            "siblings",
            "core id",
            "cpu cores",
            "apicid",
            "initial apicid");

    private static final Pattern PADDED = Pattern.compile(" *\\d+ kB");

    private final EmulatedMachine machine = EmulatedFiles.machine(Credentials.USER);
    private final EmulatedFiles files = new EmulatedFiles(machine, Gate.EMULATED_SYSCALL);

    @BeforeEach
    void needLinux() {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "this host has no /proc");
    }

    @AfterEach
    void close() {
        files.close();
        machine.close();
    }

    private static String host(String path) throws IOException {
        // In large pieces: a number of /proc/sys is told in one only.
        byte[] piece = new byte[1 << 16];
        StringBuilder text = new StringBuilder();
        try (FileInputStream in = new FileInputStream(path)) {
            for (int size = in.read(piece); size > 0; size = in.read(piece)) {
                text.append(new String(piece, 0, size, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    /** {@return the lines of a text of fields, but for optional ones, each with its value's layout in the value's place} */
    private static List<String> fields(String text) {
        return text.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> !OPTIONAL.contains(line.split("\\s*:", 2)[0]))
                .map(ProcTextsTest::layout)
                .toList();
    }

    private static String layout(String line) {
        int colon = line.indexOf(':') + 1;
        String name = line.substring(0, colon);
        return name + value(name, line.substring(colon));
    }

    private static String value(String name, String value) {
        if (PADDED.matcher(value.strip()).matches()) {
            return "memory of " + value.length() + " characters";
        }
        return switch (name.strip()) {
            case "flags\t\t:",
                    "bugs\t\t:",
                    "model name\t:",
                    "vendor_id\t:",
                    "Name:",
                    "power management:",
                    "fpu\t\t:",
                    "fpu_exception\t:" -> value.startsWith(" ") ? " words" : value.startsWith("\t") ? "\twords" : "";
            case "Groups:", "Cpus_allowed:", "Mems_allowed:" ->
                value.replaceAll("[0-9a-f]+", "n").replaceAll("(n,?)+", "n");
            case "Cpus_allowed_list:", "Mems_allowed_list:" -> "\tranges";
            default ->
                value.replaceAll("[0-9a-f]{16}", "mask")
                        .replaceAll("\\d+", "n")
                        .replace("R (running)", "S")
                        .replace("S (sleeping)", "S");
        };
    }

    @Test
    void statusHasTheSameLines() throws IOException {
        assertThat(fields(files.read("/proc/self/status"))).isEqualTo(fields(host("/proc/self/status")));
    }

    @Test
    void cpuinfoHasTheSameLines() throws IOException {
        assertThat(fields(files.read("/proc/cpuinfo"))).isEqualTo(fields(host("/proc/cpuinfo")));
    }

    @Test
    void statHasAsManyFields() throws IOException {
        assertThat(shape(files.read("/proc/self/stat"))).isEqualTo(shape(host("/proc/self/stat")));
    }

    /** A thread's name may hold blanks. */
    private static String shape(String stat) {
        return stat.replaceFirst("\\(.*\\)", "(name)")
                .replaceFirst("\\) [A-Z]", ") S")
                .replaceAll("-?\\d+", "n");
    }

    @Test
    void limitsHaveTheSameRows() throws IOException {
        assertThat(rows(files.read("/proc/self/limits"))).isEqualTo(rows(host("/proc/self/limits")));
    }

    /** Numbers stand in columns: what is not a digit stays where it is. */
    private static List<String> rows(String text) {
        Pattern number = Pattern.compile("(\\d+|unlimited) *(?= |$)");
        return text.lines()
                .map(line -> number.matcher(line).replaceAll((MatchResult found) -> "#"
                        .repeat(found.group().length())))
                .toList();
    }

    @Test
    void limitsSayWhatPrlimitSays() {
        long limit = files.answer();
        files.call(Syscall.PRLIMIT64, 0, 7, 0, limit);
        assertThat(files.read("/proc/self/limits")).contains("Max open files            1024                 1048576 ");
    }

    @Test
    void mapsHasTheSameColumns() throws IOException {
        Pattern line = Pattern.compile(
                "[0-9a-f]{8,}-[0-9a-f]{8,} [r-][w-][x-][ps] [0-9a-f]{8,} [0-9a-f]{2,}:[0-9a-f]{2,} \\d+ *( \\S.*)?");
        assertThat(host("/proc/self/maps").lines()).allMatch(line.asMatchPredicate());
        assertThat(files.read("/proc/self/maps").lines()).allMatch(line.asMatchPredicate());
        assertThat(column(files.read("/proc/self/maps"))).isEqualTo(column(host("/proc/self/maps")));
    }

    /** {@return where names begin} */
    private static Set<Integer> column(String maps) {
        return maps.lines()
                .filter(line -> line.endsWith("[stack]"))
                .map(line -> line.indexOf('['))
                .collect(Collectors.toSet());
    }

    @Test
    void versionHasTheSameParts() throws IOException {
        Pattern parts = Pattern.compile("Linux version \\S+ \\(\\S+@\\S+\\) \\(.+\\) #\\d+ \\S.*\n");
        assertThat(host("/proc/version")).matches(parts);
        assertThat(files.read("/proc/version")).matches(parts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cap_last_cap",
                "domainname",
                "hostname",
                "ngroups_max",
                "osrelease",
                "ostype",
                "overflowgid",
                "overflowuid",
                "pid_max",
                "randomize_va_space",
                "threads-max",
                "version"
            })
    void aSettingIsALineAsHere(String name) throws IOException {
        String path = "/proc/sys/kernel/" + name;
        assertThat(kind(files.read(path))).isEqualTo(kind(host(path)));
    }

    private static String kind(String setting) {
        return setting.matches("\\d+\n") ? "a number" : setting.matches("[^\n]+\n") ? "a line" : "something else";
    }

    @Test
    void statusTellsOfSignals() {
        files.call(Syscall.RT_SIGPROCMASK, 0, files.name("\u0000\u0002\0\0\0\0\0\0"), 0, 8);
        files.call(Syscall.TKILL, files.call(Syscall.GETTID), 10);
        assertThat(files.read("/proc/self/status"))
                .contains("\nSigQ:\t1/96000\nSigPnd:\t0000000000000200\n", "\nSigBlk:\t0000000000000200\n");
    }
}

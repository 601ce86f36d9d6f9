package dev.trapgate.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.abi.Syscall.Standing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table against what this host knows: its headers and its kernel. */
class SyscallNumbersTest {

    private static final Pattern DEFINITION =
            Pattern.compile("#define __NR_(\\w+) +(?:\\(__X32_SYSCALL_BIT \\+ )?(\\d+)\\)?");

    @ParameterizedTest
    @CsvSource({"X86_64, unistd_64.h", "I386, unistd_32.h", "X32, unistd_x32.h"})
    void knowsEveryNumberOfTheHostsHeaders(Abi abi, String header) throws IOException {
        Path file = Stream.of("/usr/include/x86_64-linux-gnu/asm", "/usr/include/asm")
                .map(directory -> Path.of(directory, header))
                .filter(Files::isReadable)
                .findFirst()
                .orElse(Path.of(header));
        assumeTrue(Files.isReadable(file), "the kernel headers (" + header + ") are not installed");
        Map<String, Integer> expected = numbers(file);
        Map<String, Integer> found = new TreeMap<>();
        for (String name : expected.keySet()) {
            Syscall.named(name).filter(call -> call.existsOn(abi)).ifPresent(call -> found.put(name, call.number(abi)));
        }
        assertThat(expected).hasSizeGreaterThan(300);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void theKernelAnswersEnosysToNumbersNeverImplemented() throws Throwable {
        assumeTrue(
                Files.readString(Path.of("/proc/self/status")).contains("Seccomp:\t0"),
                "a seccomp filter answers unknown numbers in its own way");
        for (Syscall call : Syscall.values()) {
            if (call.existsOn(Abi.X86_64) && call.standing(Abi.X86_64) == Standing.RESERVED) {
                assertThat(errnoOf(call.number(Abi.X86_64))).as(call.callName()).isEqualTo(Errno.ENOSYS.number());
            }
        }
    }

    private static Map<String, Integer> numbers(Path header) throws IOException {
        Map<String, Integer> numbers = new TreeMap<>();
        for (String line : Files.readAllLines(header)) {
            Matcher definition = DEFINITION.matcher(line);
            if (definition.matches()) {
                numbers.put(definition.group(1), Integer.parseInt(definition.group(2)));
            }
        }
        return numbers;
    }

    /** Makes a call that must fail, without arguments, by glibc's syscall(2). */
    private static int errnoOf(int number) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle syscall = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            long result = (long) syscall.invokeExact(state, (long) number);
            assertThat(result).isEqualTo(-1);
            return state.get(ValueLayout.JAVA_INT, 0);
        }
    }
}

package dev.trapgate.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrnoTest {

    private static final Pattern DEFINITION = Pattern.compile("#define (E[A-Z0-9]+) (\\w+)");

    @Test
    void namesAndMessagesAreGlibcs() throws Throwable {
        Optional<MethodHandle> names = glibc("strerrorname_np");
        Optional<MethodHandle> messages = glibc("strerrordesc_np");
        assumeTrue(names.isPresent() && messages.isPresent(), "this C library has no strerrorname_np (glibc 2.32)");
        for (int number = 1; number <= Errno.MAX_ERRNO; number++) {
            Optional<Errno> error = Errno.numbered(number);
            assertThat(error.map(Errno::name)).as("%d", number).isEqualTo(text(names.get(), number));
            assertThat(error.map(Errno::message)).as("%d", number).isEqualTo(text(messages.get(), number));
        }
    }

    @Test
    void numbersAreTheCCompilers(@TempDir Path scratch) throws Exception {
        Map<String, Integer> defined = numbersOfTheCompiler(scratch);
        Map<String, Integer> known = new TreeMap<>();
        for (Errno error : Errno.values()) {
            known.put(error.name(), error.number());
            error.aliases().forEach(alias -> known.put(alias, error.number()));
        }
        assertThat(known).isEqualTo(defined);
    }

    @ParameterizedTest
    @EnumSource
    void findsEveryErrorByNameNumberAndResult(Errno error) {
        assertThat(Errno.named(error.name())).containsSame(error);
        assertThat(Errno.numbered(error.number())).containsSame(error);
        assertThat(Errno.of(-error.number())).containsSame(error);
        assertThat(error.aliases())
                .allSatisfy(alias -> assertThat(Errno.named(alias)).containsSame(error));
    }

    @Test
    void knowsTheThreeAliases() {
        assertThat(Errno.EAGAIN.aliases()).containsExactly("EWOULDBLOCK");
        assertThat(Errno.EDEADLK.aliases()).containsExactly("EDEADLOCK");
        assertThat(Errno.EOPNOTSUPP.aliases()).containsExactly("ENOTSUP");
        assertThat(Errno.ENOENT.aliases()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -2, -133, -512, -4095})
    void takesTheLast4095NumbersForErrors(long result) {
        assertThat(Errno.isError(result)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4095, -4096, -0x7000, Integer.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 0xffff_ffffL})
    void takesAnyOtherResultForAValue(long result) {
        assertThat(Errno.isError(result)).isFalse();
        assertThat(Errno.of(result)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 41, 58, 134, 512, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void knowsNoErrorOfOtherNumbers(int number) {
        assertThat(Errno.numbered(number)).isEmpty();
    }

    @Test
    void knowsNoErrorOfOtherNames() {
        assertThat(Errno.named("enoent")).isEmpty();
        assertThat(Errno.named("")).isEmpty();
        assertThat(Errno.of(-512)).as("an error of no public number").isEmpty();
    }

    @Test
    void findsErrorsWithoutAllocating() {
        assertThat(AllocatedBytes.perRun(() -> Errno.of(-11).isPresent())).isZero();
        assertThat(AllocatedBytes.perRun(() -> Errno.numbered(133).isPresent())).isZero();
        assertThat(AllocatedBytes.perRun(() -> Errno.named("EWOULDBLOCK").isPresent()))
                .isZero();
        assertThat(AllocatedBytes.perRun(() -> !Errno.isError(3))).isZero();
    }

    private static Optional<MethodHandle> glibc(String function) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(function)
                .map(address -> linker.downcallHandle(
                        address, FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT)));
    }

    private static Optional<String> text(MethodHandle function, int number) throws Throwable {
        MemorySegment text = (MemorySegment) function.invokeExact(number);
        return text.equals(MemorySegment.NULL)
                ? Optional.empty()
                : Optional.of(text.reinterpret(Long.MAX_VALUE).getString(0));
    }

    /** {@return every E… macro of errno.h, as the compiler's preprocessor defines it} */
    private static Map<String, Integer> numbersOfTheCompiler(Path scratch) throws IOException, InterruptedException {
        Map<String, String> definitions = new TreeMap<>();
        for (String line : Files.readAllLines(preprocess("#include <errno.h>\n", scratch))) {
            Matcher definition = DEFINITION.matcher(line);
            if (definition.matches()) {
                definitions.put(definition.group(1), definition.group(2));
            }
        }
        Map<String, Integer> numbers = new TreeMap<>();
        definitions.forEach(
                (name, value) -> numbers.put(name, Integer.valueOf(definitions.getOrDefault(value, value))));
        return numbers;
    }

    private static Path preprocess(String source, Path scratch) throws IOException, InterruptedException {
        Path input = Files.writeString(scratch.resolve("errors.c"), source);
        Path output = scratch.resolve("errors.i");
        Process compiler = startCompiler("-E", "-dM", "-o", output.toString(), input.toString());
        try {
            assertThat(compiler.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            compiler.destroyForcibly();
        }
        assumeTrue(compiler.exitValue() == 0, "the C compiler has no errno.h");
        return output;
    }

    private static Process startCompiler(String... options) {
        String[] command = new String[options.length + 1];
        command[0] = "cc";
        System.arraycopy(options, 0, command, 1, options.length);
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            assumeTrue(false, "there is no C compiler: " + missing.getMessage());
            throw new UncheckedIOException(missing);
        }
    }
}

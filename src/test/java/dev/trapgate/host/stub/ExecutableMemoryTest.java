package dev.trapgate.host.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.entry.Gate;
import dev.trapgate.host.FilteredThread;
import dev.trapgate.host.OpenGate;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExecutableMemoryTest {

    private static final MachineCode FORTY_TWO = MachineCode.of(
            "b8 2a 00 00 00", // mov eax, 42
            "c3"); //            ret

    @BeforeEach
    void needsMachineCode() {
        OpenGate.orSkip(Gate.SYSCALL);
    }

    @Test
    void whatIsMappedCanBeCalled() throws Throwable {
        MemorySegment code = ExecutableMemory.map(FORTY_TWO);

        assertThat(code.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(FORTY_TWO.toByteArray());
        assertThat((int) Linker.nativeLinker()
                        .downcallHandle(code, FunctionDescriptor.of(ValueLayout.JAVA_INT))
                        .invokeExact())
                .isEqualTo(42);
    }

    /** The JVM's own code cache may be all three; ours never is. */
    @Test
    void itsPagesAreNeverWritableAndExecutable() throws Exception {
        ReturnEndingChoice choice = ReturnEndingChoice.make(MachineCode.of("0f 05"));

        assertThat(permissions(ExecutableMemory.map(FORTY_TWO).address())).isEqualTo("r-xp");
        assertThat(permissions(choice.stub().address())).isEqualTo("r-xp");
    }

    private static String permissions(long address) throws Exception {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> contains(line.substring(0, line.indexOf(' ')), address))
                .map(line -> line.split(" ", 3)[1])
                .findFirst()
                .orElse("not mapped");
    }

    private static boolean contains(String range, long address) {
        int dash = range.indexOf('-');
        return Long.compareUnsigned(Long.parseUnsignedLong(range.substring(0, dash), 16), address) <= 0
                && Long.compareUnsigned(address, Long.parseUnsignedLong(range.substring(dash + 1), 16)) < 0;
    }

    @Test
    void saysWhatIsForbiddenAndWhatToUseInstead() throws Exception {
        FilteredThread.refusingExecutablePages().run(() -> {
            assertThatThrownBy(() -> ExecutableMemory.map(FORTY_TWO))
                    .isInstanceOf(ExecutableMemoryRefusedException.class)
                    .hasMessageStartingWith("executable memory is refused: mprotect(PROT_READ|PROT_EXEC)")
                    .hasMessageContaining("EACCES (Permission denied)")
                    .hasMessageEndingWith("Use LIBC_SYSCALL, which needs none.");
            return true;
        });
    }
}

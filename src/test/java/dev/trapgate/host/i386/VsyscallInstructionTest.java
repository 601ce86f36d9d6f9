package dev.trapgate.host.i386;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class VsyscallInstructionTest {

    private static List<String> assembly(String bytes) {
        return VsyscallInstruction.disassembled(HexFormat.ofDelimiter(" ").parseHex(bytes)).stream()
                .map(VsyscallInstruction.Line::assembly)
                .toList();
    }

    @Test
    void disassemblesUpToTheReturn() {
        assertThat(assembly("51 52 55 89 cd 0f 05 cd 80 5d 5a 59 c3 90 90"))
                .containsExactly(
                        "push %ecx",
                        "push %edx",
                        "push %ebp",
                        "mov %ecx,%ebp",
                        "syscall",
                        "int $0x80",
                        "pop %ebp",
                        "pop %edx",
                        "pop %ecx",
                        "ret");
    }

    @Test
    void stopsAtWhatItDoesNotKnow() {
        assertThat(assembly("51 f4 c3")).containsExactly("push %ecx", "(bad)");
    }

    @Test
    void findsTheInstructionOfThisKernel() throws IOException {
        Companion companion = SharedCompanion.get();
        assumeTrue(companion.kernelVsyscall() != 0, "no AT_SYSINFO");

        assertThat(VsyscallInstruction.of(companion)).isNotEqualTo(VsyscallInstruction.UNKNOWN);
        assertThat(VsyscallInstruction.disassembled(companion))
                .extracting(VsyscallInstruction.Line::assembly)
                .endsWith("pop %ebp", "pop %edx", "pop %ecx", "ret");
    }
}

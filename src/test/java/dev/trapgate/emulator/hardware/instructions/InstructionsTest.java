package dev.trapgate.emulator.hardware.instructions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same bytes with the same registers, flags and memory, on this machine's processor and by the interpreter. */
class InstructionsTest {

    private static final int CASES_PER_FORM = 24;

    @Test
    void thereAreAtLeastThreeHundredForms() {
        assertThat(CaseForm.all("")).hasSizeGreaterThanOrEqualTo(300);
    }

    @Test
    void everyFormDoesWhatTheProcessorDoes() throws Exception {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "needs a processor of x86-64 under Linux to compare with");
        SplittableRandom random = new SplittableRandom(1);
        List<InstructionCase> cases = new ArrayList<>();
        for (CaseForm form : CaseForm.all("")) {
            IntStream.range(0, CASES_PER_FORM)
                    .mapToObj(i -> form.random(random))
                    .filter(form::defines)
                    .forEach(cases::add);
        }
        assertThat(differences(cases)).isEmpty();
    }

    /**
     * The campaign of seed 4711 jumped to the third byte of {@code 4a 39 dd}, which with the INT3 behind it is {@code dd cc},
     * an FXCH that no manual lists: the processor executes it, the interpreter has no x87.
     */
    @Test
    void aJumpToAnotherCasesCodeIsNotHeldAgainstTheInterpreter() throws Exception {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "needs a processor of x86-64 under Linux to compare with");
        long[] registers = new long[16];
        registers[GeneralRegisters.RSP] = InstructionCase.WINDOW + 0x78;
        registers[GeneralRegisters.RSI] = InstructionCase.start(1) + 2;
        byte[] window = new byte[InstructionCase.WINDOW_SIZE];
        InstructionCase call = new InstructionCase(
                "call *%esi", new byte[] {(byte) 0xff, (byte) 0xd6}, Width.BITS_32, registers, 0, window, 0);
        InstructionCase compare = new InstructionCase(
                "cmp %rbx,%rbp", new byte[] {0x4a, 0x39, (byte) 0xdd}, Width.BITS_64, registers, 0, window, 0);

        assertThat(differences(List.of(call, compare))).isEmpty();
    }

    static List<String> differences(List<InstructionCase> cases) throws Exception {
        List<InstructionOutcome> real = NativeInstructions.run(cases);
        List<String> found = new ArrayList<>();
        try (EmulatedInstructions emulated = new EmulatedInstructions()) {
            List<InstructionOutcome> ours = emulated.run(cases);
            for (int i = 0; i < cases.size(); i++) {
                String difference = real.get(i).difference(ours.get(i), cases.get(i));
                if (!difference.isEmpty() && !ours.get(i).isAstray(i)) {
                    found.add(cases.get(i) + ": " + difference);
                }
            }
        }
        return found;
    }
}

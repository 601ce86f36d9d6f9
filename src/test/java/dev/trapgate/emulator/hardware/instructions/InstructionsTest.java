package dev.trapgate.emulator.hardware.instructions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

    static List<String> differences(List<InstructionCase> cases) throws Exception {
        List<InstructionOutcome> real = NativeInstructions.run(cases);
        List<String> found = new ArrayList<>();
        try (EmulatedInstructions emulated = new EmulatedInstructions()) {
            List<InstructionOutcome> ours = emulated.run(cases);
            for (int i = 0; i < cases.size(); i++) {
                String difference = real.get(i).difference(ours.get(i), cases.get(i));
                if (!difference.isEmpty()) {
                    found.add(cases.get(i) + ": " + difference);
                }
            }
        }
        return found;
    }
}

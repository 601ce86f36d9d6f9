package dev.trapgate.emulator.hardware.instructions;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A form of instructions, of which there are random cases. */
interface CaseForm {

    /** {@return a random case of this form} */
    InstructionCase random(SplittableRandom random);

    /** {@return whether the manuals define the results of a case at all} */
    boolean defines(InstructionCase one);

    /** {@return all forms whose names begin so} */
    static List<CaseForm> all(String beginning) {
        Stream<CaseForm> integers = InstructionForm.all().stream().map(form -> form);
        Stream<CaseForm> floats = FloatForm.all().stream().map(form -> form);
        return Stream.concat(integers, floats)
                .filter(form -> form.toString().startsWith(beginning))
                .toList();
    }
}

package dev.trapgate.emulator.hardware.instructions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Compares the interpreter with this machine's processor in millions of random cases, and says what differed.
 *
 * <p>{@code java … dev.trapgate.emulator.hardware.instructions.InstructionCampaign CASES SEED [NAME]}, NAME the beginning of the names of
 * the forms that are wanted; in Maven,
 * {@code ./mvnw -Pinstructions test-compile exec:exec@instructions}.
 */
final class InstructionCampaign {

    private static final int AT_ONCE = 20_000;
    private static final int MOST_SHOWN = 3;

    private InstructionCampaign() {}

    public static void main(String[] arguments) throws Exception {
        long wanted = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5_000_000;
        SplittableRandom random = new SplittableRandom(arguments.length > 1 ? Long.parseLong(arguments[1]) : 1);
        List<CaseForm> forms = CaseForm.all(arguments.length > 2 ? arguments[2] : "");
        Map<String, List<String>> found = new TreeMap<>();
        long done = 0;
        while (done < wanted) {
            List<InstructionCase> cases = new ArrayList<>();
            while (cases.size() < AT_ONCE) {
                CaseForm form = forms.get(random.nextInt(forms.size()));
                InstructionCase one = form.random(random);
                if (form.defines(one)) {
                    cases.add(one);
                }
            }
            for (String difference : InstructionsTest.differences(cases)) {
                found.computeIfAbsent(difference.split(" \\[", -1)[0], form -> new ArrayList<>())
                        .add(difference);
            }
            done += cases.size();
        }
        found.forEach((form, all) -> {
            System.out.println(form + ": " + all.size());
            all.stream().limit(MOST_SHOWN).forEach(one -> System.out.println("    " + one));
        });
        System.out.println(done + " cases of " + forms.size() + " forms: " + found.size() + " forms differ");
        if (!found.isEmpty()) {
            System.exit(1);
        }
    }
}

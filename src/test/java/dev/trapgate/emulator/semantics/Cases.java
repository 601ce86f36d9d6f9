package dev.trapgate.emulator.semantics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Collects cases. */
final class Cases {

    private final List<SemanticsCase> all = new ArrayList<>();

    /** Adds a check for every machine that a condition holds for. */
    Cases add(int line, String what, Predicate<Profile> where, SemanticsCase.Body body) {
        for (Profile profile : Profile.where(where)) {
            all.add(new SemanticsCase(line, what, profile, body));
        }
        return this;
    }

    List<SemanticsCase> all() {
        return all;
    }

    static List<SemanticsCase> everything() {
        Cases cases = new Cases();
        TableCases.addTo(cases);
        InterruptCases.addTo(cases);
        DescriptorCases.addTo(cases);
        FrameCases.addTo(cases);
        SyscallCases.addTo(cases);
        SysenterCases.addTo(cases);
        RestartCases.addTo(cases);
        SignalCases.addTo(cases);
        EntryWorkCases.addTo(cases);
        return cases.all();
    }
}

package dev.trapgate.differential.grammar;

import dev.trapgate.notation.CallArgument;
import java.util.List;

/** Clocks, and sleeps that are over at once. */
final class TimeGrammar implements Grammar {

    @Override
    public List<Production> productions() {
        return List.of(
                Production.of(6, "clock_gettime", s -> List.of(clock(s), s.structure())),
                Production.of(4, "clock_gettime64", s -> List.of(clock(s), s.structure())),
                Production.of(4, "clock_getres", s -> List.of(clock(s), s.structure())),
                Production.of(2, "gettimeofday", s -> List.of(s.structure(), s.structure())),
                Production.of(2, "time", s -> List.of(s.structure())),
                Production.of(4, "nanosleep", s -> List.of(duration(s), s.structure())),
                Production.of(
                        4, "clock_nanosleep", s -> List.of(clock(s), s.number(0, 0, 2), duration(s), s.structure())),
                Production.of(2, "times", s -> List.of(s.structure())),
                Production.of(2, "getrusage", s -> List.of(s.number(0, -1, 1, 2, -3), s.structure())));
    }

    private static CallArgument clock(Situation s) {
        return s.number(0, 1, 4, 5, 6, 7, 0, 1, 16, 99, -1);
    }

    private static CallArgument duration(Situation s) {
        return s.once(10)
                ? s.badPointer()
                : Situation.structure(
                        "timespec",
                        Situation.field("tv_sec", s.number(0, 0, 0, -1)),
                        Situation.field("tv_nsec", s.number(0, 1, 1000, -1, 1_000_000_000)));
    }
}

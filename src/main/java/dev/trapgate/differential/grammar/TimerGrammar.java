package dev.trapgate.differential.grammar;

import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.CallArgument.Structured;
import java.util.List;

/**
 * Interval timers and POSIX timers that do not expire while a scenario is played, and signals of theirs only once those are
 * blocked.
 */
final class TimerGrammar implements Grammar {

    private static final String BLOCK = "rt_sigprocmask";
    private static final long SIGALRM = 14;
    private static final long SIGUSR1 = 10;

    @Override
    public List<Production> productions() {
        return List.of(
                Production.of(8, BLOCK, s -> SignalGrammar.blocking()),
                Production.of(10, "getitimer", s -> List.of(s.number(0, 0, 1, 2, 3, -1), s.structure())),
                Production.of(12, "setitimer", s -> List.of(s.number(0, 0, 1, 2, 3), interval(s), s.structure())),
                Production.of(
                        8, "alarm", s -> List.of(SignalGrammar.isBlocked(s) ? s.number(0, 100, 1000) : s.number(0))),
                Production.of(
                        12,
                        "timer_create",
                        s -> List.of(s.number(0, 1, 2, 3, 7, 11, 4, 5, 9, 10, 99, -1, -2, -6), event(s), id(s))),
                Production.of(20, "timer_settime", TimerGrammar::set),
                Production.of(20, "timer_settime64", TimerGrammar::set),
                Production.of(15, "timer_gettime", s -> List.of(timer(s), s.structure())),
                Production.of(15, "timer_gettime64", s -> List.of(timer(s), s.structure())),
                Production.of(5, "timer_getoverrun", s -> List.of(timer(s))),
                Production.of(6, "timer_delete", s -> List.of(timer(s))));
    }

    private static CallArgument timer(Situation s) {
        return s.number(0, 0, 0, 1, 1, 2, 3, -1, 99);
    }

    private static CallArgument id(Situation s) {
        return s.once(15) ? s.badPointer() : Situation.structure("int");
    }

    private static CallArgument interval(Situation s) {
        if (!SignalGrammar.isBlocked(s)) {
            return s.number(0, 1);
        }
        return own(Situation.field("it_interval", time(s, "tv_usec")), Situation.field("it_value", time(s, "tv_usec")));
    }

    private static List<CallArgument> set(Situation s) {
        CallArgument setting = s.once(15)
                ? s.number(0, 1)
                : own(
                        Situation.field("it_interval", time(s, "tv_nsec")),
                        Situation.field("it_value", time(s, "tv_nsec")));
        return List.of(timer(s), s.number(0, 0, 2), setting, s.once(2) ? s.number(0) : s.structure());
    }

    /** Minutes, or none. */
    private static CallArgument time(Situation s, String part) {
        return new CallArgument.Fields(List.of(
                Situation.field("tv_sec", s.number(0, 0, 0, 630, 6330, 99030, -1)),
                Situation.field(part, s.number(0, 0, 0, 0, -1, 1_000_000_000))));
    }

    private static CallArgument event(Situation s) {
        if (!SignalGrammar.isBlocked(s)) {
            return own(Situation.field("sigev_notify", s.number(1, 1, 1, 3)));
        }
        return s.once(4)
                ? s.number(0)
                : own(
                        Situation.field("sigev_notify", s.number(0, 0, 1, 2, 3)),
                        Situation.field("sigev_signo", s.number(SIGALRM, SIGUSR1, 0, 65)));
    }

    private static CallArgument own(CallArgument.Initializer... fields) {
        return Situation.structure(Structured.OWN_TYPE, fields);
    }
}

package dev.trapgate.differential.grammar;

import dev.trapgate.notation.CallArgument;
import java.util.List;

/** Users, groups and limits. */
final class IdentityGrammar implements Grammar {

    @Override
    public List<Production> productions() {
        return List.of(
                Production.of(3, "getpid", s -> List.of()),
                Production.of(2, "getuid", s -> List.of()),
                Production.of(2, "geteuid", s -> List.of()),
                Production.of(2, "getgid", s -> List.of()),
                Production.of(2, "getegid", s -> List.of()),
                Production.of(3, "getresuid", s -> List.of(word(s), word(s), word(s))),
                Production.of(3, "getresgid", s -> List.of(word(s), word(s), word(s))),
                Production.of(3, "setuid", s -> List.of(s.id())),
                Production.of(2, "setgid", s -> List.of(s.id())),
                Production.of(3, "setreuid", s -> List.of(s.id(), s.id())),
                Production.of(2, "setregid", s -> List.of(s.id(), s.id())),
                Production.of(3, "setresuid", s -> List.of(s.id(), s.id(), s.id())),
                Production.of(2, "setresgid", s -> List.of(s.id(), s.id(), s.id())),
                Production.of(2, "setuid32", s -> List.of(s.id())),
                Production.of(2, "setresuid32", s -> List.of(s.id(), s.id(), s.id())),
                Production.of(2, "setregid32", s -> List.of(s.id(), s.id())),
                Production.of(2, "setgroups", s -> List.of(s.number(0, 1, 2, -1), new CallArgument.Edge(groups(s)))),
                Production.of(2, "setfsuid", s -> List.of(s.id())),
                Production.of(2, "setfsgid", s -> List.of(s.id())),
                Production.of(2, "getgroups", s -> List.of(s.number(0, 1, -1), new CallArgument.Output(64))),
                Production.of(2, "getrlimit", s -> List.of(s.number(0, 3, 7, 15, 16, -1), s.structure())),
                Production.of(2, "getpriority", s -> List.of(s.number(0, 3), s.number(0, -1))),
                Production.of(2, "sched_get_priority_max", s -> List.of(s.number(0, 1, 2, 3, 4, 5, 7))),
                Production.of(2, "sched_getscheduler", s -> List.of(s.number(0, -1))),
                Production.of(2, "uname", s -> List.of(s.structure())),
                Production.of(2, "personality", s -> List.of(s.number(-1))));
    }

    private static CallArgument groups(Situation s) {
        return Situation.bytes((byte) s.below(3), (byte) 0, (byte) 0, (byte) 0, (byte) 5, (byte) 0, (byte) 0, (byte) 0);
    }

    private static CallArgument word(Situation s) {
        return s.once(10) ? s.badPointer() : Situation.structure("int");
    }
}

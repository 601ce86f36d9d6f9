package dev.trapgate.differential.grammar;

import dev.trapgate.notation.CallArgument;
import java.util.List;

/** Pipes that never block, and waiting for what is ready. */
final class PipeGrammar implements Grammar {

    @Override
    public List<Production> productions() {
        return List.of(
                Production.of(30, "pipe2", s -> List.of(s.pair(), s.some("O_NONBLOCK", "O_CLOEXEC"))),
                Production.of(25, "read", s -> FileGrammar.join(s.end(0), s.sink())),
                Production.of(30, "write", s -> FileGrammar.join(s.end(1), s.source())),
                Production.of(8, "readv", s -> FileGrammar.join(s.end(0), s.vector(true))),
                Production.of(8, "writev", s -> FileGrammar.join(s.end(1), s.vector(false))),
                Production.of(10, "poll", s -> List.of(polled(s), s.number(1, 1, 1, 0), s.number(0))),
                Production.of(
                        8,
                        "fcntl",
                        s -> List.of(
                                s.end(0),
                                s.constant("F_SETPIPE_SZ", "F_GETPIPE_SZ"),
                                s.number(4096, 8192, 65536, 0, 1))),
                Production.of(8, "ioctl", s -> List.of(s.end(0), s.constant("FIONREAD"), Situation.structure("int"))),
                Production.of(
                        10,
                        "splice",
                        s -> List.of(
                                s.end(0),
                                s.number(0),
                                s.end(1),
                                s.number(0),
                                s.number(0, 1, 10, 5000),
                                s.number(2, 3))),
                Production.of(8, "tee", s -> List.of(s.end(0), s.end(1), s.number(0, 1, 10, 5000), s.number(2))),
                Production.of(8, "close", s -> List.of(s.end(s.below(2)))));
    }

    private static CallArgument polled(Situation s) {
        return Situation.structure(
                "pollfd",
                Situation.field("fd", s.end(s.below(2))),
                Situation.field("events", s.number(1, 4, 5, 0, 0x2000)));
    }
}

package dev.trapgate.differential.grammar;

import dev.trapgate.notation.CallArgument;
import java.util.List;

/** Bytes that go from file to pipe and back without the program's memory, or from its memory as pages. */
final class TransferGrammar implements Grammar {

    @Override
    public List<Production> productions() {
        return List.of(
                Production.of(
                        8,
                        "splice",
                        s -> List.of(s.file(), position(s), s.end(1), s.number(0, 0, 0, 1), length(s), flags(s))),
                Production.of(
                        8,
                        "splice",
                        s -> List.of(s.end(0), s.number(0, 0, 0, 1), s.file(), position(s), length(s), flags(s))),
                Production.of(6, "vmsplice", s -> FileGrammar.join(s.end(s.below(2)), s.vector(false), flags(s))),
                Production.of(6, "tee", s -> List.of(s.end(0), s.end(1), length(s), flags(s))),
                Production.of(8, "sendfile", s -> List.of(s.end(1), s.file(), s.number(0), length(s))),
                Production.of(6, "sendfile64", s -> List.of(s.file(), s.file(), position(s), length(s))),
                Production.of(
                        8,
                        "copy_file_range",
                        s -> List.of(s.file(), position(s), s.file(), position(s), length(s), s.number(0))));
    }

    /** An offset in memory, or none. */
    private static CallArgument position(Situation s) {
        if (s.once(2)) {
            return s.number(0, 0, 0, 0, 1);
        }
        int low = s.one(0, 0, 1, 3, 64, 100, 0xff);
        int high = s.once(8) ? 0xff : 0;
        return Situation.bytes((byte) low, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) high);
    }

    private static CallArgument length(Situation s) {
        return s.number(0, 1, 3, 10, 64, 4096, 5000, 70000);
    }

    /** SPLICE_F_NONBLOCK as a rule, so that nothing waits. */
    private static CallArgument flags(Situation s) {
        return s.number(2, 2, 2, 3, 6, 2, 0x12);
    }
}

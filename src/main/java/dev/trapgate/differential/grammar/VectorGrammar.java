package dev.trapgate.differential.grammar;

import dev.trapgate.abi.Abi;
import dev.trapgate.notation.CallArgument;
import java.util.List;

/** Scattered and gathered transfers. */
final class VectorGrammar implements Grammar {

    @Override
    public List<Production> productions() {
        return List.of(
                Production.of(25, "readv", s -> FileGrammar.join(s.file(), s.vector(true))),
                Production.of(30, "writev", s -> FileGrammar.join(s.file(), s.vector(false))),
                Production.of(12, "preadv", s -> FileGrammar.join(s.file(), s.vector(true), offset(s))),
                Production.of(12, "pwritev", s -> FileGrammar.join(s.file(), s.vector(false), offset(s))),
                Production.of(8, "preadv2", s -> FileGrammar.join(s.file(), s.vector(true), offset(s, flags(s)))),
                Production.of(8, "pwritev2", s -> FileGrammar.join(s.file(), s.vector(false), offset(s, flags(s)))));
    }

    /** The two halves of an offset; only a 32-bit kernel looks at the second. */
    private static CallArgument[] offset(Situation s, CallArgument... more) {
        CallArgument high = s.abi() == Abi.I386 ? s.number(0, 0, 0, -1, 1) : s.number(0);
        CallArgument low = s.abi() == Abi.I386 ? s.number(0, 1, 7, 4096) : s.offset();
        return more.length == 0 ? new CallArgument[] {low, high} : new CallArgument[] {low, high, more[0]};
    }

    private static CallArgument flags(Situation s) {
        return s.once(3) ? s.number(0x8, 0x10, 0x20, 0x40, 1 << 20) : s.number(0);
    }
}

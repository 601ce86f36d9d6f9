package dev.trapgate.differential.grammar;

import dev.trapgate.abi.Abi;
import dev.trapgate.notation.CallArgument;
import java.util.List;

/** Record locks of the process and of open files, which never wait; seals. */
final class LockGrammar implements Grammar {

    /** F_SETLK, F_GETLK. */
    private static final long[] PROCESS = {6, 6, 5};

    /** F_OFD_SETLK, F_OFD_GETLK. */
    private static final long[] OPEN_FILE = {37, 37, 36};

    /** F_SETLK64, F_GETLK64 of i386, and the locks of open files. */
    private static final long[] WIDE = {13, 13, 12, 37, 37, 36};

    private static final long F_ADD_SEALS = 1033;
    private static final long F_GET_SEALS = 1034;

    @Override
    public List<Production> productions() {
        return List.of(
                Production.of(14, "fcntl", s -> List.of(s.file(), s.number(PROCESS), lock(s, "flock"))),
                Production.of(8, "fcntl", s -> List.of(s.file(), s.number(OPEN_FILE), lock(s, openFileLock(s)))),
                Production.of(14, "fcntl64", s -> List.of(s.file(), s.number(WIDE), lock(s, "flock64"))),
                Production.of(
                        8,
                        "fcntl",
                        s -> List.of(s.file(), s.number(F_ADD_SEALS), s.number(1, 2, 4, 8, 0x10, 0x20, 0, 0x40))),
                Production.of(3, "fcntl", s -> List.of(s.any(), s.number(F_GET_SEALS), s.number(0))));
    }

    /** These locks have 64-bit offsets in every convention. */
    private static String openFileLock(Situation s) {
        return s.abi() == Abi.I386 ? "flock64" : "flock";
    }

    private static CallArgument lock(Situation s, String structure) {
        if (s.once(25)) {
            return s.badPointer();
        }
        return Situation.structure(
                structure,
                Situation.field("l_type", s.number(0, 0, 1, 1, 2, 2, 3, -1)),
                Situation.field("l_whence", s.number(0, 0, 0, 1, 2, 3)),
                Situation.field("l_start", s.number(0, 0, 1, 5, 10, 100, -1, -5, Integer.MAX_VALUE)),
                Situation.field("l_len", s.number(0, 1, 4, 10, 100, -1, -5, Integer.MAX_VALUE)),
                Situation.field("l_pid", s.number(0, 0, 0, 0, 1)));
    }
}

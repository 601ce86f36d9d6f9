package dev.trapgate.differential.grammar;

import static dev.trapgate.differential.grammar.Production.Result.DIRECTORY;

import dev.trapgate.notation.CallArgument;
import java.util.List;

/** Names: made, linked, renamed over open files, removed; directories listed. */
final class DirectoryGrammar implements Grammar {

    @Override
    public List<Production> productions() {
        return List.of(
                Production.of(
                                30,
                                "openat",
                                s -> List.of(
                                        s.directory(),
                                        s.path(),
                                        s.some("O_DIRECTORY", "O_CLOEXEC", "O_PATH"),
                                        s.number(0)))
                        .giving(DIRECTORY),
                Production.of(30, "mkdir", s -> List.of(s.path(), s.mode())),
                Production.of(25, "mkdirat", s -> List.of(s.directory(), s.path(), s.mode())),
                Production.of(12, "rmdir", s -> List.of(s.path())),
                Production.of(20, "unlink", s -> List.of(s.path())),
                Production.of(20, "unlinkat", s -> List.of(s.directory(), s.path(), removal(s))),
                Production.of(15, "link", s -> List.of(s.path(), s.path())),
                Production.of(
                        12, "linkat", s -> List.of(s.directory(), s.path(), s.directory(), s.path(), linkFlags(s))),
                Production.of(20, "symlink", s -> List.of(target(s), s.path())),
                Production.of(8, "symlinkat", s -> List.of(target(s), s.directory(), s.path())),
                Production.of(25, "rename", s -> List.of(s.path(), s.path())),
                Production.of(15, "renameat", s -> List.of(s.directory(), s.path(), s.directory(), s.path())),
                Production.of(
                        20,
                        "renameat2",
                        s -> List.of(s.directory(), s.path(), s.directory(), s.path(), s.number(0, 1, 2, 3, 4, 8))),
                Production.of(12, "readlink", s -> FileGrammar.join(s.path(), s.sink())),
                Production.of(
                        8, "readlinkat", s -> FileGrammar.join(s.directory(), FileGrammar.join(s.path(), s.sink()))),
                Production.of(
                        15,
                        "getdents64",
                        s -> List.of(
                                s.any(),
                                s.one(new CallArgument.Output(512), new CallArgument.Output(64), s.badPointer()),
                                s.number(512, 64, 24, 23, 0))),
                Production.of(
                        8,
                        "mknodat",
                        s -> List.of(
                                s.directory(), s.path(), s.number(0100644, 0100600, 0, 0040755, 0140644), s.number(0))),
                Production.of(
                                12,
                                "openat2",
                                s -> List.of(
                                        s.directory(),
                                        s.path(),
                                        Situation.structure(
                                                "open_how",
                                                Situation.field(
                                                        "flags",
                                                        s.number(0, 2, 0102, 0100, 0200000, 010000000, 0400000)),
                                                Situation.field("mode", s.number(0, 0, 0644, 0200000)),
                                                Situation.field("resolve", s.number(0, 1, 2, 4, 8, 0x10, 0x20, 0x40))),
                                        s.number(24, 24, 24, 23, 32)))
                        .giving(DIRECTORY),
                Production.of(8, "chdir", s -> List.of(s.path())),
                Production.of(6, "fchdir", s -> List.of(s.directory())),
                Production.of(6, "getcwd", s -> List.of(new CallArgument.Output(128), s.number(128, 1, 0, 10, 4096))));
    }

    private static CallArgument removal(Situation s) {
        return s.once(3) ? s.constant("AT_REMOVEDIR") : s.number(0, 0, 0, 1);
    }

    private static CallArgument linkFlags(Situation s) {
        return s.number(0, 0, 0x400, 0x1000, 0x100);
    }

    private static CallArgument target(Situation s) {
        return Situation.string(s.one("a", "d", "s", "d/e", "none", "../b", "t", ".", "", "d/"));
    }
}

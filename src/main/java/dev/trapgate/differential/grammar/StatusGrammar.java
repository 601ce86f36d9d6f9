package dev.trapgate.differential.grammar;

import dev.trapgate.notation.CallArgument;
import java.util.List;

/** What files are: status, permissions, owners, times, extended attributes. */
final class StatusGrammar implements Grammar {

    @Override
    public List<Production> productions() {
        return List.of(
                Production.of(15, "stat", s -> List.of(s.path(), s.structure())),
                Production.of(8, "lstat", s -> List.of(s.path(), s.structure())),
                Production.of(15, "fstat", s -> List.of(s.any(), s.structure())),
                Production.of(8, "stat64", s -> List.of(s.path(), s.structure())),
                Production.of(8, "fstat64", s -> List.of(s.any(), s.structure())),
                Production.of(10, "newfstatat", s -> List.of(s.directory(), s.path(), s.structure(), atFlags(s))),
                Production.of(8, "fstatat64", s -> List.of(s.directory(), s.path(), s.structure(), atFlags(s))),
                Production.of(
                        12,
                        "statx",
                        s -> List.of(
                                s.directory(), s.path(), atFlags(s), s.number(0x7ff, 0xfff, 0, -1), s.structure())),
                Production.of(8, "access", s -> List.of(s.path(), s.number(0, 1, 2, 4, 7, 8))),
                Production.of(8, "faccessat", s -> List.of(s.directory(), s.path(), s.number(0, 1, 2, 4, 7, 8))),
                Production.of(6, "faccessat2", s -> List.of(s.directory(), s.path(), s.number(0, 1, 2, 4), atFlags(s))),
                Production.of(15, "chmod", s -> List.of(s.path(), s.mode())),
                Production.of(10, "fchmod", s -> List.of(s.any(), s.mode())),
                Production.of(6, "fchmodat", s -> List.of(s.directory(), s.path(), s.mode())),
                Production.of(6, "chown", s -> List.of(s.path(), s.id(), s.id())),
                Production.of(6, "fchown", s -> List.of(s.any(), s.id(), s.id())),
                Production.of(6, "fchownat", s -> List.of(s.directory(), s.path(), s.id(), s.id(), atFlags(s))),
                Production.of(5, "umask", s -> List.of(s.number(0, 022, 077, 0777, -1))),
                Production.of(8, "utimensat", s -> List.of(s.directory(), s.path(), times(s), atFlags(s))),
                Production.of(
                        6,
                        "setxattr",
                        s -> List.of(s.path(), attribute(s), value(), s.number(3, 0, 1), s.number(0, 0, 1, 2, 4))),
                Production.of(
                        6,
                        "getxattr",
                        s -> List.of(s.path(), attribute(s), new CallArgument.Output(16), s.number(16, 0, 1))),
                Production.of(4, "listxattr", s -> List.of(s.path(), new CallArgument.Output(64), s.number(64, 0, 3))),
                Production.of(4, "removexattr", s -> List.of(s.path(), attribute(s))),
                Production.of(
                        5,
                        "fsetxattr",
                        s -> List.of(s.any(), attribute(s), value(), s.number(3, 0, 1), s.number(0, 0, 1, 2))),
                Production.of(
                        4,
                        "fgetxattr",
                        s -> List.of(s.any(), attribute(s), new CallArgument.Output(16), s.number(16, 0, 1))),
                Production.of(
                        3,
                        "lsetxattr",
                        s -> List.of(s.path(), attribute(s), value(), s.number(3, 0), s.number(0, 1, 2))),
                Production.of(3, "flistxattr", s -> List.of(s.any(), new CallArgument.Output(64), s.number(64, 0, 3))),
                Production.of(3, "fremovexattr", s -> List.of(s.any(), attribute(s))),
                Production.of(4, "lchown", s -> List.of(s.path(), s.id(), s.id())),
                Production.of(4, "chown32", s -> List.of(s.path(), s.id(), s.id())),
                Production.of(4, "fchown32", s -> List.of(s.any(), s.id(), s.id())),
                Production.of(4, "fchmodat2", s -> List.of(s.directory(), s.path(), s.mode(), atFlags(s))),
                Production.of(4, "statfs", s -> List.of(s.path(), s.structure())),
                Production.of(4, "fstatfs", s -> List.of(s.any(), s.structure())));
    }

    private static CallArgument atFlags(Situation s) {
        return s.number(0, 0, 0x100, 0x1000, 0x1100, 0x400, 0x200);
    }

    private static CallArgument attribute(Situation s) {
        return Situation.string(s.one("user.a", "user.b", "trusted.t", "user.", "security.x", "a", "", "system.y"));
    }

    private static CallArgument value() {
        return Situation.string("xyz");
    }

    private static CallArgument times(Situation s) {
        if (s.once(3)) {
            return s.number(0, 0, 1);
        }
        return new CallArgument.Structured("timespec", List.of(time(s), time(s)));
    }

    private static CallArgument.Fields time(Situation s) {
        return new CallArgument.Fields(List.of(
                Situation.field("tv_sec", s.number(0, 1, 1_000_000_000, -1)),
                Situation.field("tv_nsec", s.number(0, 1, 999_999_999, 1_000_000_000, 0x3fff_fffe, 0x3fff_ffff))));
    }
}

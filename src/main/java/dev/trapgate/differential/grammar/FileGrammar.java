package dev.trapgate.differential.grammar;

import static dev.trapgate.differential.grammar.Production.Result.FILE;
import static dev.trapgate.differential.grammar.Production.Result.NUMBER;

import dev.trapgate.notation.CallArgument;
import java.util.ArrayList;
import java.util.List;

/** Open files: offsets that descriptors share, appending, partial transfers, duplicates. */
final class FileGrammar implements Grammar {

    @Override
    public List<Production> productions() {
        return List.of(
                Production.of(120, "openat", s -> List.of(s.directory(), s.path(), openFlags(s), s.mode()))
                        .giving(FILE),
                Production.of(20, "open", s -> List.of(s.path(), openFlags(s), s.mode()))
                        .giving(FILE),
                Production.of(10, "creat", s -> List.of(s.path(), s.mode())).giving(FILE),
                Production.of(60, "close", s -> List.of(s.any())),
                Production.of(70, "read", s -> join(s.file(), s.sink())),
                Production.of(80, "write", s -> join(s.file(), s.source())),
                Production.of(30, "pread64", s -> join(s.file(), s.sink(), s.offset())),
                Production.of(40, "pwrite64", s -> join(s.file(), s.source(), s.offset())),
                Production.of(50, "lseek", s -> List.of(s.file(), s.offset(), whence(s)))
                        .giving(NUMBER),
                Production.of(30, "dup", s -> List.of(s.any())).giving(FILE),
                Production.of(15, "dup2", s -> List.of(s.any(), s.number(5, 6, 7, 10, -1, 1023, 1024)))
                        .giving(FILE),
                Production.of(
                                15,
                                "dup3",
                                s -> List.of(
                                        s.any(),
                                        s.number(5, 6, 7, 10, -1),
                                        s.one(s.number(0), s.constant("O_CLOEXEC"))))
                        .giving(FILE),
                Production.of(15, "fcntl", s -> List.of(s.any(), s.constant("F_GETFD", "F_GETFL"), s.number(0))),
                Production.of(10, "fcntl", s -> List.of(s.any(), s.constant("F_SETFD"), s.number(0, 1, 2))),
                Production.of(
                        15,
                        "fcntl",
                        s -> List.of(
                                s.file(),
                                s.constant("F_SETFL"),
                                s.anyFlags("O_APPEND", "O_NONBLOCK", "O_WRONLY", "O_ASYNC", "O_DIRECT"))),
                Production.of(
                                15,
                                "fcntl",
                                s -> List.of(
                                        s.any(),
                                        s.constant("F_DUPFD", "F_DUPFD_CLOEXEC"),
                                        s.number(0, 3, 10, -1, 1024)))
                        .giving(FILE),
                Production.of(20, "ftruncate", s -> List.of(s.file(), s.size())),
                Production.of(15, "truncate", s -> List.of(s.path(), s.size())),
                Production.of(15, "fallocate", s -> List.of(s.file(), fallocateMode(s), s.size(), s.size())),
                Production.of(
                        8, "fadvise64", s -> List.of(s.any(), s.offset(), s.number(0, 1, 4096), s.number(0, 1, 5, 6))),
                Production.of(8, "fsync", s -> List.of(s.any())),
                Production.of(5, "fdatasync", s -> List.of(s.any())),
                Production.of(
                        5,
                        "close_range",
                        s -> List.of(s.number(3, 4, 6, 9), s.number(3, 5, 7, 100), s.number(0, 0, 4, 1))),
                Production.of(5, "flock", s -> List.of(s.file(), s.number(1 | 4, 2 | 4, 8, 3, 0))),
                Production.of(
                        12, "sendfile", s -> List.of(s.file(), s.file(), s.number(0, 0, 1), s.number(0, 1, 10, 5000))),
                Production.of(
                        12,
                        "copy_file_range",
                        s -> List.of(
                                s.file(),
                                s.number(0),
                                s.file(),
                                s.number(0),
                                s.number(0, 1, 10, 5000),
                                s.number(0, 0, 1))));
    }

    private static CallArgument openFlags(Situation s) {
        return s.some(
                s.one("O_RDONLY", "O_WRONLY", "O_RDWR", "O_RDWR", "O_RDWR"),
                s.one("O_CREAT", "O_CREAT", "O_CREAT", "O_DIRECTORY"),
                s.one("O_CREAT", "O_EXCL", "O_NOFOLLOW", "O_PATH"),
                s.one("O_TRUNC", "O_APPEND", "O_APPEND", "O_CLOEXEC"),
                "O_NONBLOCK");
    }

    private static CallArgument whence(Situation s) {
        return s.once(4) ? s.number(3, 4, 5, -1) : s.constant("SEEK_SET", "SEEK_CUR", "SEEK_END");
    }

    private static CallArgument fallocateMode(Situation s) {
        return s.number(0, 0, 1, 3, 2, 0x10, 0x08, 0x11, 0x40);
    }

    /** {@return arguments in a row} */
    static List<CallArgument> join(CallArgument first, List<CallArgument> middle, CallArgument... last) {
        List<CallArgument> all = new ArrayList<>(List.of(first));
        all.addAll(middle);
        all.addAll(List.of(last));
        return all;
    }
}

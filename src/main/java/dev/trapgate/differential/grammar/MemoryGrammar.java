package dev.trapgate.differential.grammar;

import static dev.trapgate.differential.grammar.Production.Result.FILE;
import static dev.trapgate.differential.grammar.Production.Result.MAPPING;

import dev.trapgate.notation.CallArgument;
import java.util.List;

/** Mappings of nothing and of files: split, protected, moved; and files in memory. */
final class MemoryGrammar implements Grammar {

    @Override
    public List<Production> productions() {
        return List.of(
                Production.of(25, "mmap", MemoryGrammar::mapped).giving(MAPPING),
                Production.of(25, "mmap2", MemoryGrammar::mapped).giving(MAPPING),
                Production.of(15, "munmap", s -> List.of(s.mapped(), s.pages())),
                Production.of(15, "mprotect", s -> List.of(s.mapped(), s.pages(), s.number(0, 1, 3, 2, 8))),
                Production.of(8, "mremap", s -> List.of(s.mapped(), s.pages(), size(s), s.number(0, 1, 4), s.number(0)))
                        .giving(MAPPING),
                Production.of(8, "madvise", s -> List.of(s.mapped(), s.pages(), s.number(0, 1, 2, 3, 4, 77))),
                Production.of(5, "msync", s -> List.of(s.mapped(), s.pages(), s.number(1, 2, 4, 6, 0, 8))),
                Production.of(5, "mincore", s -> List.of(s.mapped(), s.number(4096, 0, 1), s.badPointer())),
                Production.of(5, "mlock", s -> List.of(s.mapped(), s.pages())),
                Production.of(5, "munlock", s -> List.of(s.mapped(), s.pages())),
                Production.of(10, "read", s -> List.of(s.file(), s.mapped(), s.number(1, 10, 4096, 8192))),
                Production.of(10, "write", s -> List.of(s.file(), s.mapped(), s.number(1, 10, 4096, 8192))),
                Production.of(6, "memfd_create", s -> List.of(Situation.string("m"), s.number(0, 1, 2, 3, 8, 0x100)))
                        .giving(FILE));
    }

    /** Larger than what is done to parts of it: what lies beside a mapping is not the same on both sides. */
    private static CallArgument size(Situation s) {
        return s.number(32768, 32768, 32767, 40960, 28673, 0, -1);
    }

    private static List<CallArgument> mapped(Situation s) {
        CallArgument protection = s.number(3, 3, 1, 0, 2);
        return s.once(2)
                ? List.of(
                        s.number(0),
                        size(s),
                        protection,
                        s.number(0x22, 0x21, 0x22, 0x20, 0x23),
                        s.number(-1),
                        s.number(0))
                : List.of(s.number(0), size(s), protection, s.number(1, 2, 3), s.file(), s.number(0, 0, 4096, 1));
    }
}

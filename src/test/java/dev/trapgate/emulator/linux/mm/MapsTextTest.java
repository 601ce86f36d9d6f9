package dev.trapgate.emulator.linux.mm;

import static dev.trapgate.emulator.linux.mm.Memory.PAGE;
import static dev.trapgate.emulator.linux.mm.Memory.PRIVATE;
import static dev.trapgate.emulator.linux.mm.Memory.RW;
import static dev.trapgate.emulator.linux.mm.Memory.SHARED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import org.junit.jupiter.api.Test;

/** How mappings are merged, split and shown. */
class MapsTextTest {

    private static final String ANONYMOUS = "rw-p 00000000 00:00 0 ";
    private static final String READ_ONLY = "r--p 00000000 00:00 0 ";

    private final Memory memory = new Memory();

    @Test
    void aMappingIsSplitWhereRightsDifferAndMergedWhereTheyDoNotAnyMore() {
        long at = memory.map(3, RW, PRIVATE);
        assertThat(memory.maps(at, at + 3 * PAGE)).containsExactly(ANONYMOUS);

        memory.call(Syscall.MPROTECT, at + PAGE, PAGE, 1);
        assertThat(memory.maps(at, at + 3 * PAGE)).containsExactly(ANONYMOUS, READ_ONLY, ANONYMOUS);

        memory.call(Syscall.MPROTECT, at + PAGE, PAGE, RW);
        assertThat(memory.maps(at, at + 3 * PAGE)).containsExactly(ANONYMOUS);
    }

    @Test
    void neighborsAreOneUntilTheirPagesHaveDifferentPasts() {
        long at = memory.map(4, RW, PRIVATE);
        memory.call(Syscall.MUNMAP, at + PAGE, PAGE);
        memory.call(Syscall.MMAP, at + PAGE, PAGE, RW, PRIVATE | 0x10, -1, 0);
        assertThat(memory.maps(at, at + 4 * PAGE)).containsExactly(ANONYMOUS);

        memory.call(Syscall.MPROTECT, at + PAGE, PAGE, 1);
        memory.write(at, 1);
        memory.write(at + 2 * PAGE, 1);
        assertThat(memory.maps(at, at + 4 * PAGE)).hasSize(3);
        memory.call(Syscall.MPROTECT, at + PAGE, PAGE, RW);
        assertThat(memory.maps(at, at + 4 * PAGE)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void touchedMemoryThatMovesKeepsItsOffsetAndDoesNotMergeWithItsNewNeighbor() {
        long target = memory.map(2, RW, PRIVATE);
        long source = memory.map(1, RW, PRIVATE);
        memory.write(source, 1);
        memory.call(Syscall.MREMAP, source, PAGE, PAGE, 3, target);

        assertThat(memory.maps(target, target + 2 * PAGE)).containsExactly(ANONYMOUS, ANONYMOUS);
        assertThat(memory.read(target)).isEqualTo(1);
    }

    @Test
    void filesAndSharedMemoryHaveNamesAndOffsets() {
        long file = memory.open("file", 0102);
        memory.call(Syscall.FTRUNCATE, file, 3 * PAGE);
        long at = memory.call(Syscall.MMAP, 0, PAGE, 1, 2, file, PAGE);
        long shared = memory.map(1, RW, SHARED);

        assertThat(memory.maps(at, at + PAGE))
                .singleElement()
                .asString()
                .matches("r--p 00001000 00:\\S+ \\d+ {2,}file");
        assertThat(memory.maps(shared, shared + PAGE))
                .singleElement()
                .asString()
                .matches("rw-s 00000000 00:01 \\d+ {2,}/dev/zero \\(deleted\\)");
    }

    @Test
    void theHeapHasItsName() {
        long start = memory.call(Syscall.BRK, 0);
        assertThat(memory.call(Syscall.BRK, start + 3 * PAGE)).isEqualTo(start + 3 * PAGE);

        assertThat(memory.maps(start, start + PAGE)).singleElement().asString().endsWith(" [heap]");
        assertThat(memory.call(Syscall.BRK, start)).isEqualTo(start);
        assertThat(memory.maps(start, start + PAGE)).isEmpty();
    }

    @Test
    void theNameBeginsInColumnSeventyThree() {
        memory.call(Syscall.BRK, memory.call(Syscall.BRK, 0) + PAGE);
        String line = MapsText.of(memory.mm, file -> "")
                .lines()
                .filter(text -> text.endsWith("[heap]"))
                .findFirst()
                .orElseThrow();

        assertThat(line.indexOf('[')).isEqualTo(73);
    }
}

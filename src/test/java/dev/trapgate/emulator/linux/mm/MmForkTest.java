package dev.trapgate.emulator.linux.mm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Paging;
import org.junit.jupiter.api.Test;

/** What fork(2) makes of a program's memory: pages are shared until somebody writes them, and counted once. */
class MmForkTest {

    private static final int PAGE = PageFrames.PAGE_SIZE;
    private static final long TOP = 1L << 46;
    private static final int WRITE = Paging.USER | Paging.WRITE;

    private final PhysicalMemory memory = new PhysicalMemory(64, Mm.RAM_PAGES);
    private final Mm parent = new Mm(new AddressSpace(), 1L << 47, TOP, 1 << 20, memory);
    private final long start = map(4);

    private long map(int pages) {
        long at = TOP - 64L * PAGE;
        parent.map(Vma.ofProgram(at, at + (long) pages * PAGE, Mm.PROT_READ | Mm.PROT_WRITE, ""), null);
        return at;
    }

    private static PageFrames frames(Mm mm, long address) {
        Pte entry = mm.pages().find(address);
        assertThat(entry).isNotNull();
        return entry.frames();
    }

    @Test
    void aPageIsSharedUntilTheChildWritesIt() {
        parent.handleFault(start, WRITE);
        Mm child = parent.fork(new AddressSpace());

        assertThat(frames(child, start)).isSameAs(frames(parent, start));
        assertThat(memory.used()).isEqualTo(1);
        assertThat(child.handleFault(start, WRITE)).isEqualTo(FaultOutcome.HANDLED);
        assertThat(frames(child, start)).isNotSameAs(frames(parent, start));
        assertThat(memory.used()).isEqualTo(2);
    }

    @Test
    void theParentIsTheOneThatCopiesIfItWritesFirst() {
        parent.handleFault(start, WRITE);
        PageFrames before = frames(parent, start);
        Mm child = parent.fork(new AddressSpace());

        assertThat(parent.handleFault(start, WRITE)).isEqualTo(FaultOutcome.HANDLED);
        assertThat(frames(parent, start)).isNotSameAs(before);
        assertThat(child.handleFault(start, WRITE)).isEqualTo(FaultOutcome.HANDLED);
        assertThat(frames(child, start)).isSameAs(before);
    }

    @Test
    void whatWasWrittenBeforeIsInTheCopy() {
        parent.handleFault(start, WRITE);
        frames(parent, start).bytes().fill((byte) 7);
        Mm child = parent.fork(new AddressSpace());
        child.handleFault(start, WRITE);
        frames(parent, start).bytes().fill((byte) 8);

        assertThat(frames(child, start).bytes().get(java.lang.foreign.ValueLayout.JAVA_BYTE, 100))
                .isEqualTo((byte) 7);
    }

    @Test
    void grandchildrenShareTooAndTheLastOneKeepsThePage() {
        parent.handleFault(start, WRITE);
        PageFrames first = frames(parent, start);
        Mm child = parent.fork(new AddressSpace());
        Mm grandchild = child.fork(new AddressSpace());
        parent.put();
        child.put();

        assertThat(memory.used()).isEqualTo(1);
        assertThat(grandchild.handleFault(start, WRITE)).isEqualTo(FaultOutcome.HANDLED);
        assertThat(frames(grandchild, start)).isSameAs(first);
        grandchild.put();
        assertThat(memory.used()).isZero();
    }

    @Test
    void aParentWithoutMemoryForACopyIsKilledAndTheChildKeepsThePage() {
        PhysicalMemory little = new PhysicalMemory(1, Mm.RAM_PAGES);
        Mm poor = new Mm(new AddressSpace(), 1L << 47, TOP, 1 << 20, little);
        poor.map(Vma.ofProgram(start, start + PAGE, Mm.PROT_READ | Mm.PROT_WRITE, ""), null);
        poor.handleFault(start, WRITE);
        Mm child = poor.fork(new AddressSpace());

        assertThat(poor.handleFault(start, WRITE)).isEqualTo(FaultOutcome.OUT_OF_MEMORY);
        poor.put();
        assertThat(child.handleFault(start, WRITE)).isEqualTo(FaultOutcome.HANDLED);
    }

    @Test
    void whatIsNotForkedIsNotThereAndWhatIsWipedIsZero() {
        parent.handleFault(start, WRITE);
        parent.handleFault(start + PAGE, WRITE);
        mark(start, VmFlags.VM_DONTCOPY);
        mark(start + PAGE, VmFlags.VM_WIPEONFORK);
        Mm child = parent.fork(new AddressSpace());

        assertThat(child.find(start)).isNull();
        assertThat(child.find(start + PAGE)).isNotNull();
        assertThat(child.pages().find(start + PAGE)).isNull();
    }

    private void mark(long at, long flag) {
        Vma area = parent.find(at);
        assertThat(area).isNotNull();
        parent.tree().modify(area, at, at + PAGE, part -> part.withFlags(part.flags() | flag));
    }

    @Test
    void processorsFaultAtASharedPageAndSeeTheKernelsHalf() {
        AddressSpace boot = new AddressSpace();
        boot.map(0xffff_ffff_8100_0000L, new PageFrames(1), 0, 1, Paging.READ);
        AddressSpace wide = new AddressSpace(boot, 0xffff_8000_0000_0000L);
        boot.map(0xffff_ffff_8100_1000L, new PageFrames(1), 0, 1, Paging.READ);
        boot.map(0x1000, new PageFrames(1), 0, 1, Paging.USER);

        assertThat(wide.isMapped(0xffff_ffff_8100_0000L)).isTrue();
        assertThat(wide.isMapped(0xffff_ffff_8100_1000L)).isTrue();
        assertThat(wide.isMapped(0x1000)).isFalse();
    }

    @Test
    void aClassicKernelsGibibyteIsShared() {
        AddressSpace boot = new AddressSpace();
        boot.map(0xc010_0000L, new PageFrames(1), 0, 1, Paging.READ);
        boot.map(0xbfff_f000L, new PageFrames(1), 0, 1, Paging.USER);
        AddressSpace narrow = new AddressSpace(boot, 0xc000_0000L);
        boot.map(0xffff_e000L, new PageFrames(1), 0, 1, Paging.USER);

        assertThat(narrow.isMapped(0xc010_0000L)).isTrue();
        assertThat(narrow.isMapped(0xffff_e000L)).isTrue();
        assertThat(narrow.isMapped(0xbfff_f000L)).isFalse();
    }
}

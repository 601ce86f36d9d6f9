package dev.trapgate.emulator.linux.mm;

import static dev.trapgate.emulator.linux.mm.Memory.EAGAIN;
import static dev.trapgate.emulator.linux.mm.Memory.ENOMEM;
import static dev.trapgate.emulator.linux.mm.Memory.EPERM;
import static dev.trapgate.emulator.linux.mm.Memory.PAGE;
import static dev.trapgate.emulator.linux.mm.Memory.PRIVATE;
import static dev.trapgate.emulator.linux.mm.Memory.RW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEntry;
import dev.trapgate.emulator.EmulatedThread;
import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.linux.kernel.ResourceLimits;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Faults, limits and what no scenario can play. */
class MmTest {

    private static final int SIGSEGV = 11;
    private static final int SIGBUS = 7;
    private static final long GROWSDOWN = 0x100;
    private static final long LOCKED = 0x2000;

    private final Memory memory = new Memory();

    @Test
    void tenGibibytesCostNothingUntilTheyAreTouched() {
        long resident = memory.mm.residentPages();
        long at = memory.map(10 << 18, RW, PRIVATE);

        assertThat(memory.mm.residentPages()).isEqualTo(resident);
        assertThat(memory.read(at + (5L << 30))).isZero();
        assertThat(memory.mm.residentPages()).isEqualTo(resident);
        assertThat(memory.write(at + (9L << 30), 7)).isTrue();
        assertThat(memory.mm.residentPages()).isEqualTo(resident + 1);
        assertThat(memory.call(Syscall.MUNMAP, at, 10L << 30)).isZero();
        assertThat(memory.mm.residentPages()).isEqualTo(resident);
    }

    @Test
    void aProgramThatTouchesMoreThanThereIsIsKilled() {
        AtomicInteger kills = new AtomicInteger();
        Mm small = new Mm(new AddressSpace(), 1L << 47, 1L << 46, 1 << 20, new PhysicalMemory(16, Mm.RAM_PAGES));
        small.setOwner(new ResourceLimits(), () -> kills.incrementAndGet() > 0);
        long start = small.place(64 * PAGE, 1L << 46, "[test]", null);

        for (int page = 0; page < 16; page++) {
            assertThat(small.handleFault(start + (long) page * PAGE, Paging.USER | Paging.WRITE))
                    .isEqualTo(FaultOutcome.HANDLED);
        }
        assertThat(small.handleFault(start + 16 * PAGE, Paging.USER | Paging.WRITE))
                .isEqualTo(FaultOutcome.OUT_OF_MEMORY);
        assertThat(kills).hasValue(1);
        assertThat(small.hasRoomFor(1)).isFalse();
        small.unmap(start, start + PAGE);
        assertThat(small.handleFault(start + 16 * PAGE, Paging.USER | Paging.WRITE))
                .isEqualTo(FaultOutcome.HANDLED);
    }

    @Test
    void anAccessBeyondTheFileIsSigbus() {
        long file = memory.open("file", 0102);
        long at = memory.call(Syscall.MMAP, 0, 2 * PAGE, RW, 1, file, 0);

        assertThat(signalOfPop(at + PAGE)).isEqualTo(SIGBUS);
    }

    @Test
    void anAccessToNothingIsSigsegv() {
        assertThat(memory.mm.handleFault(0x10_0000, Paging.USER)).isEqualTo(FaultOutcome.NOT_MAPPED);
        assertThat(signalOfPop(0x10_0000)).isEqualTo(SIGSEGV);
    }

    @Test
    void anAccessThatIsNotAllowedIsSigsegv() {
        long at = memory.map(1, 0, PRIVATE);

        assertThat(memory.mm.handleFault(at, Paging.USER)).isEqualTo(FaultOutcome.NOT_ALLOWED);
        assertThat(signalOfPop(at)).isEqualTo(SIGSEGV);
    }

    /** The signal that ends a program which pops from an address. */
    private int signalOfPop(long address) {
        long code = memory.map(1, RW, PRIVATE);
        memory.write(code, 0x58);
        memory.call(Syscall.MPROTECT, code, PAGE, 5);
        EmulatedThread thread = memory.machine.currentThread();
        thread.begin(Descriptor.Width.BITS_64);
        thread.cpu().registers().set(GeneralRegisters.RSP, address);
        thread.cpu().setRip(code);
        for (int steps = 0; steps < 4 && thread.task().end() == null; steps++) {
            thread.step();
        }
        TaskEnd end = thread.task().end();
        assertThat(end).isNotNull();
        assertThat(end.signal()).isNotNull();
        return end.signal().number();
    }

    @Test
    void aMappingThatGrowsTakesInThePageBelowButStaysAwayFromOthers() {
        long room = memory.map(1024, 0, PRIVATE);
        long bottom = memory.call(Syscall.MMAP, room, PAGE, RW, PRIVATE | 0x10, -1, 0);
        memory.call(Syscall.MUNMAP, room + PAGE, 1023 * PAGE);
        long top = memory.call(Syscall.MMAP, room + 1000 * PAGE, PAGE, RW, PRIVATE | GROWSDOWN | 0x10, -1, 0);

        assertThat(memory.write(top - 8, 1)).isTrue();
        assertThat(memory.write(top - 100 * PAGE, 1)).isTrue();
        assertThat(memory.write(bottom + 200 * PAGE, 1)).isFalse();
        assertThat(memory.read(top - 8)).isEqualTo(1);
    }

    @Test
    void theStackLimitStopsGrowth() {
        long top = memory.map(4096, 0, PRIVATE) + 4095 * PAGE;
        memory.call(Syscall.MUNMAP, top - 4095 * PAGE, 4096 * PAGE);
        memory.call(Syscall.MMAP, top, PAGE, RW, PRIVATE | GROWSDOWN | 0x10, -1, 0);
        limit(Resource.RLIMIT_STACK, 3 * PAGE);

        assertThat(memory.write(top - PAGE, 1)).isTrue();
        assertThat(memory.write(top - 2 * PAGE, 1)).isTrue();
        assertThat(memory.write(top - 3 * PAGE, 1)).isFalse();
    }

    @Test
    void theAddressSpaceLimitStopsMmapMremapAndBrk() {
        long at = memory.map(2, RW, PRIVATE);
        limit(Resource.RLIMIT_AS, memory.mm.totalPages() * PAGE);
        long heap = memory.call(Syscall.BRK, 0);

        assertThat(memory.map(1, RW, PRIVATE)).isEqualTo(ENOMEM);
        assertThat(memory.call(Syscall.MREMAP, at, 2 * PAGE, 3 * PAGE, 1, 0)).isEqualTo(ENOMEM);
        assertThat(memory.call(Syscall.BRK, heap + PAGE)).isEqualTo(heap);
        assertThat(memory.call(Syscall.MMAP, at, PAGE, 1, PRIVATE | 0x10, -1, 0))
                .isEqualTo(at);
        assertThat(memory.call(Syscall.MUNMAP, at, PAGE)).isZero();
        assertThat(memory.map(1, RW, PRIVATE)).isPositive();
    }

    @Test
    void theDataLimitStopsPrivateWritableMemoryOnly() {
        long readable = memory.map(2, 1, PRIVATE);
        limit(Resource.RLIMIT_DATA, (memory.mm.dataPages() + 1) * PAGE);

        assertThat(readable).isPositive();
        assertThat(memory.map(2, RW, PRIVATE)).isEqualTo(ENOMEM);
        assertThat(memory.map(2, RW, Memory.SHARED)).isPositive();
        assertThat(memory.call(Syscall.MPROTECT, readable, 2 * PAGE, RW)).isEqualTo(ENOMEM);
        assertThat(memory.map(1, RW, PRIVATE)).isPositive();
    }

    @Test
    void theLockLimitCountsWhatIsLockedOnce() {
        limit(Resource.RLIMIT_MEMLOCK, 2 * PAGE);
        long at = memory.map(4, RW, PRIVATE);

        assertThat(memory.call(Syscall.MLOCK, at, 2 * PAGE)).isZero();
        assertThat(memory.call(Syscall.MLOCK, at, 2 * PAGE)).isZero();
        assertThat(memory.call(Syscall.MLOCK, at, 3 * PAGE)).isEqualTo(ENOMEM);
        assertThat(memory.map(1, RW, PRIVATE | LOCKED)).isEqualTo(EAGAIN);
        assertThat(memory.call(Syscall.MLOCKALL, 1)).isEqualTo(ENOMEM);
        assertThat(memory.call(Syscall.MUNLOCKALL)).isZero();
        assertThat(memory.mm.lockedPages()).isZero();
        assertThat(memory.call(Syscall.MLOCKALL, 2)).isZero();
        assertThat(memory.map(3, RW, PRIVATE)).isEqualTo(EAGAIN);
        assertThat(memory.map(2, RW, PRIVATE)).isPositive();
        limit(Resource.RLIMIT_MEMLOCK, 0);
        assertThat(memory.call(Syscall.MLOCK, at, PAGE)).isEqualTo(EPERM);
        assertThat(memory.call(Syscall.MLOCKALL, 1)).isEqualTo(EPERM);
    }

    private void limit(Resource resource, long bytes) {
        memory.machine.process().limits().set(resource, new ResourceLimits.Limit(bytes, bytes));
    }

    @Test
    void noMoreThanTheGreatestNumberOfMappingsCanBeMade() {
        long at = memory.map(2L * Mm.MAX_MAP_COUNT, RW, PRIVATE);
        long result = 0;
        long page = at;
        while (result == 0 && page < at + 2L * Mm.MAX_MAP_COUNT * PAGE) {
            result = memory.call(Syscall.MUNMAP, page + PAGE, PAGE);
            page += 2 * PAGE;
        }

        assertThat(result).isEqualTo(ENOMEM);
        assertThat(memory.mm.areas()).hasSize(Mm.MAX_MAP_COUNT);
    }

    @Test
    void oldMmapFindsItsArgumentsInMemory() {
        EmulatedEntry compat = new EmulatedEntry(memory.machine, Gate.EMULATED_INT80);
        try (UserMemory.Scope scope = compat.memory().open()) {
            UserBuffer arguments = scope.allocate(24, 4);
            int[] values = {0, PAGE, 3, 0x22, -1, 0};
            for (int i = 0; i < values.length; i++) {
                arguments.segment().setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i, values[i]);
            }
            long at = Integer.toUnsignedLong(
                    (int) compat.enter(Syscall.MMAP.number(Abi.I386), arguments.address(), 0, 0, 0, 0, 0));

            assertThat(at % PAGE).isZero();
            assertThat(memory.write(at, 5)).isTrue();
            arguments.segment().setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, 5, 1);
            assertThat(compat.enter(Syscall.MMAP.number(Abi.I386), arguments.address(), 0, 0, 0, 0, 0))
                    .isEqualTo(-22);
        }
    }

    @Test
    void whatJavaSeesIsClearedByMadviseAndStaysWhatJavaSees() {
        try (UserMemory.Scope scope = memory.gate.memory().open()) {
            UserBuffer buffer = scope.allocate(PAGE, 8);
            buffer.segment().fill((byte) 1);

            assertThat(memory.call(Syscall.MADVISE, buffer.address(), PAGE, 4)).isZero();

            assertThat(buffer.segment().get(ValueLayout.JAVA_BYTE, 100)).isZero();
            memory.write(buffer.address(), 3);
            assertThat(buffer.segment().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 3);
        }
    }

    @Test
    void nothingIsMappedBesideWhatJavaAllocated() {
        try (UserMemory.Scope scope = memory.gate.memory().open()) {
            UserBuffer buffer = scope.allocate(PAGE, 8);
            for (int i = 0; i < 100; i++) {
                memory.map(1, RW, PRIVATE);
            }

            assertThat(memory.read(buffer.address() + PAGE)).isEqualTo(-1);
            assertThat(memory.read(buffer.address() - 8)).isEqualTo(-1);
        }
    }
}

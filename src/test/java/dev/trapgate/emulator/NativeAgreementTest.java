package dev.trapgate.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.Gates;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import dev.trapgate.entry.SyscallEntry;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same harmless calls on the real kernel and on the emulated one: the answers are equal. */
class NativeAgreementTest {

    /** Stands for the address of a page's last four bytes, the next page not being there. */
    private static final long PAGE_END = 0x5eed;

    private final EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.AMD);

    private static Arguments numbered(Gate gate, int number, long... arguments) {
        return Arguments.of(gate, "number " + number, number, arguments);
    }

    private static Arguments call(Gate gate, Syscall call, long... arguments) {
        return Arguments.of(gate, call.callName(), call.number(gate.abi()), arguments);
    }

    static Stream<Arguments> calls() {
        return Stream.of(numbers(), demultiplexing(), both(Gate.SYSCALL), both(Gate.INT80))
                .flatMap(all -> all);
    }

    private static Stream<Arguments> numbers() {
        return Stream.of(Gate.SYSCALL, Gate.INT80).flatMap(gate -> Stream.of(
                        -1, 1000, 512, 547, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x4000_0027, 0x4000_0000)
                .map(number -> numbered(gate, number)));
    }

    private static Stream<Arguments> demultiplexing() {
        Gate gate = Gate.INT80;
        return Stream.of(
                call(gate, Syscall.SOCKETCALL, 0, 1),
                call(gate, Syscall.SOCKETCALL, 21, 1),
                call(gate, Syscall.SOCKETCALL, -1, 1),
                call(gate, Syscall.SOCKETCALL, 1, 1),
                call(gate, Syscall.SOCKETCALL, 20, 1),
                call(gate, Syscall.IPC, 99),
                call(gate, Syscall.IPC, 0x1_0063),
                call(gate, Syscall.BREAK),
                call(gate, Syscall.FTIME),
                call(gate, Syscall.LOCK),
                call(gate, Syscall.MMAP, 1),
                call(gate, Syscall.OLDUNAME, 0),
                call(gate, Syscall.OLDOLDUNAME, 1),
                call(gate, Syscall.CLOCK_GETTIME64, 99, 0),
                call(gate, Syscall.CLOCK_GETRES_TIME64, 0, 1));
    }

    private static Stream<Arguments> both(Gate gate) {
        return Stream.of(
                call(gate, Syscall.CLOSE, -1),
                call(gate, Syscall.CLOSE, 0x7fff_ffff),
                call(gate, Syscall.READ, -1, 0, 0),
                call(gate, Syscall.WRITE, -1, 1, 1),
                call(gate, Syscall.UNAME, 0),
                call(gate, Syscall.UNAME, 1),
                call(gate, Syscall.UNAME, PAGE_END),
                call(gate, Syscall.TIME, 1),
                call(gate, Syscall.GETTIMEOFDAY, 1, 0),
                call(gate, Syscall.GETTIMEOFDAY, 0, 0),
                call(gate, Syscall.GETTIMEOFDAY, 0, 1),
                call(gate, Syscall.CLOCK_GETTIME, 99, 1),
                call(gate, Syscall.CLOCK_GETTIME, 0, 1),
                call(gate, Syscall.CLOCK_GETTIME, 0, PAGE_END),
                call(gate, Syscall.CLOCK_GETRES, 99, 0),
                call(gate, Syscall.CLOCK_GETRES, 0, 0),
                call(gate, Syscall.CLOCK_GETRES, 0, 1),
                call(gate, Syscall.NANOSLEEP, 0, 0),
                call(gate, Syscall.NANOSLEEP, 1, 0),
                call(gate, Syscall.NANOSLEEP, PAGE_END, 0),
                call(gate, Syscall.GETCPU, 0, 0, 1),
                call(gate, Syscall.GETCPU, 1, 0),
                call(gate, Syscall.GETCPU, 0, 1),
                call(gate, Syscall.GETRANDOM, 0, 0, 0),
                call(gate, Syscall.GETRANDOM, 1, 1, 0),
                call(gate, Syscall.GETRANDOM, 0, 0, 8),
                call(gate, Syscall.GETRANDOM, 0, 0, 6),
                call(gate, Syscall.GETRANDOM, PAGE_END, 10, 0),
                call(gate, Syscall.SYSINFO, 1),
                call(gate, Syscall.SYSINFO, PAGE_END),
                call(gate, Syscall.SCHED_YIELD),
                call(gate, Syscall.MUNMAP, 1, 4096),
                call(gate, Syscall.MUNMAP, 0, 0),
                call(gate, Syscall.MPROTECT, 1, 4096, 0),
                call(gate, Syscall.MPROTECT, 0, 0, 0),
                call(gate, Syscall.MPROTECT, 0, 4096, 0x40),
                call(gate, Syscall.OPENAT, -100, 1, 0));
    }

    @ParameterizedTest(name = "{0} {1} {3}")
    @MethodSource("calls")
    void theAnswersAreEqual(Gate gate, String name, int number, long[] arguments) {
        GateStatus status = Gates.status(gate);
        assumeTrue(status.isOpen(), () -> status.unavailable().orElse(""));
        Gate emulated = gate.abi() == Abi.X86_64 ? Gate.EMULATED_SYSCALL : Gate.EMULATED_INT80;

        assertThat(answer(EmulatedGates.open(emulated, machine), number, arguments))
                .isEqualTo(answer(Gates.open(gate), number, arguments));
    }

    private static long answer(SyscallEntry entry, int number, long[] arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        for (int i = 0; i < six.length; i++) {
            six[i] = six[i] == PAGE_END ? pageEnd(entry) : six[i];
        }
        return entry.enter(number, six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    /** Mapped by the kernel in question: two pages and a hole after them, kept for as long as the test runs. */
    private static long pageEnd(SyscallEntry entry) {
        int map = (entry.abi() == Abi.X86_64 ? Syscall.MMAP : Syscall.MMAP2).number(entry.abi());
        long pages = entry.enter(map, 0, 3 * 4096, 3, 0x22, -1, 0);
        if (entry.abi() == Abi.I386) {
            pages &= 0xffff_ffffL;
        }
        int unmap = Syscall.MUNMAP.number(entry.abi());
        assertThat(entry.enter(unmap, pages + 2 * 4096, 4096, 0, 0, 0, 0)).isZero();
        return pages + 2 * 4096 - 4;
    }
}

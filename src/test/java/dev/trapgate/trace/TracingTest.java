package dev.trapgate.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.Gates;
import dev.trapgate.Linux;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallBatch;
import dev.trapgate.entry.SyscallBatch.OnError;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.RawCall;
import dev.trapgate.kernel.SyscallException;
import java.io.StringWriter;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TracingTest {

    private final List<TracedCall> calls = Collections.synchronizedList(new ArrayList<>());

    private SyscallEntry traced(Gate gate) {
        return Tracing.over(
                gate.kind() == Gate.Kind.EMULATED
                        ? EmulatedGates.open(gate, new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL))
                        : OpenGate.orSkip(gate),
                calls::add);
    }

    private List<String> lines() {
        return calls.stream().map(TracedCall::line).toList();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"GLIBC", "SYSCALL", "VDSO", "I386_INT80", "EMULATED_SYSCALL", "EMULATED_INT80", "EMULATED_SYSENTER"
            })
    void tellsOfTypedCallsWithStringsFlagsAndErrors(Gate gate) {
        Linux linux = Linux.over(traced(gate));
        assertThatThrownBy(() -> linux.fs().open("/nonexistent", OpenFlags.O_RDONLY.or(OpenFlags.O_CLOEXEC)))
                .isInstanceOf(SyscallException.class);

        assertThat(lines().getFirst().replace("|O_LARGEFILE", "")) // which the 32-bit ABI takes
                .isEqualTo(
                        "openat(AT_FDCWD, \"/nonexistent\", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or directory)");
        assertThat(calls.getFirst().errno()).hasValue(Errno.ENOENT);
        assertThat(calls.getFirst().call()).hasValue(Syscall.OPENAT);
        assertThat(calls.getFirst().name()).isEqualTo("openat");
        assertThat(calls.getFirst().duration()).isPositive();
        assertThat(calls.getFirst().abi()).isEqualTo(gate.abi());
    }

    @Test
    void tellsThroughWhichGateACallWent() {
        Linux linux = Linux.over(traced(Gate.VDSO));
        linux.process().getpid();

        assertThat(linux.gate()).isEqualTo(Gate.VDSO);
        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst().gate())
                .isEqualTo(linux.through(Syscall.GETPID))
                .isNotEqualTo(Gate.VDSO);
    }

    @Test
    void showsWhatTheKernelWrote() {
        Linux linux = Linux.over(traced(Gate.EMULATED_SYSCALL));
        linux.system().uname();

        assertThat(lines().getFirst()).startsWith("uname({sysname=\"Linux\", ").endsWith("}) = 0");
    }

    @Test
    void tellsOfCallsByTheCriticalLinkageToo() {
        SyscallEntry critical = traced(Gate.SYSCALL).critical();

        assertThat(critical.linkage()).isEqualTo(Linkage.CRITICAL);
        assertThat(critical.critical()).isSameAs(critical);
        assertThat(RawCall.enter(critical, Syscall.GETPID))
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(lines())
                .containsExactly("getpid() = " + ProcessHandle.current().pid());
    }

    @Test
    void aRefusedCallIsNotMadeAndNotTold() {
        SyscallEntry critical = traced(Gate.SYSCALL).critical();

        assertThatThrownBy(() -> RawCall.enter(critical, Syscall.READ, -1))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SYSCALL", "EMULATED_SYSCALL"})
    void aBatchIsOneCrossingAndEachOfItsCallsIsTold(Gate gate) {
        SyscallEntry entry = traced(gate);
        try (Arena arena = Arena.ofConfined()) {
            SyscallBatch batch = new SyscallBatch(arena, 3);
            batch.add(Syscall.GETPID.number(Abi.X86_64), 0, 0, 0, 0, 0, 0);
            batch.add(Syscall.CLOSE.number(Abi.X86_64), -1, 0, 0, 0, 0, 0);
            batch.add(Syscall.GETPPID.number(Abi.X86_64), 0, 0, 0, 0, 0, 0);

            assertThat(batch.enter(entry, OnError.STOP)).isEqualTo(2);
            assertThat(lines())
                    .containsExactly("getpid() = " + batch.result(0), "close(-1) = -1 EBADF (Bad file descriptor)");
            assertThat(calls).extracting(TracedCall::batch).containsOnly(2);
            assertThat(calls.getFirst().duration()).isEqualTo(calls.getLast().duration());
            assertThat(calls.getFirst().timedLine()).endsWith(" for 2>");
        }
    }

    @Test
    void ofABatchThatIsRefusedHalfwayTheCallsMadeAreTold() {
        SyscallEntry critical = traced(Gate.SYSCALL).critical();
        try (Arena arena = Arena.ofConfined()) {
            SyscallBatch batch = new SyscallBatch(arena, 2);
            batch.add(Syscall.GETPID.number(Abi.X86_64), 0, 0, 0, 0, 0, 0);
            batch.add(Syscall.READ.number(Abi.X86_64), -1, 0, 0, 0, 0, 0);

            assertThatThrownBy(() -> batch.enter(critical, OnError.GO_ON))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThat(lines())
                    .containsExactly("getpid() = " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aCallThatEndsItsProgramIsToldOnceWithoutAnAnswer() {
        SyscallEntry entry = traced(Gate.EMULATED_SYSCALL);

        assertThatThrownBy(() -> RawCall.enter(entry, Syscall.EXIT_GROUP, 3)).isInstanceOf(EmulatedEndException.class);
        assertThat(lines()).containsExactly("exit_group(3) = ?");
        assertThat(calls.getFirst().timedLine()).isEqualTo("exit_group(3) = ?");
    }

    @Test
    void aSignalsVictimIsToldToo() {
        SyscallEntry entry = traced(Gate.EMULATED_SYSCALL);
        long self = RawCall.enter(entry, Syscall.GETPID);

        assertThatThrownBy(() -> RawCall.enter(entry, Syscall.KILL, self, 9)).isInstanceOf(EmulatedEndException.class);
        assertThat(lines().getLast()).isEqualTo("kill(" + self + ", SIGKILL) = ?");
    }

    @Test
    void writesLinesLikeStrace() {
        StringWriter text = new StringWriter();
        RawCall.enter(Tracing.over(Gates.open(Gate.EMULATED_SYSCALL), Tracing.lines(text)), Syscall.CLOSE, -1);

        assertThat(text.toString().strip())
                .matches("close\\(-1\\) = -1 EBADF \\(Bad file descriptor\\) <\\d+\\.\\d{6}>");
    }

    @Test
    void aNumberWithoutACallIsWrittenAsSuch() {
        assertThat(traced(Gate.SYSCALL).enter(9999, 1, 2, 3, 4, 5, 6)).isEqualTo(-Errno.ENOSYS.number());
        assertThat(lines().getFirst()).startsWith("syscall_0x270f(0x1, 0x2, ");
        assertThat(calls.getFirst().call()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SYSCALL", "INT80", "EMULATED_SYSCALL", "EMULATED_INT80", "I386_INT80"})
    void noArgumentWhateverItIsHarmsWhoeverReadsIt(Gate gate) {
        SyscallEntry entry = gate.kind() == Gate.Kind.EMULATED ? Gates.open(gate) : OpenGate.orSkip(gate);
        CallReader reader = new CallReader(entry);
        Random random = new Random(7);
        try (UserMemory.Scope scope = entry.memory().open()) {
            UserBuffer own = scope.allocate(4096, 4096);
            random.longs(512).forEach(new Consumer<Long>() {
                private long at;

                @Override
                public void accept(Long word) {
                    own.segment().set(java.lang.foreign.ValueLayout.JAVA_LONG, at, word);
                    at += Long.BYTES;
                }
            }::accept);
            long[] values = {
                0,
                1,
                -1,
                7,
                4095,
                4096,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                own.address(),
                own.address() + 4090,
                own.address() + 4096,
                0x7fff_ffff_f000L,
                0xffff_8000_0000_0000L
            };
            assertThatCode(() -> {
                        for (Syscall call : Syscall.values()) {
                            if (call.existsOn(entry.abi())) {
                                readAll(reader, call.number(entry.abi()), random, values);
                            }
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    private static void readAll(CallReader reader, int number, Random random, long... values) {
        for (int i = 0; i < 20; i++) {
            long[] arguments = random.ints(6, 0, values.length)
                    .mapToLong(index -> values[index])
                    .toArray();
            long result = values[random.nextInt(values.length)];
            assertThat(reader.answered(result, 1, 1, number, arguments).timedLine())
                    .contains(" = ");
            assertThat(reader.unanswered(number, arguments).line()).endsWith(" = ?");
        }
    }
}

package dev.trapgate.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.Linux;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.FilteredThread;
import dev.trapgate.host.OpenGate;
import dev.trapgate.trace.Tracing;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CapabilitiesTest {

    private static void needsAHostWithoutAFilter() {
        OpenGate.orSkip(Gate.LIBC_SYSCALL);
        assumeTrue(!CallFilter.ofThisThread().isOn(), "this test run is under a seccomp filter");
    }

    @ParameterizedTest
    @EnumSource(names = {"X86_64", "I386"})
    void tellsOfEveryCallOfTheAbiByNumber(Abi abi) {
        OpenGate.orSkip(abi == Abi.I386 ? Gate.INT80 : Gate.LIBC_SYSCALL);
        Capabilities host = Capabilities.ofTheHost(abi);

        assertThat(host.all())
                .extracting(Capability::call)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Syscall.values())
                        .filter(call -> call.existsOn(abi))
                        .toList());
        assertThat(host.all()).extracting(Capability::number).isSorted();
        assertThat(host.facts()).contains("Linux " + System.getProperty("os.version"));
    }

    @Test
    void aCallThatTheKernelAnswersIsPresentByObservation() {
        needsAHostWithoutAFilter();
        Capability read = Linux.host().capabilities().of(Syscall.READ);

        assertThat(read.availability()).isEqualTo(Availability.PRESENT);
        assertThat(read.basis()).isEqualTo(Basis.OBSERVED);
        assertThat(read.evidence()).isEqualTo("tried in a child process, it answered EBADF");
        assertThat(read.since()).hasValue(new KernelVersion(1, 0, 0));
    }

    @Test
    void aCallThatWasRemovedIsMissing() {
        OpenGate.orSkip(Gate.LIBC_SYSCALL);
        Capabilities host = Linux.host().capabilities();

        assertThat(host.of(Syscall.CREATE_MODULE).availability()).isEqualTo(Availability.MISSING);
        assertThat(host.has(Syscall.CREATE_MODULE)).isFalse();
        assertThat(host.has(Syscall.STATX)).isTrue();
        assertThat(host.has(Syscall.MMAP2)).as("a call of i386").isFalse();
        assertThatThrownBy(() -> host.of(Syscall.MMAP2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mmap2 is not a call of x86_64");
    }

    @ParameterizedTest
    @EnumSource(names = {"EPERM", "ENOSYS"})
    void aCallThatAFilterAnswersIsRefused(Errno errno) throws Exception {
        needsAHostWithoutAFilter();
        Capabilities filtered =
                FilteredThread.refusing(Syscall.STATX, errno).run(() -> Capabilities.ofTheHost(Abi.X86_64));

        Capability statx = filtered.of(Syscall.STATX);
        assertThat(statx.availability()).isEqualTo(Availability.REFUSED);
        assertThat(statx.basis()).isEqualTo(Basis.INFERRED);
        assertThat(statx.evidence()).contains(errno.name()).contains("a seccomp filter");
        assertThat(filtered.of(Syscall.READ).availability()).isEqualTo(Availability.PRESENT);
        assertThat(filtered.facts()).anyMatch(fact -> fact.startsWith("a seccomp filter is on"));
        assertThat(Capabilities.ofTheHost(Abi.X86_64).of(Syscall.STATX).availability())
                .as("on a thread without the filter")
                .isEqualTo(Availability.PRESENT);
    }

    @Test
    void aCallForWhichAFilterKillsIsRefusedByObservation() throws Exception {
        needsAHostWithoutAFilter();
        Capability statx = FilteredThread.of(
                        0x0000_0000_0000_0020L, // BPF_LD | BPF_W | BPF_ABS: the number
                        0x0000_0000_0100_0015L | (long) Syscall.STATX.number(Abi.X86_64) << 32, // BPF_JEQ, else skip 1
                        0x8000_0000_0000_0006L, // SECCOMP_RET_KILL_PROCESS
                        0x7fff_0000_0000_0006L) // SECCOMP_RET_ALLOW
                .run(() -> Capabilities.ofTheHost(Abi.X86_64))
                .of(Syscall.STATX);

        assertThat(statx.availability()).isEqualTo(Availability.REFUSED);
        assertThat(statx.basis()).isEqualTo(Basis.OBSERVED);
        assertThat(statx.evidence()).isEqualTo("a seccomp filter ended the child process that tried it");
    }

    @Test
    void whereNoChildCanBeStartedNothingIsCalledObservedThatWasNot() throws Exception {
        needsAHostWithoutAFilter();
        Capabilities blind = FilteredThread.refusing(Syscall.MEMFD_CREATE, Errno.EPERM)
                .run(() -> Capabilities.ofTheHost(Abi.X86_64));

        assertThat(blind.facts()).anyMatch(fact -> fact.startsWith("no call was tried: "));
        assertThat(blind.of(Syscall.READ).basis()).isEqualTo(Basis.INFERRED);
        assertThat(blind.all()).noneMatch(call -> call.evidence().startsWith("tried"));
    }

    @Test
    void theEmulatedKernelsTableAnswersForIt() {
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.AMD)) {
            Capabilities emulated = Linux.over(Tracing.recorded(
                            Tracing.over(EmulatedGates.open(Gate.EMULATED_INT80, machine), call -> {})))
                    .capabilities();

            assertThat(emulated.abi()).isEqualTo(Abi.I386);
            assertThat(emulated.of(Syscall.GETPID).availability()).isEqualTo(Availability.PRESENT);
            assertThat(emulated.of(Syscall.KEXEC_LOAD).availability()).isEqualTo(Availability.MISSING);
            assertThat(emulated.all())
                    .anyMatch(call -> call.availability() == Availability.PARTIAL
                            && call.evidence().startsWith("the emulated kernel's table: in part, "));
            assertThat(emulated.facts().getFirst()).endsWith(", emulated");
        }
    }

    @Test
    void theEmulatedVdsosMachineIsFoundToo() {
        assertThat(Linux.over(EmulatedGates.open(Gate.EMULATED_VDSO))
                        .capabilities()
                        .has(Syscall.GETPID))
                .isTrue();
    }

    @Test
    void abisThatNoGateSpeaksAreRefused() {
        assertThatThrownBy(() -> Capabilities.ofTheHost(Abi.AARCH64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no gate of this library speaks aarch64; take x86_64 or i386");
    }

    @Test
    void everyCallInUseHasAFirstRelease() {
        for (Abi abi : List.of(Abi.X86_64, Abi.I386)) {
            assertThat(HostCapabilities.callsOf(abi)
                            .filter(call -> call.standing(abi) == Syscall.Standing.IMPLEMENTED)
                            .filter(call -> Releases.since(call, abi).isEmpty()))
                    .isEmpty();
        }
        assertThat(Releases.since(Syscall.OPENAT2, Abi.X86_64)).hasValue(new KernelVersion(5, 6, 0));
        assertThat(Releases.since(Syscall.SOCKET, Abi.I386)).hasValue(new KernelVersion(4, 3, 0));
        assertThat(Releases.since(Syscall.SOCKET, Abi.X86_64)).hasValue(new KernelVersion(2, 0, 0));
    }
}

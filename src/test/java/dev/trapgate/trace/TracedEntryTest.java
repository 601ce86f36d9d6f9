package dev.trapgate.trace;

import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.SyscallEntryContract;
import dev.trapgate.host.OpenGate;
import org.junit.jupiter.api.Nested;

/** The contract of every gate, through traced ones. */
class TracedEntryTest {

    /** Decoding a call makes objects, some of them large the first time. */
    private abstract static class Contract extends SyscallEntryContract {

        @Override
        protected long bytesPerCall() {
            return 1 << 20;
        }

        @Override
        protected long callsPerRound() {
            return 100;
        }
    }

    @Nested
    class Syscall extends Contract {

        @Override
        protected SyscallEntry entry() {
            return Tracing.over(OpenGate.orSkip(Gate.SYSCALL), call -> {});
        }
    }

    @Nested
    class Int80 extends Contract {

        @Override
        protected SyscallEntry entry() {
            return Tracing.over(OpenGate.orSkip(Gate.INT80), call -> {});
        }
    }

    @Nested
    class EmulatedSyscall extends Contract {

        private final SyscallEntry entry = Tracing.over(
                EmulatedGates.open(Gate.EMULATED_SYSCALL, new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL)),
                call -> {});

        @Override
        protected SyscallEntry entry() {
            return entry;
        }

        @Override
        protected ClosedMemory closedMemory() {
            return ClosedMemory.UNMAPPED;
        }
    }
}

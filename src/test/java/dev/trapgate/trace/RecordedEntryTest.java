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

/** The contract of every gate, through entries that the JDK Flight Recorder could watch: they allocate nothing either. */
class RecordedEntryTest {

    @Nested
    class Syscall extends SyscallEntryContract {

        @Override
        protected SyscallEntry entry() {
            return Tracing.recorded(OpenGate.orSkip(Gate.SYSCALL));
        }
    }

    @Nested
    class Vdso extends SyscallEntryContract {

        @Override
        protected SyscallEntry entry() {
            return Tracing.recorded(OpenGate.orSkip(Gate.VDSO));
        }
    }

    @Nested
    class EmulatedSyscall extends SyscallEntryContract {

        private final SyscallEntry entry = Tracing.recorded(
                EmulatedGates.open(Gate.EMULATED_SYSCALL, new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL)));

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

package dev.trapgate.emulator;

import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.SyscallEntryContract;
import org.junit.jupiter.api.Nested;

/** The contract of every gate, through every emulated gate of every machine that has it. */
class EmulatedEntryTest {

    /** One machine for each kind of test, as a program would have it. */
    private abstract static class Contract extends SyscallEntryContract {

        private final SyscallEntry entry;

        Contract(Gate gate, KernelGeneration generation, Vendor vendor) {
            entry = EmulatedGates.open(gate, new EmulatedMachine(generation, vendor));
        }

        @Override
        protected SyscallEntry entry() {
            return entry;
        }

        @Override
        protected ClosedMemory closedMemory() {
            return ClosedMemory.UNMAPPED;
        }
    }

    @Nested
    class Int80OnTheModernKernelWithIntel extends Contract {
        Int80OnTheModernKernelWithIntel() {
            super(Gate.EMULATED_INT80, KernelGeneration.MODERN, Vendor.INTEL);
        }
    }

    @Nested
    class Int80OnTheClassicKernelWithAmd extends Contract {
        Int80OnTheClassicKernelWithAmd() {
            super(Gate.EMULATED_INT80, KernelGeneration.CLASSIC, Vendor.AMD);
        }
    }

    @Nested
    class SysenterOnTheClassicKernelWithIntel extends Contract {
        SysenterOnTheClassicKernelWithIntel() {
            super(Gate.EMULATED_SYSENTER, KernelGeneration.CLASSIC, Vendor.INTEL);
        }
    }

    @Nested
    class SysenterOnTheModernKernelWithIntel extends Contract {
        SysenterOnTheModernKernelWithIntel() {
            super(Gate.EMULATED_SYSENTER, KernelGeneration.MODERN, Vendor.INTEL);
        }
    }

    @Nested
    class SyscallOnTheModernKernelWithIntel extends Contract {
        SyscallOnTheModernKernelWithIntel() {
            super(Gate.EMULATED_SYSCALL, KernelGeneration.MODERN, Vendor.INTEL);
        }
    }

    @Nested
    class SyscallOnTheModernKernelWithAmd extends Contract {
        SyscallOnTheModernKernelWithAmd() {
            super(Gate.EMULATED_SYSCALL, KernelGeneration.MODERN, Vendor.AMD);
        }
    }

    @Nested
    class VdsoOnTheModernKernel extends Contract {
        VdsoOnTheModernKernel() {
            super(Gate.EMULATED_VDSO, KernelGeneration.MODERN, Vendor.INTEL);
        }
    }
}

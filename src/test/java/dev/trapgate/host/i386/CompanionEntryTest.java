package dev.trapgate.host.i386;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.SyscallEntryContract;
import dev.trapgate.host.OpenGate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CompanionEntryTest {

    /** Each goes through two pipes. */
    private static final long CALLS_OF_A_PROCESS = 1000;

    @Nested
    class Int80 extends SyscallEntryContract {

        @Override
        protected SyscallEntry entry() {
            return OpenGate.orSkip(Gate.I386_INT80);
        }

        @Override
        protected long callsPerRound() {
            return CALLS_OF_A_PROCESS;
        }
    }

    @Nested
    class Vsyscall extends SyscallEntryContract {

        @Override
        protected SyscallEntry entry() {
            return OpenGate.orSkip(Gate.I386_VSYSCALL);
        }

        @Override
        protected long callsPerRound() {
            return CALLS_OF_A_PROCESS;
        }
    }

    @Test
    void bothGatesLeadThroughOneProcess() {
        SyscallEntry slow = OpenGate.orSkip(Gate.I386_INT80);
        SyscallEntry fast = OpenGate.orSkip(Gate.I386_VSYSCALL);
        int getpid = 20;

        assertThat(fast.enter(getpid, 0, 0, 0, 0, 0, 0))
                .isEqualTo(slow.enter(getpid, 0, 0, 0, 0, 0, 0))
                .isNotEqualTo(ProcessHandle.current().pid());
    }
}

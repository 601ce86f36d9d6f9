package dev.trapgate.host.jnr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.SyscallEntryContract;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.RawCall;
import org.junit.jupiter.api.Test;

class JnrSyscallTest extends SyscallEntryContract {

    @Override
    protected SyscallEntry entry() {
        return OpenGate.orSkip(Gate.JNR);
    }

    private long prctl(long a2, long a3, long a4, long a5) {
        long prGetNoNewPrivs = 39;
        return RawCall.enter(entry(), Syscall.PRCTL, prGetNoNewPrivs, a2, a3, a4, a5);
    }

    /** This prctl(2) answers EINVAL unless its other four arguments are 0. */
    @Test
    void everyOneOfFiveArgumentsArrives() {
        assertThat(prctl(0, 0, 0, 0)).isIn(0L, 1L);
        assertThat(prctl(7, 0, 0, 0)).isEqualTo(-Errno.EINVAL.number());
        assertThat(prctl(0, 7, 0, 0)).isEqualTo(-Errno.EINVAL.number());
        assertThat(prctl(0, 0, 7, 0)).isEqualTo(-Errno.EINVAL.number());
        assertThat(prctl(0, 0, 0, 7)).isEqualTo(-Errno.EINVAL.number());
    }
}

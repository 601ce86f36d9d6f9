package dev.trapgate.host.jnr;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.SyscallEntryContract;
import dev.trapgate.host.OpenGate;

class JnrSyscallTest extends SyscallEntryContract {

    @Override
    protected SyscallEntry entry() {
        return OpenGate.orSkip(Gate.JNR);
    }

    /** What JNR-FFI allocates is its own affair: {@code cost} reports it; this only bounds it. */
    @Override
    protected long bytesPerCall() {
        return 1024;
    }
}

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
}

package dev.trapgate.host.stub;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.SyscallEntryContract;
import dev.trapgate.host.OpenGate;

class SyscallInstructionTest extends SyscallEntryContract {

    @Override
    protected SyscallEntry entry() {
        return OpenGate.orSkip(Gate.SYSCALL);
    }
}

package dev.trapgate.host.stub;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.SyscallEntryContract;
import dev.trapgate.host.OpenGate;

class Int80InstructionTest extends SyscallEntryContract {

    @Override
    protected SyscallEntry entry() {
        return OpenGate.orSkip(Gate.INT80);
    }
}

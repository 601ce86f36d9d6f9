package dev.trapgate.host.glibc;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.SyscallEntryContract;
import dev.trapgate.host.OpenGate;

class LibcSyscallTest extends SyscallEntryContract {

    @Override
    protected SyscallEntry entry() {
        return OpenGate.orSkip(Gate.LIBC_SYSCALL);
    }
}

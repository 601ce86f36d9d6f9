package dev.trapgate.differential;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Pages of an emulated program; each allocation lies between unmapped ones. */
final class EmulatedBlocks implements Blocks {

    private static final long PROT_READ = 1;
    private static final long PROT_EXEC = 4;

    private final UserMemory.Scope scope;
    private final SyscallEntry entry;

    /**
     * Takes pages from an emulated program's memory.
     *
     * @param memory the memory
     * @param entry a gate into the program's kernel
     */
    EmulatedBlocks(UserMemory memory, SyscallEntry entry) {
        this.entry = entry;
        this.scope = memory.open();
    }

    @Override
    public UserBuffer take(int pages) {
        return scope.allocate((long) pages * PAGE, PAGE);
    }

    @Override
    public long handler() {
        UserBuffer code = scope.allocate(PAGE, PAGE);
        MemorySegment.copy(
                HandlerCode.bytes(), 0, code.segment(), ValueLayout.JAVA_BYTE, 0, HandlerCode.bytes().length);
        long answer =
                entry.enter(Syscall.MPROTECT.number(entry.abi()), code.address(), PAGE, PROT_READ | PROT_EXEC, 0, 0, 0);
        if (answer != 0) {
            throw new IllegalStateException("mprotect answered " + answer);
        }
        return code.address();
    }

    @Override
    public void release() {
        scope.close();
    }
}

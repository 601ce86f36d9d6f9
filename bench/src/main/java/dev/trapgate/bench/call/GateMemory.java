package dev.trapgate.bench.call;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;

/**
 * Memory of a gate's own: {@code int $0x80} reaches no other, and gates whose functions write unchecked ask the kernel
 * instead when they are given other memory.
 *
 * @param scope keeps it
 * @param buffer the address of 64 KiB for data
 * @param path the address of the path that is opened
 */
record GateMemory(UserMemory.Scope scope, long buffer, long path) {

    private static final long PAGE = 4096;
    private static final long ROOM = 65_536;

    static GateMemory of(SyscallEntry gate) {
        UserMemory.Scope scope = gate.memory().open();
        UserBuffer path = scope.allocate(Fixtures.PATH.byteSize(), 1);
        path.segment().copyFrom(Fixtures.PATH);
        return new GateMemory(scope, scope.allocate(ROOM, PAGE).address(), path.address());
    }

    /**
     * Finds memory for a loop in C.
     *
     * @param gate the loop's gate
     * @return the address of a path, and of room for an answer 256 bytes on, that the gate can reach
     */
    static long pathAndRoom(Gate gate) {
        SyscallEntry entry = gate == Gate.INT80 ? OpenGates.Int80.ENTRY : OpenGates.Syscall.ENTRY;
        UserBuffer memory = entry.memory().open().allocate(PAGE, PAGE); // for as long as there are benchmarks
        memory.segment().copyFrom(Fixtures.PATH);
        return memory.address();
    }
}

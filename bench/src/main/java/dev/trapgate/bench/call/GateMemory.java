package dev.trapgate.bench.call;

import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;

/**
 * Memory of a gate's own: {@code int $0x80} reaches no other, and gates whose functions write unchecked ask the kernel
 * instead when they are given other memory.
 *
 * @param scope keeps it
 * @param buffer the address of a page for data
 * @param path the address of the path that is opened
 */
record GateMemory(UserMemory.Scope scope, long buffer, long path) {

    private static final long PAGE = 4096;

    static GateMemory of(SyscallEntry gate) {
        UserMemory.Scope scope = gate.memory().open();
        UserBuffer path = scope.allocate(Fixtures.PATH.byteSize(), 1);
        path.segment().copyFrom(Fixtures.PATH);
        return new GateMemory(scope, scope.allocate(PAGE, PAGE).address(), path.address());
    }
}

package dev.trapgate.notation;

import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;

/** A space of memory only, with room behind each allocation: a structure larger than expected harms nothing else. */
public final class RoomySpace implements ArgumentSpace {

    private static final long MARGIN = 4096;

    private final UserMemory.Scope scope;

    /**
     * Takes memory from a scope.
     *
     * @param scope where to allocate
     */
    public RoomySpace(UserMemory.Scope scope) {
        this.scope = scope;
    }

    @Override
    public UserBuffer allocate(long byteSize, long byteAlignment) {
        UserBuffer roomy = scope.allocate(byteSize + MARGIN, byteAlignment);
        return new UserBuffer(roomy.address(), roomy.segment().asSlice(0, byteSize));
    }

    @Override
    public UserBuffer allocateEdge(long byteSize) {
        throw new UsageException("edge(…) is for scenarios, see 'trapgate diff --help'; write @SIZE here");
    }

    @Override
    public long value(CallArgument.Term.Reference reference) {
        throw new UsageException("$" + reference.name() + " is for scenarios, see 'trapgate diff --help': a single call"
                + " has no earlier results; in a shell, quote what begins with $");
    }
}

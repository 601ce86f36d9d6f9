package dev.trapgate.differential;

import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;

/** Pages of an emulated program; each allocation lies between unmapped ones. */
final class EmulatedBlocks implements Blocks {

    private final UserMemory.Scope scope;

    /**
     * Takes pages from an emulated program's memory.
     *
     * @param memory the memory
     */
    EmulatedBlocks(UserMemory memory) {
        this.scope = memory.open();
    }

    @Override
    public UserBuffer take(int pages) {
        return scope.allocate((long) pages * PAGE, PAGE);
    }

    @Override
    public void release() {
        scope.close();
    }
}

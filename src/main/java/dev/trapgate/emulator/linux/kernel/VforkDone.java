package dev.trapgate.emulator.linux.kernel;

/** Somebody who waits until a child has let go of the memory that it was lent: {@code vfork_done} of kernel/fork.c. */
final class VforkDone {

    private final Task parent;
    private volatile boolean done;

    VforkDone(Task parent) {
        this.parent = parent;
    }

    /** The child executes a program or ends: {@code complete_vfork_done}. */
    void complete() {
        done = true;
        parent.wake();
    }

    /** Waits, whatever signals come, unless the parent is killed: {@code wait_for_vfork_done}. */
    void await() {
        parent.sleepKillable(() -> done);
    }
}

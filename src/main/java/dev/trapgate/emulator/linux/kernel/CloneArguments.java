package dev.trapgate.emulator.linux.kernel;

import java.util.List;

/**
 * What a new task is to be: {@code struct kernel_clone_args}.
 *
 * @param flags CLONE_* bits, without the signal
 * @param exitSignal what the parent is sent at its end, 0 to 255; 0 for nothing
 * @param stack its stack pointer; 0 for the parent's
 * @param tls its thread's own memory, for CLONE_SETTLS
 * @param parentTid where its id goes in the parent's memory, for CLONE_PARENT_SETTID
 * @param childTid where its id goes in its own, for CLONE_CHILD_SETTID, and a zero at its end, for CLONE_CHILD_CLEARTID
 * @param pidfd where its descriptor goes, for CLONE_PIDFD
 * @param ids what its id is to be; empty for the next one
 */
record CloneArguments(
        long flags,
        int exitSignal,
        long stack,
        long tls,
        long parentTid,
        long childTid,
        long pidfd,
        List<Integer> ids) {

    /** {@return those of fork(2) and vfork(2)} */
    static CloneArguments of(long flags, int exitSignal) {
        return new CloneArguments(flags, exitSignal, 0, 0, 0, 0, 0, List.of());
    }

    /** {@return whether it has all of some flags} */
    boolean has(long wanted) {
        return (flags & wanted) == wanted;
    }
}

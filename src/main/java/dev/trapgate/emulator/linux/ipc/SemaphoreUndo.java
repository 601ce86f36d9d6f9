package dev.trapgate.emulator.linux.ipc;

import java.util.HashMap;
import java.util.Map;

/**
 * What a program's end adds to semaphores: {@code struct sem_undo_list} of ipc/sem.c, which its threads share as those of
 * pthread_create(3) do. Guarded by the {@link IpcIds} of semaphores.
 */
final class SemaphoreUndo {

    private final Map<SemaphoreArray, int[]> adjustments = new HashMap<>();

    SemaphoreUndo() {}

    /** {@return what is to be added to each semaphore of a set; changed in place: {@code find_alloc_undo}} */
    int[] of(SemaphoreArray array) {
        return adjustments.computeIfAbsent(array, known -> new int[known.count()]);
    }

    /** Forgets semaphores of a set from one on, because their values were set. */
    void forget(SemaphoreArray array, int first, int count) {
        int[] known = adjustments.get(array);
        if (known != null) {
            java.util.Arrays.fill(known, first, first + count, 0);
        }
    }

    /** Forgets a set that is gone. */
    void forget(SemaphoreArray array) {
        adjustments.remove(array);
    }

    void apply(IpcIds<SemaphoreArray> arrays, int pid, long now) {
        for (SemaphoreArray array : arrays.all()) {
            int[] known = adjustments.remove(array);
            if (known != null) {
                array.undo(known, pid, now);
            }
        }
        adjustments.clear();
    }
}

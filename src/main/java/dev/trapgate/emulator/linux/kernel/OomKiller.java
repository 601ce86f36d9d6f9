package dev.trapgate.emulator.linux.kernel;

import java.util.Comparator;
import java.util.List;

/** Whom the lack of memory kills: {@code out_of_memory} of mm/oom_kill.c, Linux 6.18, the process with the most private pages. */
final class OomKiller {

    private OomKiller() {}

    /**
     * Has a process end, unless one is ending already.
     *
     * @param wanting the process that wants a page
     * @return whether it is the one that ends
     */
    static boolean outOfMemory(KernelProcess wanting) {
        List<KernelProcess> living = wanting.globals().pids().processes().stream()
                .filter(process -> process.exit() == null)
                .toList();
        boolean isEnding = living.stream().anyMatch(process -> process.end() != null);
        if (!isEnding) {
            living.stream()
                    .max(Comparator.comparingLong(process -> process.mm().anonymousPages()))
                    .orElse(wanting)
                    .groupExit(TaskEnd.killed(Signal.of(Signal.SIGKILL)));
        }
        return wanting.end() != null;
    }
}

package dev.trapgate.cli;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.SyscallEntry;
import java.util.Set;

/** Descriptors that a call opened, and that nobody will use. */
final class NewDescriptors {

    private static final Set<String> OPENING_CALLS = Set.of(
            "open",
            "openat",
            "openat2",
            "creat",
            "open_by_handle_at",
            "open_tree",
            "open_tree_attr",
            "dup",
            "socket",
            "accept",
            "accept4",
            "epoll_create",
            "epoll_create1",
            "eventfd",
            "eventfd2",
            "timerfd_create",
            "inotify_init",
            "inotify_init1",
            "fanotify_init",
            "memfd_create",
            "memfd_secret",
            "userfaultfd",
            "perf_event_open",
            "pidfd_open",
            "pidfd_getfd",
            "fsopen",
            "fspick",
            "fsmount",
            "landlock_create_ruleset",
            "io_uring_setup",
            "mq_open");

    private NewDescriptors() {}

    /** {@return whether the value of a successful call is a descriptor that was not there before} */
    static boolean isOpenedBy(String call) {
        return OPENING_CALLS.contains(call);
    }

    /**
     * Closes what a call opened, through the gate that opened it.
     *
     * @param entry the gate
     * @param call the call it made
     * @param result what it answered
     */
    static void close(SyscallEntry entry, String call, long result) {
        int number = Syscall.named("close").orElseThrow().number(entry.abi());
        if (isOpenedBy(call) && !Errno.isError(result) && entry.refusal(number).isEmpty()) {
            entry.enter(number, result, 0, 0, 0, 0, 0);
        }
    }
}

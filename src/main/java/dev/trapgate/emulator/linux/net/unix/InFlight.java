package dev.trapgate.emulator.linux.net.unix;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.net.core.Net;
import dev.trapgate.emulator.linux.net.core.PassedFile;
import dev.trapgate.emulator.linux.net.core.SkBuff;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Open files that are on their way in messages, and those of them that only messages of each other still hold: net/unix/garbage.c,
 * Linux 6.18. The count is limited, so that what nobody can receive any more takes no more room than a limit allows.
 */
final class InFlight {

    /** How often each file is on its way. */
    private final IdentityHashMap<File, Integer> files = new IdentityHashMap<>();

    private long count;

    /** {@return whether a task may send no more files: {@code too_many_unix_fds}} */
    boolean isFull(Task current) {
        return count > current.descriptorLimit()
                && !current.credentials().capable(Capability.CAP_SYS_RESOURCE)
                && !current.credentials().capable(Capability.CAP_SYS_ADMIN);
    }

    /** Sends a file on its way; the reference is its own from here. */
    PassedFile add(Net net, File file) {
        count++;
        files.merge(file, 1, Integer::sum);
        return new PassedFile(file, net, () -> landed(file));
    }

    private void landed(File file) {
        count--;
        files.computeIfPresent(file, (same, times) -> times == 1 ? null : times - 1);
    }

    /** Ends the messages that nobody can receive: {@code unix_gc}. */
    void collect() {
        IdentityHashMap<UnixSock, Integer> held = new IdentityHashMap<>();
        files.forEach((file, times) -> {
            UnixSock sock = UnixSock.of(file);
            if (sock != null && file.references() == times) {
                held.put(sock, times);
            }
        });
        List<SkBuff> messages = new ArrayList<>();
        unreachable(held).forEach(sock -> sock.drain(messages));
        messages.forEach(SkBuff::free);
    }

    /**
     * Finds what nobody can receive.
     *
     * @param held sockets that only messages hold, and how many
     * @return those that only messages to each other hold
     */
    private static Set<UnixSock> unreachable(IdentityHashMap<UnixSock, Integer> held) {
        IdentityHashMap<UnixSock, Integer> outside = new IdentityHashMap<>(held);
        held.keySet().forEach(sock -> sock.heldSockets()
                .forEach(inner -> outside.computeIfPresent(inner, (same, times) -> times - 1)));
        Set<UnixSock> dead = Collections.newSetFromMap(new IdentityHashMap<>());
        dead.addAll(held.keySet());
        Deque<UnixSock> roots = new ArrayDeque<>();
        outside.forEach((sock, times) -> {
            if (times > 0) {
                roots.add(sock);
            }
        });
        dead.removeAll(roots);
        while (!roots.isEmpty()) {
            roots.remove().heldSockets().stream().filter(dead::remove).forEach(roots::add);
        }
        return dead;
    }
}

package dev.trapgate.fs;

import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Pid;
import java.util.Optional;

/**
 * What happened to something that is marked, {@code struct fanotify_event_metadata}.
 *
 * @param mask what
 * @param file what it happened to, open as the group was told, to be closed; empty for FAN_Q_OVERFLOW
 * @param process who did it, a thread with FAN_REPORT_TID; 0 from another PID namespace
 */
public record FanotifyEvent(FanotifyMask mask, Optional<FileDescriptor> file, Pid process) implements AutoCloseable {

    private static final int PERMISSIONS = FanotifyMask.FAN_OPEN_PERM
            .or(FanotifyMask.FAN_ACCESS_PERM)
            .or(FanotifyMask.FAN_OPEN_EXEC_PERM)
            .bits();

    /** {@return whether someone waits for permission} */
    public boolean asksPermission() {
        return (mask.bits() & PERMISSIONS) != 0;
    }

    /** Closes the file. */
    @Override
    public void close() {
        file.ifPresent(FileDescriptor::close);
    }
}

package dev.trapgate.emulator.linux.fs;

import java.util.ArrayList;
import java.util.List;

/**
 * Files whose last reference was dropped where it could not be: under locks that their end needs. What {@code task_work}
 * does for {@code fput}.
 */
final class LateReleases {

    private final List<File> files = new ArrayList<>(0);

    /** Begins without a file. */
    LateReleases() {}

    /** Drops a reference, at once if it is not the last one. */
    void release(File file) {
        if (!file.releaseUnlessLast()) {
            files.add(file);
        }
    }

    /** Drops the rest. No lock is held. */
    void run() {
        files.forEach(File::release);
    }
}

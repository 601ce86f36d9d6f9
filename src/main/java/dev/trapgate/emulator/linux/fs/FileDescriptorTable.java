package dev.trapgate.emulator.linux.fs;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A process's descriptors: {@code struct files_struct}. */
public final class FileDescriptorTable {

    /** How many descriptors a process may have: RLIMIT_NOFILE. */
    public static final int LIMIT = 1024;

    private final AtomicReferenceArray<@Nullable OpenFile> open = new AtomicReferenceArray<>(LIMIT);

    /** Makes an empty table. */
    public FileDescriptorTable() {}

    /** {@return what a descriptor stands for, or null if it is not open} */
    public @Nullable OpenFile get(int descriptor) {
        return descriptor >= 0 && descriptor < LIMIT ? open.get(descriptor) : null;
    }

    /** {@return the lowest free descriptor, now standing for {@code file}; −1 if all are taken} */
    public int install(OpenFile file) {
        for (int descriptor = 0; descriptor < LIMIT; descriptor++) {
            if (open.compareAndSet(descriptor, null, file)) {
                return descriptor;
            }
        }
        return -1;
    }

    /** {@return whether the descriptor was open; it is not any more} */
    public boolean close(int descriptor) {
        return descriptor >= 0 && descriptor < LIMIT && open.getAndSet(descriptor, null) != null;
    }
}

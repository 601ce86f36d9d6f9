package dev.trapgate.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Which C library this process runs on. */
public final class LibcVersion {

    private static final int LONGEST = 64;

    private LibcVersion() {}

    /**
     * Asks glibc for its version, as {@code gnu_get_libc_version(3)}.
     *
     * @return the version, such as {@code 2.36}; empty where the C library is another
     */
    @SuppressWarnings("restricted") // The function has no arguments, and its string lives as long as the library.
    public static Optional<String> find() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("gnu_get_libc_version")
                .map(function -> linker.downcallHandle(function, FunctionDescriptor.of(ADDRESS)))
                .map(handle -> {
                    try {
                        return ((MemorySegment) handle.invokeExact())
                                .reinterpret(LONGEST)
                                .getString(0);
                    } catch (Throwable impossible) {
                        throw new AssertionError(impossible);
                    }
                });
    }
}

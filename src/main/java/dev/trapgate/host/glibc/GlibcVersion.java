package dev.trapgate.host.glibc;

import dev.trapgate.bindings.machine_h;
import dev.trapgate.host.libc.Downcalls;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Which glibc this is.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/gnu_get_libc_version.3.html">gnu_get_libc_version(3)</a>
 */
public final class GlibcVersion {

    private static final MethodHandle GNU_GET_LIBC_VERSION =
            Downcalls.link(machine_h.gnu_get_libc_version$address(), machine_h.gnu_get_libc_version$descriptor());

    private GlibcVersion() {}

    /** {@return its version, for example {@code 2.36}} */
    public static String get() {
        try {
            return ((MemorySegment) GNU_GET_LIBC_VERSION.invokeExact()).getString(0);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }
}

package dev.trapgate.host.jnr;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.NativeEntry;
import dev.trapgate.host.memory.ArenaMemory;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/**
 * The {@code JNR} gate: glibc's {@code syscall(2)} through JNR-FFI, as programs that have not moved to
 * {@code java.lang.foreign} make it. This class may be touched only where JNR-FFI is on the class path.
 *
 * @see <a href="https://github.com/jnr/jnr-ffi">JNR-FFI</a>
 */
public final class JnrSyscall extends NativeEntry {

    /** The C library, to JNR-FFI. */
    public interface CLibrary {

        /**
         * Calls {@code syscall(2)} with all six arguments given.
         *
         * @param number the call's number
         * @param a1 first argument
         * @param a2 second argument
         * @param a3 third argument
         * @param a4 fourth argument
         * @param a5 fifth argument
         * @param a6 sixth argument
         * @return the call's value, or −1 with errno set
         */
        long syscall(long number, long a1, long a2, long a3, long a4, long a5, long a6);
    }

    private static final CLibrary C = LibraryLoader.create(CLibrary.class).load("c");
    private static final Runtime RUNTIME = Runtime.getRuntime(C);

    /** The gate. It holds nothing, so one is enough. */
    public static final JnrSyscall ENTRY = new JnrSyscall();

    private JnrSyscall() {
        super(Gate.JNR, Linkage.ORDINARY, ArenaMemory.INSTANCE);
    }

    /** {@return the version of JNR-FFI, or words if its jar does not say} */
    public static String library() {
        String version = LibraryLoader.class.getPackage().getImplementationVersion();
        return version == null ? "JNR-FFI of unknown version" : "JNR-FFI " + version;
    }

    @Override
    public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        long result = C.syscall(number, a1, a2, a3, a4, a5, a6);
        return result == -1 ? -RUNTIME.getLastError() : result;
    }

    @Override
    public SyscallEntry critical() {
        throw new UnsupportedOperationException("JNR-FFI has no critical linkage");
    }
}

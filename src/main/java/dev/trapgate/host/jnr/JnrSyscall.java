package dev.trapgate.host.jnr;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.NativeEntry;
import dev.trapgate.host.memory.ArenaMemory;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Properties;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/**
 * The {@code JNR} gate: glibc's {@code syscall(2)} through JNR-FFI, as programs that have not moved to
 * {@code java.lang.foreign} make it. This class may be touched only where JNR-FFI is on the class path.
 *
 * <p>JNR-FFI is fast for up to six integers and slow, with an allocation, for seven; so each call passes the arguments
 * it has. Its fast way spoils the last of six, though: JNR-FFI 2.2.18 gives the function what stands on the stack
 * instead. So calls of five arguments, which with their number are six integers, go the slow way like those of six.
 *
 * @see <a href="https://github.com/jnr/jnr-ffi">JNR-FFI</a>
 */
public final class JnrSyscall extends NativeEntry {

    /** The C library as JNR-FFI sees it: {@code syscall(2)} with as many arguments as a call has. */
    public interface CLibrary {

        /** {@return what a call without arguments answers} */
        long syscall(long number);

        /** {@return what a call of one argument answers} */
        long syscall(long number, long a1);

        /** {@return what a call of two arguments answers} */
        long syscall(long number, long a1, long a2);

        /** {@return what a call of three arguments answers} */
        long syscall(long number, long a1, long a2, long a3);

        /** {@return what a call of four arguments answers} */
        long syscall(long number, long a1, long a2, long a3, long a4);

        /** {@return what a call of five or six arguments answers} */
        long syscall(long number, long a1, long a2, long a3, long a4, long a5, long a6);
    }

    private static final String POM_PROPERTIES = "/META-INF/maven/com.github.jnr/jnr-ffi/pom.properties";
    private static final int MOST_ARGUMENTS = 6;

    private static final CLibrary C = LibraryLoader.create(CLibrary.class).load("c");
    private static final Runtime RUNTIME = Runtime.getRuntime(C);

    /** How many arguments each call has, by its number. */
    private static final byte[] ARGUMENTS = argumentCounts();

    /** The gate. It holds nothing, so one is enough. */
    public static final JnrSyscall ENTRY = new JnrSyscall();

    private JnrSyscall() {
        super(Gate.JNR, Linkage.ORDINARY, ArenaMemory.INSTANCE);
    }

    private static byte[] argumentCounts() {
        byte[] counts = new byte[512];
        Arrays.fill(counts, (byte) MOST_ARGUMENTS);
        for (Syscall call : Syscall.values()) {
            if (call.existsOn(Abi.X86_64)) {
                counts[call.number(Abi.X86_64)] =
                        (byte) call.parameters(Abi.X86_64).size();
            }
        }
        return counts;
    }

    @Override
    public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        long result =
                switch (argumentCount(number)) {
                    case 0 -> C.syscall(number);
                    case 1 -> C.syscall(number, a1);
                    case 2 -> C.syscall(number, a1, a2);
                    case 3 -> C.syscall(number, a1, a2, a3);
                    case 4 -> C.syscall(number, a1, a2, a3, a4);
                    default -> C.syscall(number, a1, a2, a3, a4, a5, a6);
                };
        return result == -1 ? -RUNTIME.getLastError() : result;
    }

    private static int argumentCount(int number) {
        return number >= 0 && number < ARGUMENTS.length ? ARGUMENTS[number] : MOST_ARGUMENTS;
    }

    /** {@return the library's name and version, the version being what its jar says, if it says any} */
    public static String library() {
        Properties properties = new Properties();
        try (InputStream file = LibraryLoader.class.getResourceAsStream(POM_PROPERTIES)) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException unreadable) {
            properties.clear();
        }
        return "JNR-FFI " + properties.getProperty("version", "of unknown version");
    }

    @Override
    public SyscallEntry critical() {
        throw new UnsupportedOperationException("JNR-FFI has no critical linkage");
    }
}

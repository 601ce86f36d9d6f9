package dev.trapgate.host.stub;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.trapgate.host.libc.Downcalls;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * The processor's time-stamp counter, by the {@code rdtsc} instruction. It counts at a constant rate, whatever the
 * processor's own frequency is at the moment.
 *
 * @see <a href="https://www.amd.com/content/dam/amd/en/documents/processor-tech-docs/programmer-references/24594.pdf">AMD64
 *     Architecture Programmer's Manual, volume 3, RDTSC</a>
 */
public final class TimeStampCounter {

    private static final MachineCode CODE = MachineCode.of(
            "0f ae e8", //    lfence               what comes before is done
            "0f 31", //       rdtsc
            "0f ae e8", //    lfence               what comes after has not begun
            "48 c1 e2 20", // shl rdx, 32
            "48 09 d0", //    or rax, rdx
            "c3"); //         ret

    private static final MethodHandle READ = link();

    private TimeStampCounter() {}

    /** The descriptor is that of the code above. */
    private static MethodHandle link() {
        return Downcalls.link(
                ExecutableMemory.map(CODE), FunctionDescriptor.of(JAVA_LONG), Linker.Option.critical(false));
    }

    /**
     * Reads the counter, after everything before is done and before anything after begins.
     *
     * @return cycles since the processor's, or the virtual machine's, start
     * @throws ExecutableMemoryRefusedException the first time, if this process may not have machine code of its own
     */
    public static long read() {
        try {
            return (long) READ.invokeExact();
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }
}

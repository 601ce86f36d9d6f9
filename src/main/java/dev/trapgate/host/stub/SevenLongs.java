package dev.trapgate.host.stub;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.trapgate.host.libc.Downcalls;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The one shape of a stub: six arguments and the call's number in, the kernel's answer out. */
final class SevenLongs {

    private static final FunctionDescriptor DESCRIPTOR = FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private SevenLongs() {}

    /**
     * Links a stub.
     *
     * @param stub where its code is
     * @param options how to leave the JVM
     * @return a handle of seven longs to one
     */
    static MethodHandle link(MemorySegment stub, Linker.Option... options) {
        return Downcalls.link(stub, DESCRIPTOR, options);
    }
}

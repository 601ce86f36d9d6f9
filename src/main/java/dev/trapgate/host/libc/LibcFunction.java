package dev.trapgate.host.libc;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Links functions of the C library that the JVM itself runs on. */
public final class LibcFunction {

    private static final Linker LINKER = Linker.nativeLinker();

    private LibcFunction() {}

    /**
     * Finds a function.
     *
     * @param name its C name
     * @return its address
     * @throws MissingFunctionException if the C library has no such function
     */
    public static MemorySegment address(String name) {
        return LINKER.defaultLookup().find(name).orElseThrow(() -> new MissingFunctionException(name));
    }

    /**
     * Links a function.
     *
     * @param name its C name
     * @param descriptor its parameters and result
     * @param options how to link it
     * @return a handle to call it by
     * @throws MissingFunctionException if the C library has no such function
     */
    public static MethodHandle link(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return Downcalls.link(address(name), descriptor, options);
    }
}

package dev.trapgate.host.glibc;

import dev.trapgate.host.libc.CapturedErrno;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.OptionalInt;

/**
 * A function of glibc's that makes one system call.
 *
 * @param name its C name
 * @param descriptor its parameters and result, as jextract read them in glibc's headers
 * @param address where it is
 * @param firstVariadic the index of its first variadic argument, if it has any
 * @param answer how it tells a value from an error
 * @param taken which of the system call's arguments it takes, each 1 to 6, in its own order; {@link #ZERO} for an
 *     argument that the call does not have
 */
record GlibcWrapper(
        String name,
        FunctionDescriptor descriptor,
        MemorySegment address,
        OptionalInt firstVariadic,
        WrapperAnswer answer,
        List<Integer> taken) {

    /** Stands for an argument that the function takes and the call does not: it is given 0. */
    static final int ZERO = 0;

    private static final List<Integer> IN_ORDER = List.of(1, 2, 3, 4, 5, 6);

    /** {@return a wrapper that takes the call's first arguments in their order, and reports errors by errno} */
    static GlibcWrapper function(String name, FunctionDescriptor descriptor, MemorySegment address) {
        List<Integer> taken = IN_ORDER.subList(0, descriptor.argumentLayouts().size());
        return new GlibcWrapper(
                name, descriptor, address, OptionalInt.empty(), WrapperAnswer.MINUS_ONE_AND_ERRNO, taken);
    }

    /** {@return such a wrapper whose arguments from an index on are variadic in C} */
    static GlibcWrapper variadic(String name, int firstVariadic, FunctionDescriptor descriptor, MemorySegment address) {
        GlibcWrapper plain = function(name, descriptor, address);
        return new GlibcWrapper(
                name, descriptor, address, OptionalInt.of(firstVariadic), plain.answer(), plain.taken());
    }

    /** {@return this wrapper, but for how it tells a value from an error} */
    GlibcWrapper answering(WrapperAnswer otherAnswer) {
        return new GlibcWrapper(name, descriptor, address, firstVariadic, otherAnswer, taken);
    }

    /** {@return this wrapper, but for the arguments it takes} */
    GlibcWrapper taking(Integer... otherTaken) {
        return new GlibcWrapper(name, descriptor, address, firstVariadic, answer, List.of(otherTaken));
    }

    /** {@return the options to link it with: errno is captured by the call itself} */
    Linker.Option[] linkerOptions() {
        return firstVariadic.isPresent()
                ? new Linker.Option[] {CapturedErrno.capture(), Linker.Option.firstVariadicArg(firstVariadic.getAsInt())
                }
                : new Linker.Option[] {CapturedErrno.capture()};
    }
}

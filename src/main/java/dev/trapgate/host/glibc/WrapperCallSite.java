package dev.trapgate.host.glibc;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.host.libc.Downcalls;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where one system call number meets glibc's function for it: linked when first called, as an {@code invokedynamic}
 * instruction would be, and all of one type, {@code (MemorySegment errno, long, long, long, long, long, long) long}.
 */
final class WrapperCallSite extends MutableCallSite {

    private static final MethodType UNIFORM = MethodType.methodType(
            long.class, MemorySegment.class, long.class, long.class, long.class, long.class, long.class, long.class);

    private static final int ARGUMENTS = 6;

    private static final MethodHandle LINK_AND_CALL = find("linkAndCall", UNIFORM);
    private static final MethodHandle KERNEL_FORM = kernelForm();

    private final int number;

    private WrapperCallSite(int number) {
        super(UNIFORM);
        this.number = number;
        setTarget(LINK_AND_CALL.bindTo(this));
    }

    /** {@return an invoker for every number that x86-64 has, and for those between, which refuse} */
    static List<MethodHandle> all() {
        int last = Arrays.stream(Syscall.values())
                .filter(call -> call.existsOn(Abi.X86_64))
                .mapToInt(call -> call.number(Abi.X86_64))
                .max()
                .orElseThrow();
        return IntStream.rangeClosed(0, last)
                .mapToObj(number -> new WrapperCallSite(number).dynamicInvoker())
                .toList();
    }

    /** What a call site calls until it is linked. */
    long linkAndCall(MemorySegment errno, long a1, long a2, long a3, long a4, long a5, long a6) throws Throwable {
        Syscall call = Syscall.numbered(Abi.X86_64, number)
                .orElseThrow(() -> new UnsupportedOperationException("GLIBC: no call has number " + number));
        GlibcWrapper wrapper = GlibcWrappers.find(call).orElseThrow(() -> GlibcEntry.refused(call));
        MethodHandle linked = uniform(wrapper);
        setTarget(linked);
        return (long) linked.invokeExact(errno, a1, a2, a3, a4, a5, a6);
    }

    /** Links a function and gives it the uniform type. */
    private static MethodHandle uniform(GlibcWrapper wrapper) {
        MethodHandle function = inLongs(linked(wrapper));
        MethodHandle taking = withCallsArguments(function, wrapper.taken());
        return MethodHandles.foldArguments(KERNEL_FORM.bindTo(wrapper.answer()), taking);
    }

    /** {@return a function's handle} Descriptor and address are jextract's, from glibc's own headers. */
    static MethodHandle linked(GlibcWrapper wrapper) {
        return Downcalls.link(wrapper.address(), pointersAsLongs(wrapper.descriptor()), wrapper.linkerOptions());
    }

    /** The kernel's addresses come as longs; making a segment of each would only undo itself in the call. */
    private static FunctionDescriptor pointersAsLongs(FunctionDescriptor descriptor) {
        MemoryLayout[] parameters = descriptor.argumentLayouts().stream()
                .map(WrapperCallSite::pointerAsLong)
                .toArray(MemoryLayout[]::new);
        return descriptor
                .returnLayout()
                .map(result -> FunctionDescriptor.of(pointerAsLong(result), parameters))
                .orElseGet(() -> FunctionDescriptor.ofVoid(parameters));
    }

    private static MemoryLayout pointerAsLong(MemoryLayout layout) {
        return layout instanceof AddressLayout ? JAVA_LONG : layout;
    }

    /** Every integer becomes a long, narrowed on the way in and sign-extended on the way out; no result becomes 0. */
    private static MethodHandle inLongs(MethodHandle function) {
        int arguments = function.type().parameterCount() - 1;
        return MethodHandles.explicitCastArguments(
                function,
                MethodType.methodType(long.class, MemorySegment.class)
                        .appendParameterTypes(Collections.nCopies(arguments, long.class)));
    }

    /** Feeds the function those of the call's six arguments that it takes. */
    private static MethodHandle withCallsArguments(MethodHandle function, List<Integer> taken) {
        MethodHandle fed = function;
        int zero = taken.indexOf(GlibcWrapper.ZERO);
        if (zero >= 0) {
            fed = MethodHandles.insertArguments(function, 1 + zero, 0L);
        }
        int[] positions = IntStream.concat(
                        IntStream.of(0),
                        taken.stream().mapToInt(Integer::intValue).filter(argument -> argument != GlibcWrapper.ZERO))
                .toArray();
        return MethodHandles.permuteArguments(fed, UNIFORM, positions);
    }

    private static MethodHandle kernelForm() {
        try {
            MethodHandle kernelForm = MethodHandles.lookup()
                    .findVirtual(
                            WrapperAnswer.class,
                            "kernelForm",
                            MethodType.methodType(long.class, long.class, MemorySegment.class));
            return MethodHandles.dropArguments(kernelForm, 3, Collections.nCopies(ARGUMENTS, long.class));
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    private static MethodHandle find(String name, MethodType type) {
        try {
            return MethodHandles.lookup().findVirtual(WrapperCallSite.class, name, type);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }
}

package dev.trapgate.host.libc;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The one place where native code is linked, so that it is known in which shapes: GraalVM's native-image has to be told of each
 * when it builds, by {@code META-INF/native-image/dev.trapgate/trapgate/reachability-metadata.json}.
 */
public final class Downcalls {

    private static final Linker LINKER = Linker.nativeLinker();
    /** Only kept here: to compare shapes is for those who ask, for it may load classes where no file can be opened. */
    private static final Queue<Shape> LINKED = new ConcurrentLinkedQueue<>();

    private Downcalls() {}

    /**
     * What a downcall looks like to the linker.
     *
     * @param descriptor its parameters and result
     * @param options how it is linked, the capture of errno without the state that it is captured to
     */
    public record Shape(FunctionDescriptor descriptor, List<Linker.Option> options) {

        /** Copies the options. */
        public Shape {
            options = List.copyOf(options);
        }
    }

    /**
     * Links native code.
     *
     * @param address where it is
     * @param descriptor its parameters and result, which must be the code's own
     * @param options how to link it
     * @return a handle to call it by
     */
    @SuppressWarnings("restricted") // each caller states where its descriptor is from
    public static MethodHandle link(MemorySegment address, FunctionDescriptor descriptor, Linker.Option... options) {
        LINKED.add(new Shape(descriptor, List.of(options)));
        return LINKER.downcallHandle(address, descriptor, options);
    }

    /** {@return the shapes that were linked in this JVM so far} */
    public static Set<Shape> linked() {
        return Set.copyOf(LINKED);
    }
}

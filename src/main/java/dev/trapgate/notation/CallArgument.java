package dev.trapgate.notation;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** One argument of a call as it was written, before a gate gives it a value. */
public sealed interface CallArgument {

    /**
     * A number.
     *
     * @param value its 64 bits, whether it was written signed or unsigned
     */
    record Scalar(long value) implements CallArgument {}

    /**
     * Terms joined by {@code |}.
     *
     * @param terms constants, references, and numbers among them
     */
    record Flags(List<Term> terms) implements CallArgument {}

    /** What stands between two {@code |}. */
    sealed interface Term {

        /** A constant of the C headers, whose value depends on the ABI. */
        record Constant(String name) implements Term {}

        /** A number. */
        record Bits(long value) implements Term {}

        /**
         * A value that has a name: an earlier call's result, the address of named memory, or what lies in it.
         *
         * @param name the name
         * @param path which element and field of the memory is meant, as written: {@code [1]}, {@code .st_size},
         *     {@code [1].iov_len}; empty for the result or address itself
         * @param offset what to add to it
         */
        record Reference(String name, String path, long offset) implements Term {}
    }

    /**
     * Bytes for the kernel to read.
     *
     * @param content a C string with its NUL, or a buffer as it is
     */
    record Input(MemorySegment content) implements CallArgument {}

    /**
     * A zeroed buffer for the kernel to fill.
     *
     * @param byteSize its size in bytes, 0 or more
     */
    record Output(long byteSize) implements CallArgument {}

    /**
     * Memory whose last byte is followed by a page that cannot be reached.
     *
     * @param memory an {@link Input} or an {@link Output}
     */
    record Edge(CallArgument memory) implements CallArgument {}

    /**
     * One structure, or several behind each other, zeroed but for the fields named.
     *
     * @param name the structure's name, or {@link #OWN_TYPE}
     * @param elements one list of initializers for each structure
     */
    record Structured(String name, List<Fields> elements) implements CallArgument {

        /** Stands for the structure that the parameter points to. */
        public static final String OWN_TYPE = "struct";
    }

    /** The initializers of one structure. */
    record Fields(List<Initializer> initializers) implements CallArgument {}

    /** A field and what to put there. */
    record Initializer(String field, CallArgument value) {}

    /**
     * Values behind each other: pointers, ended by NULL, for a parameter; a field's elements in a structure.
     *
     * @param elements the values
     */
    record Values(List<CallArgument> elements) implements CallArgument {}
}

package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a kernel has for one convention: what its table is filled from. Each part of the kernel adds its own, as
 * {@code SYSCALL_DEFINE} does.
 */
public final class SyscallDefinitions {

    /** How much of a call there is. */
    public enum Support {
        /** All that a program can see. */
        SUPPORTED,
        /** Some; a note says what is missing. */
        PARTIAL,
        /** Nothing: the call answers ENOSYS. */
        ABSENT
    }

    /**
     * A call that is there.
     *
     * @param handler its function
     * @param support how much of it there is
     * @param note what is missing; empty if nothing is
     */
    public record Definition(SyscallHandler handler, Support support, String note) {}

    private final Abi abi;
    private final Map<Syscall, Definition> definitions = new EnumMap<>(Syscall.class);

    /**
     * Begins without a call.
     *
     * @param abi whose table is to be filled
     */
    public SyscallDefinitions(Abi abi) {
        this.abi = abi;
    }

    /** {@return whose table is to be filled} */
    public Abi abi() {
        return abi;
    }

    /**
     * Adds a call of which everything is there. A later definition of the same call replaces it.
     *
     * @param call the call
     * @param handler its function
     * @return this
     */
    public SyscallDefinitions add(Syscall call, SyscallHandler handler) {
        definitions.put(call, new Definition(handler, Support.SUPPORTED, ""));
        return this;
    }

    /**
     * Adds a call of which something is missing.
     *
     * @param call the call
     * @param handler its function
     * @param missing what is missing
     * @return this
     */
    public SyscallDefinitions partly(Syscall call, SyscallHandler handler, String missing) {
        definitions.put(call, new Definition(handler, Support.PARTIAL, missing));
        return this;
    }

    /** {@return the call's definition, or null if it is not there} */
    public @Nullable Definition find(Syscall call) {
        return definitions.get(call);
    }
}

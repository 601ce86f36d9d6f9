package dev.trapgate.trace;

import dev.trapgate.abi.Parameter;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** How much memory a pointer parameter leads to, as far as the parameter behind it tells. */
public final class PointerExtent {

    /** Names of parameters that hold the size in bytes of the buffer before them. */
    private static final Set<String> BYTE_COUNTS = Set.of(
            "count", "len", "size", "bufsiz", "bufsize", "plen", "msg_len", "optlen", "addrlen", "sigsetsize", "usize");

    /** Names of parameters that hold how many structures the one before them points to. */
    private static final Set<String> ELEMENT_COUNTS =
            Set.of("vlen", "nfds", "nsops", "liovcnt", "riovcnt", "nr_segs", "maxevents", "nr_futexes");

    /** Pointers to two integers: both ends of what the call opens. */
    private static final Set<String> PAIRS = Set.of("fildes", "usockvec");

    private PointerExtent() {}

    /**
     * Finds the size in bytes of what a parameter points to.
     *
     * @param parameters a call's parameters
     * @param pointer the pointer's place among them, from 0
     * @return the place of the parameter that holds the size; empty if none does
     */
    public static OptionalInt bytes(List<Parameter> parameters, int pointer) {
        return next(parameters, pointer, BYTE_COUNTS);
    }

    /**
     * Finds the number of structures that a parameter points to.
     *
     * @param parameters a call's parameters
     * @param pointer the pointer's place among them, from 0
     * @return the place of the parameter that holds the number; empty if none does
     */
    public static OptionalInt elements(List<Parameter> parameters, int pointer) {
        return next(parameters, pointer, ELEMENT_COUNTS);
    }

    /**
     * Says how many integers a parameter points to.
     *
     * @param parameter the parameter
     * @return 2 for a pair of descriptors, else 1
     */
    public static int integers(Parameter parameter) {
        return PAIRS.contains(parameter.name()) ? 2 : 1;
    }

    private static OptionalInt next(List<Parameter> parameters, int pointer, Set<String> names) {
        int next = pointer + 1;
        boolean isMeasured = next < parameters.size()
                && parameters.get(pointer).isPointer()
                && names.contains(parameters.get(next).name());
        return isMeasured ? OptionalInt.of(next) : OptionalInt.empty();
    }
}

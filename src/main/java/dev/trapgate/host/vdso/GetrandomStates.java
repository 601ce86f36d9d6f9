package dev.trapgate.host.vdso;

import dev.trapgate.host.memory.Mapping;
import dev.trapgate.host.memory.MappingRefusedException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The states of {@code __vdso_getrandom}: a generator's key and the bytes it has ready, one for each call in progress.
 *
 * <p>The function says itself how large a state is and how to map it: with pages that the kernel may zero at any time,
 * and zeroes in a forked child, so that no two processes draw the same bytes. Hence no state may straddle two pages. No
 * two threads may use one at once: a call takes a free one for its duration, whichever thread it is on, so virtual
 * threads need none of their own. Where all that it looks at are taken, it has no state, and the caller makes the system
 * call.
 *
 * @see <a href="https://github.com/torvalds/linux/blob/v6.18/lib/vdso/getrandom.c">lib/vdso/getrandom.c</a>
 */
final class GetrandomStates {

    /** A power of two; more than calls that are likely to be in progress at once. */
    private static final int COUNT = 128;
    /** How many states a call looks at: where so many are taken, the system call costs less than looking on. */
    private static final int LOOKS = 8;

    private static final long PAGE = 4096;
    private static final long CACHE_LINE = 64;
    private static final int MARK_STRIDE = (int) (CACHE_LINE / Long.BYTES);
    private static final long FREE = 0;
    private static final long TAKEN = 1;
    private static final VarHandle MARK = MethodHandles.arrayElementVarHandle(long[].class);

    /** This process's states; none at all if its vDSO has no getrandom. */
    static final GetrandomStates OF_THIS_PROCESS = create();

    private final Parameters parameters;
    private final long[] addresses;
    /** One mark a state, each in a cache line of its own. */
    private final long[] marks;

    private GetrandomStates(Parameters parameters, long[] addresses) {
        this.parameters = parameters;
        this.addresses = addresses;
        this.marks = new long[addresses.length * MARK_STRIDE];
    }

    /** {@code struct vgetrandom_opaque_params} of include/uapi/linux/random.h. */
    private record Parameters(int stateSize, int protection, int flags) {

        static final long BYTES = 64;
        static final Parameters NONE = new Parameters(0, 0, 0);

        boolean isUsable() {
            return stateSize > 0 && stateSize <= PAGE;
        }
    }

    /** {@return an empty set, with which every call is left to the kernel} */
    static GetrandomStates none() {
        return new GetrandomStates(Parameters.NONE, new long[0]);
    }

    private static GetrandomStates create() {
        Parameters parameters = ask();
        if (!parameters.isUsable()) {
            return none();
        }
        long stride = Math.ceilDiv(parameters.stateSize(), CACHE_LINE) * CACHE_LINE;
        int perPage = (int) (PAGE / stride);
        try {
            MemorySegment pages =
                    Mapping.map(PAGE * Math.ceilDiv(COUNT, perPage), parameters.protection(), parameters.flags());
            long[] addresses = new long[COUNT];
            for (int i = 0; i < COUNT; i++) {
                addresses[i] = pages.address() + i / perPage * PAGE + i % perPage * stride;
            }
            return new GetrandomStates(parameters, addresses);
        } catch (MappingRefusedException refused) {
            return none();
        }
    }

    /** With no buffer and a state of impossible size, the function describes what it needs in place of the state. */
    private static Parameters ask() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(Parameters.BYTES);
            long result = VdsoCalls.getrandom(0, 0, 0, answer.address(), -1);
            return result == 0
                    ? new Parameters(
                            answer.get(ValueLayout.JAVA_INT, 0),
                            answer.get(ValueLayout.JAVA_INT, 4),
                            answer.get(ValueLayout.JAVA_INT, 8))
                    : Parameters.NONE;
        }
    }

    /** {@return how many states there are; 0 if the function cannot be used} */
    int count() {
        return addresses.length;
    }

    /** {@return the states and how they are mapped, for a person} */
    String description() {
        return count() == 0
                ? "none: the gate makes the system call"
                : count() + " of " + parameters.stateSize() + " bytes, mapped with protection "
                        + ElfMemory.hex(parameters.protection()) + " and flags " + ElfMemory.hex(parameters.flags());
    }

    /**
     * Calls the function with a free state.
     *
     * @param buffer the address of memory that can be written to
     * @param length its size in bytes
     * @param flags {@code GRND_} bits
     * @return what the function answers; {@link VdsoCalls#ABSENT} if no state was free
     */
    long getrandom(long buffer, long length, int flags) {
        int first = (int) Thread.currentThread().threadId();
        for (int look = 0; look < Math.min(LOOKS, addresses.length); look++) {
            int state = first + look & COUNT - 1;
            if (take(state)) {
                return callAndFree(state, buffer, length, flags);
            }
        }
        return VdsoCalls.ABSENT;
    }

    /** {@return whether the state was free, and is now the caller's} */
    boolean take(int state) {
        return (long) MARK.getOpaque(marks, state * MARK_STRIDE) == FREE
                && MARK.compareAndSet(marks, state * MARK_STRIDE, FREE, TAKEN);
    }

    private long callAndFree(int state, long buffer, long length, int flags) {
        try {
            return VdsoCalls.getrandom(buffer, length, flags, addresses[state], parameters.stateSize());
        } finally {
            free(state);
        }
    }

    void free(int state) {
        MARK.setRelease(marks, state * MARK_STRIDE, FREE);
    }
}

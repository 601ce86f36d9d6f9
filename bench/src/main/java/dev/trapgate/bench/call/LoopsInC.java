package dev.trapgate.bench.call;

import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.entry.Gate;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** An operation's loops in C, one a gate: {@code read_1_syscall} and the like. Each is bound when it is first measured. */
final class LoopsInC {

    private final Map<Gate, CLoop> bound = new EnumMap<>(Gate.class);
    private final String operation;
    private final long fd;
    private final ToLongFunction<Gate> buffers;

    private LoopsInC(String operation, long fd, ToLongFunction<Gate> buffers) {
        this.operation = operation;
        this.fd = fd;
        this.buffers = buffers;
    }

    /**
     * Finds an operation's loops.
     *
     * @param operation how their names begin
     * @param fd the descriptor that their calls use; any where they use none
     * @return the loops, which use 64 KiB of data that the gate can reach
     */
    static LoopsInC of(String operation, long fd) {
        return of(
                operation, fd, gate -> gate == Gate.INT80 ? OpenGates.Int80.MEMORY.buffer() : Fixtures.BUFFER_ADDRESS);
    }

    /**
     * Finds an operation's loops.
     *
     * @param operation how their names begin
     * @param fd the descriptor that their calls use; any where they use none
     * @param buffers the address of the memory that their calls use, by gate
     * @return the loops
     */
    static LoopsInC of(String operation, long fd, ToLongFunction<Gate> buffers) {
        return new LoopsInC(operation, fd, buffers);
    }

    /** {@return what the last of {@link CLoop#COUNT} calls answered} */
    long run(Gate gate) {
        return loop(gate).run();
    }

    /** {@return what the last of {@code count} calls answered} */
    long run(Gate gate, long count) {
        return loop(gate).run(count);
    }

    /** {@return the loop through a gate} */
    CLoop loop(Gate gate) {
        CLoop loop = bound.get(gate);
        if (loop == null) {
            String name = operation + '_' + gate.name().toLowerCase(Locale.ROOT);
            loop = CLoop.named(name, fd, buffers.applyAsLong(gate));
            bound.put(gate, loop);
        }
        return loop;
    }
}

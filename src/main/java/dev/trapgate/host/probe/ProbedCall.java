package dev.trapgate.host.probe;

import java.util.List;

/**
 * A call to be tried.
 *
 * @param number its number
 * @param arguments its six arguments
 */
public record ProbedCall(int number, List<Long> arguments) {

    private static final int REGISTERS = 6;

    /**
     * Copies the arguments.
     *
     * @throws IllegalArgumentException if they are not six
     */
    public ProbedCall {
        arguments = List.copyOf(arguments);
        if (arguments.size() != REGISTERS) {
            throw new IllegalArgumentException(arguments.size() + " arguments; a probed call has six");
        }
    }
}

package dev.trapgate.differential;

/**
 * Where two sides disagree.
 *
 * @param line the scenario's line; 0 for what was left behind
 * @param subject what differs: {@code result}, a structure's field, bytes of a buffer, a file, a descriptor
 * @param left what the left side has
 * @param right what the right side has
 */
public record Difference(int line, String subject, String left, String right) {}

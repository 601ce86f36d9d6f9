package dev.trapgate.cli;

/**
 * A word on the kernel's stack.
 *
 * @param actor who put it there: {@code cpu} or {@code kernel}
 * @param address where it is
 * @param size its size in bytes, 4 or 8
 * @param value what it is
 * @param meaning what it means: {@code ss}, {@code orig_eax}…
 */
record WalkWord(String actor, long address, int size, long value, String meaning) {}

package dev.trapgate.cli;

/**
 * One step of a passage through a gate.
 *
 * @param actor who takes it: {@code program}, {@code cpu} or {@code kernel}
 * @param kind what kind of step it is: {@code instruction}, {@code descriptor}, {@code check}, {@code push}…
 * @param text what happens, one line
 */
record WalkStep(String actor, String kind, String text) {}

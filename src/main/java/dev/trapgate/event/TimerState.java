package dev.trapgate.event;

import java.time.Duration;

/**
 * How a timer is set.
 *
 * @param remaining until it expires next; zero if it is off
 * @param interval between expirations after that; zero for none
 */
public record TimerState(Duration remaining, Duration interval) {}

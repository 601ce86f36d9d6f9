package dev.trapgate.fs;

/**
 * What happened to something that is watched, {@code struct inotify_event}.
 *
 * @param watch the number that addWatch answered, −1 for IN_Q_OVERFLOW
 * @param mask what
 * @param cookie joins the two events of a renaming, 0 otherwise
 * @param name in a directory that is watched, the name that it happened to; empty for the watched file itself
 */
public record InotifyEvent(int watch, InotifyMask mask, int cookie, String name) {}

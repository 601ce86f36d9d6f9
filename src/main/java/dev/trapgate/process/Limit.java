package dev.trapgate.process;

/**
 * A resource's limits, {@code struct rlimit64}.
 *
 * @param soft what counts, to be read as unsigned; {@link #INFINITY} for none
 * @param hard how far the soft one may be raised
 */
public record Limit(long soft, long hard) {

    /** No limit, {@code RLIM64_INFINITY}. */
    public static final long INFINITY = -1;

    /** {@return for example {@code 1024 of 524288}} */
    @Override
    public String toString() {
        return text(soft) + " of " + text(hard);
    }

    private static String text(long limit) {
        return limit == INFINITY ? "unlimited" : Long.toUnsignedString(limit);
    }
}

package dev.trapgate.kernel;

/**
 * The number of a group.
 *
 * @param value 32 bits, to be read as unsigned; all ones stand for none, "leave as it is"
 */
public record Gid(int value) {

    /** The superuser's group: 0. */
    public static final Gid ROOT = new Gid(0);
    /** None: calls that change owners leave this one as it is. */
    public static final Gid UNCHANGED = new Gid(-1);

    /** {@return the number in decimal} */
    @Override
    public String toString() {
        return Integer.toUnsignedString(value);
    }
}

package dev.trapgate.kernel;

/**
 * The number of a user.
 *
 * @param value 32 bits, to be read as unsigned; all ones stand for none, "leave as it is"
 */
public record Uid(int value) {

    /** The superuser's: 0. */
    public static final Uid ROOT = new Uid(0);
    /** None: calls that change owners leave this one as it is. */
    public static final Uid UNCHANGED = new Uid(-1);

    /** {@return the number in decimal} */
    @Override
    public String toString() {
        return Integer.toUnsignedString(value);
    }
}

package dev.trapgate.differential;

import java.util.Locale;

/** Whose rights a scenario is played with. */
public enum User {
    /** The superuser, with every capability. */
    ROOT(0),
    /** A user without any right, by the kernel's overflow id. */
    NOBODY(65534);

    private final int id;

    User(int id) {
        this.id = id;
    }

    /** {@return the user's id, and its group's} */
    public int id() {
        return id;
    }

    /** {@return the name by which scenarios know it} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

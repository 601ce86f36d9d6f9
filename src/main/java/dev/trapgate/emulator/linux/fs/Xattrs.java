package dev.trapgate.emulator.linux.fs;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Extended attributes of a file in memory: {@code struct simple_xattrs}. Listed from the last name to the first. */
public final class Xattrs {

    private @Nullable Map<String, byte[]> values;

    /** Makes a file's, without one. */
    public Xattrs() {}

    /** {@return an attribute's value, or null if it has none of that name} */
    public synchronized byte @Nullable [] get(String name) {
        return values == null ? null : values.get(name);
    }

    /** {@return the names} */
    public synchronized List<String> names() {
        return values == null ? List.of() : List.copyOf(values.keySet());
    }

    /** Sets an attribute. */
    public synchronized void set(String name, byte[] value) {
        Map<String, byte[]> all = values == null ? new TreeMap<>(Comparator.reverseOrder()) : values;
        all.put(name, value);
        values = all;
    }

    /** Removes an attribute. */
    public synchronized void remove(String name) {
        if (values != null) {
            values.remove(name);
        }
    }
}

package dev.trapgate.differential;

import dev.trapgate.abi.Syscall;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The calls that a scenario may make natively: {@code allowed-calls.tsv}. */
final class AllowedCalls {

    private static final Map<Syscall, Row> ROWS = read();

    private AllowedCalls() {}

    /** What becomes of a child that has made a call. */
    enum State {
        /** It plays the next scenario. */
        KEPT,
        /** What the call has changed is set back; where that cannot be done, the child is replaced. */
        RESTORED,
        /** It is replaced if the call succeeded. */
        CHANGED,
        /** It is replaced. */
        SPENT
    }

    /**
     * A call that may be made.
     *
     * @param check the further look at its arguments; empty for none
     * @param state what becomes of the child
     * @param reason why it may be made
     */
    record Row(String check, State state, String reason) {}

    /** {@return the call's row; empty if it may not be made} */
    static Optional<Row> find(Syscall call) {
        return Optional.ofNullable(ROWS.get(call));
    }

    /** {@return all rows} */
    static Map<Syscall, Row> all() {
        return ROWS;
    }

    private static Map<Syscall, Row> read() {
        Map<Syscall, Row> rows = new EnumMap<>(Syscall.class);
        for (String[] row : Table.rows("allowed-calls.tsv", 4)) {
            Syscall call = Syscall.named(row[0])
                    .orElseThrow(() -> new IllegalArgumentException("allowed-calls.tsv: no call " + row[0]));
            State state = State.valueOf(row[2].toUpperCase(Locale.ROOT));
            rows.put(call, new Row(row[1].equals("-") ? "" : row[1], state, row[3]));
        }
        return rows;
    }
}

package dev.trapgate.cli;

import java.util.List;
import java.util.function.Consumer;

/**
 * What {@code trapgate cost} measures with. It lives apart from the library, for it brings a benchmark harness along,
 * and is found by {@link java.util.ServiceLoader}.
 */
public interface CostMeasurement {

    /** How long to measure, and so how far to trust the figures. */
    enum Effort {
        /** Under 90 seconds on two cores: a first look. */
        QUICK,
        /** A few minutes. */
        STANDARD,
        /** Ten minutes and more, with further callers. */
        FULL
    }

    /**
     * What to measure.
     *
     * @param effort how long
     * @param calls which calls, each a name that {@link #calls} lists; empty for all
     */
    record Request(Effort effort, List<String> calls) {

        /** Keeps a copy of the names. */
        public Request {
            calls = List.copyOf(calls);
        }
    }

    /** What a measurement found. */
    interface Report {

        /** {@return the report for a person, line by line} */
        List<String> lines();

        /** {@return the report as one JSON object} */
        String json();

        /** {@return the rows as RFC 4180 has them, a header line first} */
        String csv();
    }

    /** {@return the names that a request may list, in the report's order; some stand for several of the others} */
    List<String> calls();

    /**
     * Measures, for as long as the effort asks.
     *
     * @param request what to measure
     * @param progress is told how far the measurement is, again and again, a line at a time
     * @return what was found
     * @throws CostFailedException if nothing could be measured
     * @throws InterruptedException if the thread is interrupted; nothing that was started is left running
     */
    Report measure(Request request, Consumer<String> progress) throws CostFailedException, InterruptedException;
}

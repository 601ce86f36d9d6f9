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
        FULL;

        /** {@return the greater of two} */
        public Effort atLeast(Effort other) {
            return compareTo(other) < 0 ? other : this;
        }
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

    /** The forms in which a report is given to people and to other programs. */
    interface Forms {

        /**
         * Gives the report for a person.
         *
         * @param screen what it will be shown on
         * @return the report, line by line
         */
        List<String> lines(Screen screen);

        /** {@return the rows as RFC 4180 has them, a header line first} */
        String csv();

        /** {@return the report as one HTML page that needs nothing beside itself} */
        String html();
    }

    /** {@return the names that a request may list, in the report's order; some stand for several of the others} */
    List<String> calls();

    /**
     * Measures, for as long as the effort asks. An interrupt ends the measurement early: what was found by then is the report,
     * and says so.
     *
     * @param request what to measure
     * @param progress is told how far the measurement is, again and again, a line at a time
     * @return what was found, as JSON that {@link CostDocumentReader} reads
     * @throws CostFailedException if nothing could be measured
     * @throws InterruptedException if the thread is interrupted before the first round; nothing that was started is left
     *     running
     */
    String measure(Request request, Consumer<String> progress) throws CostFailedException, InterruptedException;

    /**
     * Renders a report, whenever it was measured.
     *
     * @param document the report
     * @return its forms
     */
    Forms forms(CostDocument document);
}

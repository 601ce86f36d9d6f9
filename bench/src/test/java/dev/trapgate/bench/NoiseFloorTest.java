package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.bench.call.Operation;
import dev.trapgate.bench.call.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoiseFloorTest {

    private final Measurements measurements = new Measurements();

    @Test
    void isWhatSetsDuplicatesApartFromWhatTheyRepeatInEveryRound() {
        measure("syscall", 100, 100, 100);
        measure("syscallAgain", 99, 100, 106);

        assertThat(floor(Operation.GETPPID.rows())).contains(new Ratio(1, 0.99, 1.06));
    }

    @Test
    void doesNotCountOtherRows() {
        measure("syscall", 100, 100);
        measure("cSyscall", 90, 90);

        assertThat(floor(Operation.GETPPID.rows())).isEmpty();
    }

    private Optional<Ratio> floor(List<Row> rows) {
        return NoiseFloor.of(new CostReport(new Environment(Map.of(), List.of()), rows, measurements));
    }

    private void measure(String method, double... nanos) {
        Row row = Operation.GETPPID.rows().stream()
                .filter(candidate -> candidate.method().equals(method))
                .findFirst()
                .orElseThrow();
        for (int round = 0; round < nanos.length; round++) {
            measurements.add(row, round, new RoundScore(List.of(nanos[round]), 0, 0));
        }
    }
}

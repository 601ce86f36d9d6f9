package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final Samples SAMPLES = Samples.of(List.of(
                    new RoundScore(List.of(1.0), 0, 0, new TreeMap<>(Map.of(100L, 400L, 200L, 90L))),
                    new RoundScore(List.of(1.0), 0, 0, new TreeMap<>(Map.of(100L, 500L, 5000L, 9L, 70_000L, 1L)))))
            .orElseThrow();

    @Test
    void countTheRoundsTogether() {
        assertThat(SAMPLES.size()).isEqualTo(1000);
    }

    @Test
    void percentileIsTheTimeWithinWhichSoManyWereBack() {
        assertThat(SAMPLES.percentile(50)).isEqualTo(100);
        assertThat(SAMPLES.percentile(90)).isEqualTo(100);
        assertThat(SAMPLES.percentile(99)).isEqualTo(200);
        assertThat(SAMPLES.percentile(99.9)).isEqualTo(5000);
        assertThat(SAMPLES.percentile(100)).isEqualTo(SAMPLES.max()).isEqualTo(70_000);
    }

    @Test
    void bucketsAreAnEighthWideHoldTheirTimesAndCountEveryCall() {
        List<Samples.Bucket> histogram = SAMPLES.histogram();

        assertThat(histogram).extracting(Samples.Bucket::upTo).containsExactly(103L, 207L, 5119L, 73_727L);
        assertThat(histogram).extracting(Samples.Bucket::count).containsExactly(900L, 90L, 9L, 1L);
    }

    @Test
    void shortTimesHaveABucketEach() {
        Samples fast = new Samples(new TreeMap<>(Map.of(0L, 1L, 1L, 2L, 7L, 3L, 15L, 4L)));

        assertThat(fast.histogram()).extracting(Samples.Bucket::upTo).containsExactly(0L, 1L, 7L, 15L);
    }

    @Test
    void areEmptyWhereNoCallWasTimed() {
        assertThat(Samples.of(List.of(new RoundScore(List.of(1.0), 0, 0)))).isEmpty();
    }
}

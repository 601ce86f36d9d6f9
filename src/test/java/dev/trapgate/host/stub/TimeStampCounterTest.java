package dev.trapgate.host.stub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeStampCounterTest {

    @Test
    void advancesWithTime() throws InterruptedException {
        long before = TimeStampCounter.read();
        Thread.sleep(10);

        // No processor that runs a JVM counts slower than 100 MHz: a million cycles in 10 ms.
        assertThat(TimeStampCounter.read() - before).isGreaterThan(1_000_000);
    }
}

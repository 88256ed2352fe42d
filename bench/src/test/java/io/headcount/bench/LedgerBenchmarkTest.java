package io.headcount.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

class LedgerBenchmarkTest {
    @Test
    void shouldMeetTheVerdictsThatItMeasures() throws RunnerException {
        assertThat(Smoke.run(Smoke.options(LedgerBenchmark.class).param("rows", "100", "10000")))
                .hasSize(3 * 2);
    }
}

package io.headcount.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

class RingBenchmarkTest {
    @Test
    void shouldGetEveryPostBack() throws RunnerException {
        assertThat(Smoke.run(RingBenchmark.class)).hasSize(2);
    }
}

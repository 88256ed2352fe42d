package io.headcount.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

class PipelineBenchmarkTest {
    @Test
    void shouldJournalThreeNewRowsOfEveryPost() throws RunnerException {
        assertThat(Smoke.run(PipelineBenchmark.class)).hasSize(2 * 2);
    }
}

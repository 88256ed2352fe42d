package io.headcount.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.model.Post;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

class JournalBenchmarkTest {
    private static final int MOST_BYTES_PER_POST = 200;

    @Test
    void shouldAppendAndRead() throws RunnerException {
        assertThat(Smoke.run(JournalBenchmark.class)).hasSize(4);
    }

    @Test
    void shouldTakeNoMoreThan200BytesForAPostOfThreeRows() throws IOException {
        ThreeRows posts = new ThreeRows(100);
        try (ScratchJournal journal = new ScratchJournal(new Telemetry())) {
            for (int i = 0; i < 1000; i++) {
                Post post = posts.of(i % 100, i / 100, 0);
                ThreeRows.settleAsNew(post);
                journal.writer().onPost(post);
            }
            journal.writer().onBatchEnd();

            assertThat(journal.bytesPerRecord()).isBetween(100.0, (double) MOST_BYTES_PER_POST);
        }
    }
}

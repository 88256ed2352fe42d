package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.flow.PlacedHalts.Outcome;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the campaign: each place that every post passes, once. */
@Timeout(300)
final class PlacedHaltsIT {
    @TempDir
    private Path dir;

    @Test
    void shouldKeepWhatWasAcknowledgedWhereverAPostIsWhenItIsKilled() throws Exception {
        Outcome outcome = PlacedHalts.run(dir, new Random(1), 1, "process", false);
        assertThat(outcome.halts()).isEqualTo(6);
        assertThat(outcome.journal().acknowledged()).isPositive();
        assertThat(outcome.holds()).as("%s", outcome).isTrue();
    }
}

package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.flow.StopCampaign.Outcome;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the campaign. */
@Timeout(120)
final class StopCampaignIT {
    @TempDir
    private Path dir;

    @Test
    void shouldAnswerAndKeepWhatItTookWhenItIsStopped() throws Exception {
        Outcome outcome = StopCampaign.run(dir, new Random(1), 2, "process");
        assertThat(outcome.journal().acknowledged()).isPositive();
        assertThat(outcome.holds()).as("%s", outcome).isTrue();
    }
}

package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headcount.flow.FailedForceCampaign.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the campaign. */
@Timeout(120)
final class FailedForceIT {
    @TempDir
    private Path dir;

    @Test
    void shouldAcknowledgeNothingBehindAForceThatFailed() throws Exception {
        assumeTrue(FailedForceCampaign.canRun(), "needs strace, and the right to trace");
        Outcome outcome = FailedForceCampaign.run(dir, 20);
        assertThat(outcome.acknowledged()).isPositive();
        assertThat(outcome.holds()).as("%s", outcome).isTrue();
    }
}

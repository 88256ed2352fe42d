package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.flow.SecondWriterCampaign.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the campaign: one second gateway, and one in a namespace of its own where that can be had. */
@Timeout(120)
final class SecondWriterIT {
    @TempDir
    private Path dir;

    @Test
    void shouldRefuseASecondGatewayAndNotBeDisturbedByIt() throws Exception {
        Outcome outcome = SecondWriterCampaign.run(dir, 2);
        assertThat(outcome.journal().acknowledged()).isPositive();
        assertThat(outcome.holds()).as("%s", outcome).isTrue();
    }
}

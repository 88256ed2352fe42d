package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headcount.flow.FullDiskCampaign.Outcome;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of the campaign. */
@Timeout(120)
final class FullDiskIT {
    @ParameterizedTest(name = "tmpfs {0}")
    @ValueSource(booleans = {false, true})
    void shouldRefuseOnAFullDiskAndGoOnWithoutARestart(boolean tmpfs) throws Exception {
        assumeTrue(FullDiskCampaign.canRun(), "needs root, loop devices and mkfs.ext4");
        Outcome outcome = FullDiskCampaign.run(new Random(1), tmpfs, 1);
        assertThat(outcome.journal().acknowledged()).isPositive();
        assertThat(outcome.journal().holds()).as("%s", outcome).isTrue();
    }
}

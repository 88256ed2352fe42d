package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of the kills: a few in each mode. */
final class KillCampaignIT {
    private static final long SEED = 20_261_124;
    private static final int KILLS = 3;
    private static final Set<String> NO_DISK = Set.of("overlay", "tmpfs");

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"process", "power"})
    void shouldHaveWhatWasAcknowledgedOnce(String durability) throws Exception {
        assumeFalse(
                durability.equals("power")
                        && NO_DISK.contains(Files.getFileStore(dir).type()),
                "needs a disk");

        JournalOracle outcome = KillCampaign.run(dir, new Random(SEED), KILLS, durability, "minutely");

        assertThat(outcome.acknowledged()).isPositive();
        assertThat(outcome.holds()).as(outcome.toString()).isTrue();
    }
}

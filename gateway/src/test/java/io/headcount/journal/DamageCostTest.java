package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.journal.DamageCost.Gap;
import io.headcount.journal.DamageCost.Windows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DamageCostTest {
    private static final long FIRST_MS = Instant.parse("2022-11-07T07:42:00Z").toEpochMilli();

    private static DamageCost costOf(Path dir) {
        DamageCost cost = new DamageCost();
        Verify.run(dir, cost);
        return cost;
    }

    @Test
    void shouldCostNothingWhereNothingIsDamaged(@TempDir Path dir) {
        new JournalFixture(dir, Roll.MINUTELY).write(3, 10);

        DamageCost cost = costOf(dir);

        assertThat(cost.missing()).isZero();
        assertThat(cost.gaps()).isEmpty();
        assertThat(cost.windows()).isEmpty();
    }

    @Test
    void shouldTellRecordsAndMinutesOfAMissingFile(@TempDir Path dir) throws IOException {
        JournalFixture journal = new JournalFixture(dir, Roll.MINUTELY);
        journal.write(3, 2);
        Files.delete(journal.files().get(1));

        DamageCost cost = costOf(dir);

        Gap gap = new Gap(3, 4, FIRST_MS, FIRST_MS + 120_000);
        long minute = FIRST_MS / 1000;
        assertThat(cost.missing()).isEqualTo(2);
        assertThat(cost.gaps()).containsExactly(gap);
        assertThat(cost.windows())
                .containsExactlyInAnyOrder(
                        new Windows(gap, "camera0", minute, minute + 60, 1),
                        new Windows(gap, "camera1", minute, minute + 60, 1));
    }

    @Test
    void shouldTellTheMinuteOfOneDamagedRecord(@TempDir Path dir) throws IOException {
        JournalFixture journal = new JournalFixture(dir, Roll.MINUTELY);
        journal.write(3, 4);
        JournalFixture.Place sixth = journal.places().get(5);
        JournalFixture.flip(sixth.file(), sixth.offset() + 30, 1);

        DamageCost cost = costOf(dir);

        long minute = FIRST_MS / 1000;
        assertThat(cost.gaps()).containsExactly(new Gap(6, 6, FIRST_MS + 60_000, FIRST_MS + 60_000));
        assertThat(cost.windows()).containsExactly(new Windows(cost.gaps().get(0), "camera1", minute, minute + 60, 1));
    }

    @Test
    void shouldTellTheRecordsThatAreMissingAtTheBeginning(@TempDir Path dir) throws IOException {
        JournalFixture journal = new JournalFixture(dir, Roll.MINUTELY);
        journal.write(3, 4);
        DeletedMark.raise(dir, 0);
        Files.delete(journal.files().get(0));

        DamageCost cost = costOf(dir);

        assertThat(cost.gaps()).containsExactly(new Gap(1, 4, 0, FIRST_MS + 60_000));
        assertThat(cost.missing()).isEqualTo(4);
        assertThat(cost.windows()).isEmpty();
    }

    @Test
    void shouldNameADeviceThatNeverCameAgain() {
        DamageCost cost = new DamageCost();
        cost.onPost(Posts.total("gone", FIRST_MS, 1), 1);
        cost.onPost(Posts.total("there", FIRST_MS + 120_000, 1), 4);
        cost.end();

        assertThat(cost.windows()).extracting(Windows::deviceId).containsExactly("gone");
        assertThat(cost.windows().get(0).count()).isEqualTo(2);
    }

    @Test
    void shouldNotBlameAGapForADeviceThatWasSilentLongBefore() {
        DamageCost cost = new DamageCost();
        cost.onPost(Posts.total("silent", FIRST_MS, 1), 1);
        cost.onPost(Posts.total("other", FIRST_MS + 3_600_000, 1), 2);
        cost.onPost(Posts.total("other", FIRST_MS + 3_660_000, 1), 4);
        cost.onPost(Posts.total("silent", FIRST_MS + 7_200_000, 1), 5);
        cost.end();

        assertThat(cost.windows()).hasSize(1);
        assertThat(cost.windows().get(0).count()).isLessThanOrEqualTo(3);
    }

    @Test
    void shouldCountPostsOfDevicesBeyondItsBound() {
        DamageCost cost = new DamageCost(1);
        cost.onPost(Posts.total("a", FIRST_MS, 1), 1);
        cost.onPost(Posts.total("b", FIRST_MS, 1), 2);
        cost.onPost(Posts.total("b", FIRST_MS + 60_000, 1), 3);

        assertThat(cost.unwatched()).isEqualTo(2);
    }

    @Test
    void shouldListSoManyGapsAndCountTheRest() {
        DamageCost cost = new DamageCost();
        for (int i = 0; i <= DamageCost.MAX_GAPS + 1; i++) {
            cost.onPost(Posts.total("a", FIRST_MS, 1), 1 + 2L * i);
        }

        assertThat(cost.gaps()).hasSize(DamageCost.MAX_GAPS);
        assertThat(cost.gapsFound()).isEqualTo(DamageCost.MAX_GAPS + 1);
        assertThat(cost.missing()).isEqualTo(DamageCost.MAX_GAPS + 1);
    }
}

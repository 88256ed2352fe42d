package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headcount.config.JournalConfig;
import io.headcount.config.JournalConfig.Durability;
import io.headcount.config.JournalConfig.Roll;
import io.headcount.model.Post;
import io.headcount.model.Verdict;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PowerDurabilityTest {
    private static final String FIRST = "20221107-0742.cq4";
    private static final String SECOND = "20221107-0743.cq4";

    private final HandClock clock = new HandClock("2022-11-07T07:42:00Z");
    private final Telemetry telemetry = new Telemetry();
    private final FakeForce disk = new FakeForce();

    @TempDir
    private Path dir;

    private JournalWriter open() {
        JournalConfig config = new JournalConfig(dir, Durability.POWER, Roll.MINUTELY, 0, 0);
        return JournalWriter.open(config, clock, clock::nanos, telemetry, disk);
    }

    private void post(JournalWriter writer) {
        writer.onPost(Posts.total("camera", clock.millis(), 1));
    }

    @Test
    void shouldForceOnceForEachBatch() {
        try (JournalWriter writer = open()) {
            disk.calls.clear();
            post(writer);
            post(writer);
            assertThat(disk.calls).isEmpty();
            writer.onBatchEnd();
            assertThat(disk.calls).containsExactly("force " + FIRST, "names");
            post(writer);
            writer.onBatchEnd();
            assertThat(disk.calls).containsExactly("force " + FIRST, "names", "force " + FIRST);
        }
        assertThat(disk.calls).endsWith("close " + FIRST);
        assertThat(telemetry.sum(Metric.JOURNAL_FORCES)).isEqualTo(2);
    }

    @Test
    void shouldForceBothFilesOfBatchThatMeetsARoll() {
        try (JournalWriter writer = open()) {
            post(writer);
            writer.onBatchEnd();
            disk.calls.clear();
            post(writer);
            clock.pass(Duration.ofMinutes(1));
            post(writer);
            writer.onBatchEnd();

            assertThat(disk.calls).containsExactly("force " + FIRST, "close " + FIRST, "force " + SECOND, "names");
        }
    }

    @Test
    void shouldForceNothingForPostsWithoutRecord() {
        try (JournalWriter writer = open()) {
            disk.calls.clear();
            Post post = Posts.vendorTotal();
            post.rows().verdict(0, Verdict.DUPLICATE);
            writer.onPost(post);
            writer.onBatchEnd();
        }
        assertThat(disk.calls).isEmpty();
    }

    @Test
    void shouldForceWhatFormerLivesLeft() {
        try (JournalWriter writer = open()) {
            post(writer);
            clock.pass(Duration.ofMinutes(1));
            post(writer);
        }
        disk.calls.clear();
        try (JournalWriter writer = open()) {
            assertThat(writer.lastSequence()).isEqualTo(2);
            assertThat(disk.calls).contains("force " + FIRST, "force " + SECOND, "names");
        }
    }

    @Test
    void shouldThrowWhenTheDiskFails() {
        try (JournalWriter writer = open()) {
            post(writer);
            disk.broken = true;

            assertThatThrownBy(writer::onBatchEnd)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(FIRST)
                    .hasMessageContaining("nothing is acknowledged any more");
        }
        assertThat(telemetry.sum(Metric.JOURNAL_FORCES)).isZero();
    }

    @Test
    void shouldNotStartOnDiskThatFails() {
        try (JournalWriter writer = open()) {
            post(writer);
        }
        disk.broken = true;
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class).hasMessageContaining("did not take");
        disk.broken = false;
        open().close();
    }

    @Test
    void shouldNameAnOlderFileThatMayNotBeWritten() throws Exception {
        JournalFixture journal = new JournalFixture(dir, Roll.MINUTELY);
        journal.write(3, 1);
        Path first = journal.files().get(0);
        assumeTrue(ReadOnly.make(first), "needs another user than root, or chattr");
        try {
            assertThatThrownBy(() -> PowerStart.forceAll(dir, ForceCalls.SYSTEM))
                    .isInstanceOf(JournalException.class)
                    .hasMessage("journal: " + first
                            + " may not be written (expected: it belongs to the user that the gateway runs as)");
        } finally {
            ReadOnly.undo(first);
        }
    }

    @Test
    void shouldReallyForce() {
        JournalConfig config = new JournalConfig(dir, Durability.POWER, Roll.MINUTELY, 0, 0);
        try (BatchBarrier barrier = BatchBarrier.of(config, ForceCalls.SYSTEM, telemetry);
                JournalWriter writer = open()) {
            post(writer);
            barrier.onAppend(dir.resolve(FIRST).toFile());
            barrier.settle();
        }
        assertThat(telemetry.sum(Metric.JOURNAL_FORCES)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"ext4,true", "xfs,true", "zfs,true", "tmpfs,false", "overlay,false", "nfs4,false", "fuse.sshfs,false"})
    void shouldKnowWhatIsADisk(String fileSystem, boolean disk) {
        assertThat(PowerStart.isOnDisk(fileSystem)).isEqualTo(disk);
    }
}

package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.config.RetentionConfig;
import io.headcount.journal.RetentionPlan.Deletion;
import io.headcount.journal.RetentionPlan.Loss;
import io.headcount.journal.RetentionPlan.Reason;
import io.headcount.tail.NamedTailer;
import io.headcount.tail.StartAt;
import io.headcount.tail.TailListener;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetentionTest {
    private static final long WINDOW_MS = Duration.ofHours(2).toMillis();
    private static final long MIN_FREE = 1000;
    private static final RetentionConfig DAYS_30 =
            new RetentionConfig(Duration.ofDays(30).toMillis(), 0);

    @TempDir
    private Path dir;

    private final Telemetry telemetry = new Telemetry();
    private JournalFixture journal;
    private long freeBytes = Long.MAX_VALUE;

    @BeforeEach
    void setUp() {
        journal = new JournalFixture(dir, Roll.MINUTELY);
    }

    private Retention retention(RetentionConfig config) {
        return new Retention(
                dir, config, WINDOW_MS, MIN_FREE, info -> journal.clock().millis(), () -> freeBytes, telemetry);
    }

    private RetentionPlan run(RetentionConfig config) {
        return retention(config).run();
    }

    private void days(long days) {
        journal.clock().pass(Duration.ofDays(days));
    }

    private void register(String name, long next) {
        try (TailerRegistration registration = TailerRegistration.take(dir, name)) {
            registration.save(next);
        }
    }

    private List<Long> sequences() {
        return journal.places().stream().map(JournalFixture.Place::sequence).toList();
    }

    @Test
    void shouldDeleteWhatIsOlderThanRetention() {
        journal.write(3, 10);
        days(20);
        journal.write(2, 10);
        days(11);

        RetentionPlan done = run(DAYS_30);

        assertThat(done.deletions())
                .extracting(Deletion::reason)
                .containsOnly(Reason.AGE)
                .hasSize(3);
        assertThat(journal.files()).hasSize(2);
        assertThat(sequences()).startsWith(31L).endsWith(50L).hasSize(20);
        assertThat(telemetry.sum(Metric.JOURNAL_FILES_DELETED)).isEqualTo(3);
    }

    @Test
    void shouldKeepWhatIsYoungerThanRetention() {
        journal.write(3, 10);
        days(29);

        assertThat(run(DAYS_30).deletions()).isEmpty();
        assertThat(journal.files()).hasSize(3);
    }

    @Test
    void shouldDeleteByWhatIsInTheFilesWhenTheirNamesAreAhead() {
        journal.write(1, 10);
        journal.clock().step(Duration.ofDays(365));
        journal.write(2, 10);
        journal.clock().step(Duration.ofDays(-365));
        journal.write(2, 10);
        days(29);
        journal.write(1, 10);
        assertThat(run(DAYS_30).deletions()).isEmpty();

        days(2);

        assertThat(run(DAYS_30).deletions()).hasSize(3);
        assertThat(journal.files()).hasSize(1);
        assertThat(sequences()).endsWith(60L);
    }

    @Test
    void shouldKeepAFileInWhichTheClockWentBack() {
        journal.write(1, 10);
        days(20);
        journal.write(1, 10);
        journal.clock().step(Duration.ofDays(-365));
        journal.write(1, 10);
        journal.clock().step(Duration.ofDays(365));
        days(11);
        journal.write(1, 10);

        assertThat(run(DAYS_30).deletions()).hasSize(1);
        assertThat(sequences()).startsWith(11L);

        days(20); // when it was written to last is not known, but before the file behind it
        assertThat(run(DAYS_30).deletions()).isEmpty();
        journal.write(1, 10);
        days(11);
        assertThat(run(DAYS_30).deletions()).hasSize(2);
    }

    @Test
    void shouldKeepWhatWasReceivedWhileTheClockWasBehind() {
        try (JournalWriter writer = journal.open()) {
            journal.append(writer, 10);
            journal.clock().step(Duration.ofDays(-365));
            for (int file = 0; file < 3; file++) {
                days(9);
                journal.append(writer, 10);
            }
            journal.clock().step(Duration.ofDays(365));
            days(4);
            journal.append(writer, 10);
        }

        assertThat(run(DAYS_30).deletions()).hasSize(1);
        days(7); // the second file is 29 days old
        assertThat(run(DAYS_30).deletions()).isEmpty();
        days(2);
        assertThat(run(DAYS_30).deletions()).hasSize(1);
        assertThat(sequences()).startsWith(21L);
    }

    @Test
    void shouldKeepWhatWasReceivedByGatewaysStartedAgainWhileTheClockWasBehind() {
        journal.write(1, 10);
        journal.clock().step(Duration.ofDays(-365));
        for (int life = 0; life < 3; life++) {
            days(9);
            journal.write(1, 10); // into the first file
        }
        journal.clock().step(Duration.ofDays(365));
        days(4);
        journal.write(1, 10);

        assertThat(run(DAYS_30).deletions()).isEmpty();
        days(31);
        journal.write(1, 10);
        assertThat(run(DAYS_30).deletions()).hasSize(2);
    }

    @Test
    void shouldKeepWhatWasReceivedBeforeTheClockWasSetForTheFirstTime() {
        journal.clock().step(Duration.ofDays(-19_303));
        journal.write(3, 10);
        assertThat(journal.files().get(0).getFileName().toString()).startsWith("1970010");
        journal.clock().step(Duration.ofDays(19_303));
        journal.write(2, 10);

        days(29);
        assertThat(run(DAYS_30).deletions()).isEmpty();
        days(2);
        assertThat(run(DAYS_30).deletions()).hasSize(4);
        assertThat(sequences()).startsWith(41L);
    }

    @Test
    void shouldDeleteByAgeUnderAClockThatIsNeverSet() {
        journal.clock().step(Duration.ofDays(-19_303));
        journal.write(3, 10);
        days(31);
        assertThat(run(DAYS_30).deletions()).hasSize(2);
    }

    @Test
    void shouldDeleteBeyondMaxSizeWhateverTheClockWas() {
        journal.clock().step(Duration.ofDays(-19_303));
        journal.write(3, 10);
        journal.clock().step(Duration.ofDays(19_303));
        journal.write(1, 10);
        assertThat(run(new RetentionConfig(DAYS_30.ageMs(), 1)).deletions())
                .extracting(Deletion::reason)
                .containsOnly(Reason.SIZE)
                .hasSize(3);
    }

    @Test
    void shouldDeleteTheOldestBeyondMaxSize() {
        journal.write(5, 200);
        days(3);
        long bytes = retention(DAYS_30).look().files().get(4).usedBytes();

        RetentionPlan done = run(new RetentionConfig(DAYS_30.ageMs(), bytes * 3 + bytes / 2));

        assertThat(done.deletions())
                .extracting(Deletion::reason)
                .containsOnly(Reason.SIZE)
                .hasSize(2);
        assertThat(sequences()).startsWith(401L).hasSize(600);
    }

    @Test
    void shouldKeepWhatAStartReadsBack() {
        journal.write(3, 10);
        journal.clock().pass(Duration.ofHours(50));

        assertThat(run(new RetentionConfig(60_000, 1)).deletions()).isEmpty();

        journal.clock().pass(Duration.ofMinutes(15));
        assertThat(run(new RetentionConfig(60_000, 1)).deletions()).hasSize(2);
    }

    @Test
    void shouldNeverDeleteTheFileFromWhichNumbersGoOn() throws IOException {
        journal.write(3, 10);
        // as a kill right after the making of a file leaves it
        Files.createFile(dir.resolve("20221107-0750.cq4"));
        days(400);

        assertThat(run(new RetentionConfig(60_000, 1)).deletions()).hasSize(2);

        journal.write(1, 1);
        assertThat(sequences()).startsWith(21L).endsWith(31L);
    }

    @Test
    void shouldGoOnAppendingWhileOldFilesGo() {
        try (JournalWriter writer = journal.open()) {
            for (int file = 0; file < 6; file++) {
                journal.append(writer, 10);
                days(10);
                run(DAYS_30);
            }
            journal.append(writer, 10);
        }
        assertThat(sequences()).startsWith(31L).endsWith(70L).hasSize(40);
        assertThat(Verify.run(dir).clean()).isTrue();
    }

    @Test
    void shouldLetTheNextLifeGoOnBehindWhatIsKept() {
        journal.write(3, 10);
        days(40);
        run(DAYS_30);

        journal.write(1, 10);

        assertThat(sequences()).startsWith(21L).endsWith(40L).hasSize(20);
        assertThat(Verify.run(dir).clean()).isTrue();
    }

    @Test
    void shouldKeepWhatANamedTailerHasStillToRead() {
        journal.write(5, 10);
        register("billing", 25);
        register("idle", 100);
        days(40);

        RetentionPlan done = run(DAYS_30);

        assertThat(done.deletions()).hasSize(2);
        assertThat(done.held().firstSequence()).isEqualTo(21);
        assertThat(done.holders()).containsExactly("billing");
        assertThat(sequences()).startsWith(21L);

        register("billing", 41);
        assertThat(run(DAYS_30).deletions()).hasSize(2);
    }

    @Test
    void shouldKeepEverythingForATailerWhosePositionIsDamaged() throws IOException {
        journal.write(3, 10);
        register("billing", 31);
        Files.writeString(dir.resolve("tailers/billing.position"), "headcount-tailer 1 31 00000000\n");
        days(40);

        assertThat(run(DAYS_30).deletions()).isEmpty();
    }

    @Test
    void shouldForgetATailer() {
        journal.write(3, 10);
        register("billing", 5);
        days(40);
        assertThat(run(DAYS_30).deletions()).isEmpty();

        assertThat(TailerRegistry.forget(dir, "billing")).isTrue();
        assertThat(TailerRegistry.forget(dir, "billing")).isFalse();
        assertThat(run(DAYS_30).deletions()).hasSize(2);
    }

    @Test
    void shouldTellWhatATailerLosesWhenTheDiskIsShortOfRoom() {
        journal.write(4, 10);
        register("billing", 5);
        days(40);
        // one file makes enough room
        freeBytes = MIN_FREE - 1;

        RetentionPlan done = run(DAYS_30);

        assertThat(done.deletions()).hasSize(1);
        assertThat(done.deletions().get(0).losses()).containsExactly(new Loss("billing", 5, 10));
        assertThat(done.holders()).containsExactly("billing");
        assertThat(telemetry.sum(Metric.JOURNAL_UNREAD_DELETED)).isEqualTo(6);
        assertThat(sequences()).startsWith(11L);
    }

    @Test
    void shouldNotDeleteWhatIsNotDueForRoom() {
        journal.write(4, 10);
        days(20);
        freeBytes = 0;

        assertThat(run(DAYS_30).deletions()).isEmpty();
    }

    @Test
    void shouldLetASlowTailerMissNothing() {
        List<Long> read = new ArrayList<>();
        TailListener reading = new TailListener() {
            @Override
            public void onRecordEnd(long sequence) {
                read.add(sequence);
            }
        };
        try (JournalWriter writer = journal.open()) {
            for (int file = 0; file < 8; file++) {
                journal.append(writer, 10);
                days(40);
                try (NamedTailer tailer = NamedTailer.open(dir, "slow", StartAt.start())) {
                    tailer.poll(reading, 7);
                }
                run(DAYS_30);
            }
        }
        try (NamedTailer tailer = NamedTailer.open(dir, "slow", StartAt.start())) {
            tailer.drain(reading);
        }
        assertThat(read).isEqualTo(LongStream.rangeClosed(1, 80).boxed().toList());
        assertThat(sequences()).startsWith(51L);
    }

    @Test
    void shouldOnlyPlan() {
        journal.write(3, 10);
        days(40);

        assertThat(retention(DAYS_30).plan().deletions()).hasSize(2);
        assertThat(journal.files()).hasSize(3);
    }

    @Test
    void shouldTellWhatIsThere() {
        journal.write(3, 10);
        register("billing", 15);
        JournalInfo info = JournalInfo.of(dir);

        JournalFile first = info.files().get(0);
        assertThat(first.records()).isEqualTo(10);
        assertThat(first.oldestMs())
                .isEqualTo(Instant.parse("2022-11-07T07:42:00Z").toEpochMilli());
        assertThat(first.newestMs()).isEqualTo(first.oldestMs());
        assertThat(first.usedBytes()).isPositive().isLessThan(first.sizeBytes());
        TailerPosition billing = info.tailers().get(0);
        assertThat(info.lag(billing)).isEqualTo(16);
        assertThat(info.heldBy(billing)).hasSize(2);
        assertThat(info.firstSequence()).isEqualTo(1);
        assertThat(info.lastSequence()).isEqualTo(30);
    }

    @Test
    void shouldSeeWhatCameSinceTheLastLook() {
        Retention retention = retention(DAYS_30);
        journal.write(3, 10);
        assertThat(retention.look().lastSequence()).isEqualTo(30);

        journal.write(2, 5);

        assertThat(retention.look()).isEqualTo(JournalInfo.of(dir));
        assertThat(retention.look().lastSequence()).isEqualTo(40);
    }
}

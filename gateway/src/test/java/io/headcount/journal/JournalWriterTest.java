package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headcount.config.InvalidSetting;
import io.headcount.config.JournalConfig;
import io.headcount.config.JournalConfig.Durability;
import io.headcount.config.JournalConfig.Roll;
import io.headcount.model.Post;
import io.headcount.model.Verdict;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class JournalWriterTest {
    private final HandClock clock = new HandClock("2022-11-07T07:42:00Z");
    private final Telemetry telemetry = new Telemetry();

    @TempDir
    private Path dir;

    private JournalWriter open(Roll roll) {
        JournalConfig config = new JournalConfig(dir, Durability.PROCESS, roll, 0, 0);
        return JournalWriter.open(config, clock, clock::nanos, telemetry);
    }

    private JournalWriter open() {
        return open(Roll.HOURLY);
    }

    private void append(JournalWriter writer, int posts) {
        for (int i = 0; i < posts; i++) {
            writer.onPost(Posts.total("camera" + i, clock.millis(), i));
        }
        writer.onBatchEnd();
    }

    private List<Long> sequences() {
        List<Long> sequences = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(dir, fault -> {
            throw new AssertionError(fault.message());
        })) {
            while (reader.nextBeforeEnd()) {
                sequences.add(reader.sequence());
            }
        }
        return sequences;
    }

    private List<String> files() {
        return JournalDirectory.rollFiles(dir).stream()
                .map(file -> file.path().getFileName().toString())
                .toList();
    }

    @Test
    void shouldNumberRecordsFromOneAndTellThePost() {
        try (JournalWriter writer = open()) {
            Post post = Posts.vendor();
            writer.onPost(post);

            assertThat(post.sequence()).isEqualTo(1);
            assertThat(writer.lastSequence()).isEqualTo(1);
        }
        assertThat(telemetry.sum(Metric.JOURNAL_APPENDS)).isEqualTo(1);
        assertThat(telemetry.sum(Metric.JOURNAL_BYTES)).isEqualTo(160);
    }

    @Test
    void shouldReadBackWhatWasWritten() {
        try (JournalWriter writer = open()) {
            writer.onPost(Posts.vendor());
            writer.onPost(Posts.heartbeat());
        }
        Post post = new Post();
        try (JournalReader reader = JournalReader.open(dir, fault -> {})) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.decode(post)).isEqualTo(Decoded.POST);
            assertThat(RecordCodecTest.describe(post)).isEqualTo(RecordCodecTest.describe(Posts.vendor()));
            assertThat(reader.next()).isTrue();
            assertThat(reader.decode(post)).isEqualTo(Decoded.POST);
            assertThat(RecordCodecTest.describe(post)).isEqualTo(RecordCodecTest.describe(Posts.heartbeat()));
            assertThat(reader.nextBeforeEnd()).isFalse();
        }
    }

    @Test
    void shouldSkipAPostThatChangedNothing() {
        try (JournalWriter writer = open()) {
            Post post = Posts.vendorTotal();
            post.rows().verdict(0, Verdict.DUPLICATE);
            writer.onPost(post);

            assertThat(post.sequence()).isZero();
        }
        assertThat(telemetry.sum(Metric.JOURNAL_SKIPS)).isEqualTo(1);
        assertThat(sequences()).isEmpty();
    }

    @Test
    void shouldGoOnNumberingAfterAReopening() {
        for (int life = 0; life < 3; life++) {
            try (JournalWriter writer = open()) {
                assertThat(writer.lastSequence()).isEqualTo(life * 2L);
                append(writer, 2);
            }
        }
        assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(files()).containsExactly("20221107-07F.cq4");
    }

    @Test
    void shouldGoOnBehindANamedTailerWhenTheJournalHasLostItsEnd() throws IOException {
        try (JournalWriter writer = open()) {
            append(writer, 5);
        }
        Path tailers = Files.createDirectories(TailerRegistry.directory(dir));
        for (TailerPosition position : List.of(new TailerPosition("billing", 11), new TailerPosition("counting", 3))) {
            Files.writeString(tailers.resolve(position.name() + TailerRegistry.POSITION), position.line());
        }
        Files.writeString(tailers.resolve("damaged" + TailerRegistry.POSITION), "?");
        try (JournalWriter writer = open()) {
            append(writer, 1);
            assertThat(writer.lastSequence()).isEqualTo(11);
        }
        List<String> told = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(dir, fault -> told.add(fault.message()))) {
            while (reader.nextBeforeEnd()) {
                assertThat(reader.sequence()).isIn(1L, 2L, 3L, 4L, 5L, 11L);
            }
        }
        assertThat(told).singleElement().asString().contains("records are missing", "expected sequence 6, found 11");
    }

    @Test
    void shouldGoOnNumberingInALaterFile() {
        try (JournalWriter writer = open()) {
            append(writer, 2);
        }
        clock.pass(Duration.ofDays(3));
        try (JournalWriter writer = open()) {
            append(writer, 2);
        }
        assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(files()).containsExactly("20221107-07F.cq4", "20221110-07F.cq4");
    }

    @Test
    void shouldRollWithTheClock() {
        try (JournalWriter writer = open(Roll.MINUTELY)) {
            for (int minute = 0; minute < 5; minute++) {
                append(writer, 3);
                clock.pass(Duration.ofMinutes(1));
            }
        }
        assertThat(files())
                .containsExactly(
                        "20221107-0742.cq4",
                        "20221107-0743.cq4",
                        "20221107-0744.cq4",
                        "20221107-0745.cq4",
                        "20221107-0746.cq4");
        assertThat(sequences()).hasSize(15).isSorted();
    }

    @Test
    void shouldKeepOneFileADay() {
        try (JournalWriter writer = open(Roll.DAILY)) {
            append(writer, 1);
            clock.pass(Duration.ofDays(1));
            append(writer, 1);
        }
        assertThat(files()).containsExactly("20221107F.cq4", "20221108F.cq4");
    }

    @Test
    void shouldKeepOrderWhenTheClockIsSetBack() {
        try (JournalWriter writer = open()) {
            append(writer, 2);
            clock.step(Duration.ofHours(-3));
            append(writer, 2);
            clock.pass(Duration.ofHours(1));
            append(writer, 2);
        }
        assertThat(files()).containsExactly("20221107-07F.cq4", "20221107-08F.cq4");
        assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void shouldKeepOrderWhenTheClockIsSetBackBetweenTwoLives() {
        try (JournalWriter writer = open()) {
            append(writer, 2);
        }
        clock.step(Duration.ofDays(-400));
        try (JournalWriter writer = open()) {
            append(writer, 2);
        }
        assertThat(files()).containsExactly("20221107-07F.cq4");
        assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void shouldLoseNothingWhenTheClockJumpsAYearAndBack() {
        try (JournalWriter writer = open()) {
            append(writer, 1);
            clock.step(Duration.ofDays(365));
            append(writer, 1);
            clock.step(Duration.ofDays(-365));
            append(writer, 1);
        }
        try (JournalWriter writer = open()) {
            append(writer, 1);
        }
        assertThat(files()).containsExactly("20221107-07F.cq4", "20231107-07F.cq4");
        assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void shouldCarryRecordsOfUpToTheLongest() {
        try (JournalWriter writer = open()) {
            for (int i = 0; i < 12; i++) {
                Post post = Posts.vendorTotal();
                post.siteName("x".repeat(RecordLayout.MAX_BYTES - 400 - 7 * i));
                writer.onPost(post);
                append(writer, 3);
            }
        }
        assertThat(sequences()).hasSize(48).isSorted();
        assertThat(Verify.run(dir).faults()).isEmpty();
    }

    @Test
    void shouldRefuseASecondWriterWhileTheFirstIsNotDisturbed() {
        try (JournalWriter writer = open()) {
            append(writer, 1);
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalException.class)
                    .hasMessage("journal " + dir + " is in use by process "
                            + ProcessHandle.current().pid() + ": one gateway per journal");
            append(writer, 1);
        }
        assertThat(sequences()).containsExactly(1L, 2L);
    }

    @Test
    void shouldMakeTheDirectoryWithItsParents() {
        dir = dir.resolve("a/b/c");
        try (JournalWriter writer = open()) {
            append(writer, 1);
        }
        assertThat(sequences()).containsExactly(1L);
    }

    @Test
    void shouldNameAForeignFile() throws IOException {
        Files.writeString(dir.resolve("backup.cq4"), "x");

        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("backup.cq4 is not a roll file");
    }

    @Test
    void shouldWarnOfFilesThatAreNotTheJournalsByNameAndOfNotTooMany() throws IOException {
        Files.writeString(dir.resolve("20221107-06F.cq4.discard"), "x");
        Files.writeString(dir.resolve("20221107-06F.cq4.old"), "x");
        Files.createDirectory(dir.resolve("lost+found"));
        for (int i = 0; i < 10; i++) {
            Files.writeString(dir.resolve("x" + i), "x");
        }
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(JournalDirectory.class);
        lines.start();
        log.addAppender(lines);
        try {
            open().close();
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list).hasSize(11);
        assertThat(lines.list.get(0).getFormattedMessage())
                .contains("20221107-06F.cq4.discard is a roll file that was put aside");
        assertThat(lines.list.get(1).getFormattedMessage())
                .contains("20221107-06F.cq4.old is not a file of this journal");
        assertThat(lines.list.get(10).getFormattedMessage()).contains("2 files more");
    }

    @Test
    void shouldRefuseToStartWhenTheNewestFileCannotBeRead() throws IOException {
        try (JournalWriter writer = open()) {
            append(writer, 1);
        }
        Files.createDirectory(dir.resolve("20221107-08F.cq4"));

        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("20221107-08F.cq4 at 0: Is a directory");
    }

    @Test
    void shouldHaveTheNewestFileGuardedBeforeTheFirstRecord() {
        try (JournalWriter writer = open()) {
            assertThat(writer.guarded()).isNull();
            append(writer, 3);
            assertThat(writer.guarded().firstSequence()).isEqualTo(1);
        }
        clock.pass(Duration.ofHours(2));
        try (JournalWriter writer = open()) {
            assertThat(writer.appending()).isNull();
            assertThat(writer.guarded().file()).isEqualTo(dir.resolve("20221107-07F.cq4"));
            assertThat(writer.guarded().firstSequence()).isEqualTo(1);

            append(writer, 1);
            assertThat(writer.guarded().file()).isEqualTo(dir.resolve("20221107-09F.cq4"));
            assertThat(writer.guarded().firstSequence()).isEqualTo(4);
        }
    }

    @Test
    void shouldNameAnOlderFileThatMayNotBeWrittenAndNotSetTheNewestAside() throws Exception {
        new JournalFixture(dir, Roll.HOURLY).write(3, 1);
        List<String> all = files();
        Path second = dir.resolve(all.get(1));
        assumeTrue(ReadOnly.make(second), "needs another user than root, or chattr");
        try {
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalException.class)
                    .hasMessage("journal: " + second
                            + " may not be written (expected: it belongs to the user that the gateway runs as)");
            assertThat(files()).isEqualTo(all);
        } finally {
            ReadOnly.undo(second);
        }
    }

    @Test
    void shouldLeaveAFileAloneThatIsNotNeededAndMayNotBeWritten() throws Exception {
        new JournalFixture(dir, Roll.HOURLY).write(3, 1);
        Path first = dir.resolve(files().get(0));
        assumeTrue(ReadOnly.make(first), "needs another user than root, or chattr");
        try (JournalWriter writer = open()) {
            append(writer, 1);
        } finally {
            ReadOnly.undo(first);
        }
        assertThat(Verify.run(dir).records()).isEqualTo(4);
    }

    @Test
    void shouldNameANewestFileThatMayNotBeWrittenAndNotSetItAside() throws Exception {
        try (JournalWriter writer = open()) {
            append(writer, 1);
        }
        Path file = dir.resolve(files().get(0));
        assumeTrue(ReadOnly.make(file), "needs another user than root, or chattr");
        try {
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalException.class)
                    .hasMessage("journal: " + file
                            + " may not be written (expected: it belongs to the user that the gateway runs as)");
        } finally {
            ReadOnly.undo(file);
        }
        assertThat(files())
                .as("it is no damage")
                .containsExactly(file.getFileName().toString());
        try (JournalWriter writer = open()) {
            append(writer, 1);
        }
        assertThat(sequences()).containsExactly(1L, 2L);
    }

    @Test
    void shouldNameTheRollSettingThatTheDirectoryWasMadeWith() {
        try (JournalWriter writer = open(Roll.DAILY)) {
            append(writer, 1);
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSetting.class)
                .hasMessage("journal.roll: hourly (expected: daily, with which " + dir + " was made)");
    }

    @Test
    void shouldGiveTheLockBackWhenOpeningFails() throws IOException {
        Path foreign = Files.writeString(dir.resolve("backup.cq4"), "x");
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class);
        Files.delete(foreign);

        try (JournalWriter writer = open()) {
            append(writer, 1);
        }
        assertThat(sequences()).containsExactly(1L);
    }

    @Test
    void shouldGoOnInTheSameHourAfterAFileThatWasAlreadyClosed() {
        try (JournalWriter writer = open()) {
            append(writer, 1);
            clock.pass(Duration.ofHours(1));
            append(writer, 1);
        }
        // as after a kill in the middle of a roll: the old file has its end mark, the new one does not exist
        assertThat(dir.resolve("20221107-08F.cq4").toFile().delete()).isTrue();
        clock.step(Duration.ofHours(-1));
        try (JournalWriter writer = open()) {
            append(writer, 1);
        }
        assertThat(files()).containsExactly("20221107-07F.cq4", "20221107-08F.cq4");
        assertThat(sequences()).containsExactly(1L, 2L);
    }

    @Test
    void shouldReplaceARollFileThatAKillLeftUnfinished() throws IOException {
        try (JournalWriter writer = open()) {
            append(writer, 2);
        }
        clock.pass(Duration.ofHours(1));
        byte[] unfinished = new byte[1 << 20];
        unfinished[3] = (byte) 0x80;
        Files.write(dir.resolve("20221107-08F.cq4"), unfinished);

        try (JournalWriter writer = open()) {
            append(writer, 2);
        }

        assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(Verify.run(dir).faults()).isEmpty();
    }
}

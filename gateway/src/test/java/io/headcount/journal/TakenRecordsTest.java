package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headcount.config.JournalConfig.Roll;
import io.headcount.config.RetentionConfig;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Somebody's hand on roll files that nothing is appended to any more. */
final class TakenRecordsTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Retention.class);
    private static final long WINDOW_MS = Duration.ofHours(2).toMillis();

    @TempDir
    private Path dir;

    private final Telemetry telemetry = new Telemetry();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private JournalFixture journal;
    private Retention gateway;

    @BeforeEach
    void setUp() {
        journal = new JournalFixture(dir, Roll.MINUTELY);
        journal.write(5, 10);
        gateway = retention(Duration.ofDays(30), telemetry);
        lines.start();
        LOG.addAppender(lines);
        gateway.run();
    }

    @AfterEach
    void stopListening() {
        LOG.detachAppender(lines);
    }

    private Retention retention(Duration age, Telemetry counters) {
        RetentionConfig config = new RetentionConfig(age.toMillis(), 0);
        return new Retention(
                dir, config, WINDOW_MS, 0, info -> journal.clock().millis(), () -> Long.MAX_VALUE, counters);
    }

    private Path file(int index) {
        return journal.files().get(index);
    }

    private List<String> errors() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private void assertTold(Path file, String what, String records) {
        gateway.run();
        gateway.run();
        assertThat(errors())
                .singleElement()
                .asString()
                .contains(file.toString(), what, "its records " + records + ", which were acknowledged");
        assertThat(telemetry.sum(Metric.JOURNAL_FILES_LOST)).isEqualTo(1);
    }

    private void assertNothingTold() {
        gateway.run();
        assertThat(errors()).isEmpty();
        assertThat(telemetry.sum(Metric.JOURNAL_FILES_LOST)).isZero();
    }

    @Test
    void shouldTellAFileThatIsDeleted() throws IOException {
        Path file = file(1);
        Files.delete(file);
        assertTold(file, "is gone", "11 to 20");
    }

    @Test
    void shouldTellTheOldestFileThatIsDeletedByHand() throws IOException {
        Path file = file(0);
        Files.delete(file);
        assertTold(file, "is gone", "1 to 10");
    }

    @Test
    void shouldTellAFileThatIsDeletedRightBehindTheRoll() throws IOException {
        Path file = file(4);
        journal.write(1, 10);
        Files.delete(file);
        assertTold(file, "is gone", "41 to 50");
    }

    @Test
    void shouldTellTheRecordsBehindTheCut() throws IOException {
        JournalFixture.Place fifteenth = journal.places().get(14);
        JournalFixture.truncate(fifteenth.file(), fifteenth.offset());
        assertTold(fifteenth.file(), "was truncated", "15 to 20");
    }

    @Test
    void shouldTellAFileThatIsEmptied() throws IOException {
        Path file = file(1);
        JournalFixture.truncate(file, 0);
        assertTold(file, "was truncated", "11 to 20");
    }

    @Test
    void shouldTellAFileThatHasLostItsBeginning() throws IOException {
        Path file = file(1);
        JournalFixture.Place fifteenth = journal.places().get(14);
        JournalFixture.zero(file, 0, (int) fifteenth.offset());
        JournalFixture.truncate(file, Files.size(file) - 1);
        assertTold(file, "overwritten", "11 to 14");
    }

    @Test
    void shouldTellAFileThatIsReplaced() throws IOException {
        Path file = file(1);
        Path copy = Files.copy(file, dir.resolve("copy"));
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
        assertTold(file, "was replaced by another file", "11 to 20");
    }

    @Test
    void shouldBoundWhatItTells() throws IOException {
        journal.write(12, 1);
        gateway.run();
        for (Path file : journal.files()) {
            Files.delete(file);
        }
        gateway.run();
        assertThat(errors()).hasSize(11);
        assertThat(errors().get(10)).contains("7 files more, with records up to 62");
        assertThat(telemetry.sum(Metric.JOURNAL_FILES_LOST)).isEqualTo(17);
    }

    @Test
    void shouldBeSilentAboutItsOwnDeletions() {
        journal.clock().pass(Duration.ofDays(40));
        assertThat(gateway.run().deletions()).hasSize(4);
        assertNothingTold();
    }

    @Test
    void shouldBeSilentAboutWhatAnotherProcessPrunedByASettingOfItsOwn() {
        journal.clock().pass(Duration.ofDays(3));
        assertThat(retention(Duration.ofDays(2), new Telemetry()).run().deletions())
                .hasSize(4);
        assertNothingTold();
    }

    @Test
    void shouldBeSilentAboutAFileThatIsSetAside() throws IOException {
        Files.move(file(4), dir.resolve(file(4).getFileName() + RollFile.SET_ASIDE));
        assertNothingTold();
    }

    @Test
    void shouldBeSilentWhenAFileGivesBackRoomBehindItsRecords() throws IOException {
        JournalFile second = gateway.look().files().get(1);
        JournalFixture.truncate(second.path(), second.usedBytes());
        assertNothingTold();
    }

    /** A directory with something in it, which gives way to nothing. */
    private void blockMark() throws IOException {
        Files.delete(dir.resolve(DeletedMark.FILE));
        Files.createDirectory(dir.resolve(DeletedMark.FILE));
        Files.createFile(dir.resolve(DeletedMark.FILE).resolve("foreign"));
    }

    @Test
    void shouldDeleteAllTheSameWhenTheMarkCannotBeWritten() throws IOException {
        blockMark();
        journal.clock().pass(Duration.ofDays(40));
        assertThat(gateway.run().deletions()).hasSize(4);
        assertThat(journal.files()).hasSize(1);
        assertThat(lines.list)
                .filteredOn(line -> line.getFormattedMessage().contains("headcount.deleted can't be written"))
                .singleElement()
                .asString()
                .contains("move it away");
    }

    @Test
    void shouldBeSilentAboutItsOwnDeletionsWhenTheMarkCannotBeWritten() throws IOException {
        blockMark();
        journal.clock().pass(Duration.ofDays(40));
        assertThat(gateway.run().deletions()).hasSize(4);
        assertNothingTold();
    }

    @Test
    void shouldTellAFileThatIsDeletedBehindOneOfItsOwnDeletions() throws IOException {
        blockMark();
        journal.clock().pass(Duration.ofDays(40));
        journal.write(2, 10);
        Path sixth = file(5);
        gateway.run();
        Files.delete(sixth);
        assertTold(sixth, "is gone", "51 to 60");
    }
}

package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.config.RetentionConfig;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeletedMarkTest {
    @TempDir
    private Path dir;

    private Path file() {
        return dir.resolve("headcount.deleted");
    }

    private void retain(JournalFixture journal) {
        RetentionConfig days30 = new RetentionConfig(Duration.ofDays(30).toMillis(), 0);
        new Retention(dir, days30, 0, 0, info -> journal.clock().millis(), () -> Long.MAX_VALUE, new Telemetry()).run();
    }

    @Test
    void shouldBeUnknownUntilItIsSet() throws IOException {
        assertThat(DeletedMark.read(dir)).isEqualTo(DeletedMark.UNKNOWN);
        DeletedMark.raise(dir, 0);
        assertThat(DeletedMark.read(dir)).isZero();
    }

    @Test
    void shouldNeverGoBackButToTheBeginning() throws IOException {
        DeletedMark.raise(dir, 1000);
        DeletedMark.raise(dir, 30);
        assertThat(DeletedMark.read(dir)).isEqualTo(1000);

        DeletedMark.reset(dir);
        assertThat(DeletedMark.read(dir)).isZero();
    }

    @Test
    void shouldNotBelieveADamagedMark() throws IOException {
        DeletedMark.raise(dir, 1000);
        String line = Files.readString(file());
        for (String damaged : new String[] {
            "", "x", line.replace("1000", "1001"), line.strip(), line + line, "headcount-deleted 1 -1 00000000\n"
        }) {
            Files.writeString(file(), damaged);
            assertThat(DeletedMark.read(dir)).as(damaged).isEqualTo(DeletedMark.UNKNOWN);
        }
        DeletedMark.raise(dir, 7);
        assertThat(DeletedMark.read(dir)).isEqualTo(7);
    }

    @Test
    void shouldBeginWithWhatIsThere() throws IOException {
        JournalFixture journal = new JournalFixture(dir, Roll.MINUTELY);
        retain(journal);
        assertThat(DeletedMark.read(dir)).isZero();

        journal.write(3, 10);
        Files.delete(file());
        Files.delete(journal.files().get(0));
        retain(journal);
        assertThat(DeletedMark.read(dir)).isEqualTo(10);
    }

    @Test
    void shouldFollowRetention() {
        JournalFixture journal = new JournalFixture(dir, Roll.MINUTELY);
        journal.write(3, 10);
        journal.clock().pass(Duration.ofDays(40));
        retain(journal);
        assertThat(DeletedMark.read(dir)).isEqualTo(20);
    }

    @Test
    void shouldBeginAnewWithAJournalThatHasNoRecordsLeft() throws IOException {
        JournalFixture journal = new JournalFixture(dir, Roll.MINUTELY);
        DeletedMark.raise(dir, 1000);
        retain(journal);
        assertThat(DeletedMark.read(dir)).isZero();
    }

    @Test
    void shouldNotReadMoreThanALine() throws IOException {
        try (RandomAccessFile huge = new RandomAccessFile(file().toFile(), "rw")) {
            huge.setLength(1L << 40);
        }
        assertThat(DeletedMark.read(dir)).isEqualTo(DeletedMark.UNKNOWN);
    }

    @Test
    void shouldNotWaitForAPipe() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor())
                .isZero();
        assertThat(DeletedMark.read(dir)).isEqualTo(DeletedMark.UNKNOWN);
        DeletedMark.raise(dir, 7);
        assertThat(DeletedMark.read(dir)).isEqualTo(7);
    }

    @Test
    void shouldReplaceWhatCannotBeWritten() throws IOException {
        Files.createDirectory(file());
        DeletedMark.raise(dir, 7);
        assertThat(DeletedMark.read(dir)).isEqualTo(7);

        Files.delete(file());
        Files.createSymbolicLink(file(), Path.of("headcount.deleted"));
        DeletedMark.reset(dir);
        assertThat(DeletedMark.read(dir)).isZero();
    }

    @Test
    void shouldLeaveADirectoryThatHoldsSomething() throws IOException {
        Path foreign = Files.createFile(Files.createDirectory(file()).resolve("foreign"));
        assertThatThrownBy(() -> DeletedMark.raise(dir, 7)).isInstanceOf(IOException.class);
        assertThat(foreign).exists();
    }

    @Test
    void shouldCoverDamagedRecordsAtTheEndOfWhatIsDeleted() throws IOException {
        JournalFixture journal = new JournalFixture(dir, Roll.MINUTELY);
        journal.write(3, 10);
        JournalFixture.Place tenth = journal.places().get(9);
        JournalFixture.flip(tenth.file(), tenth.offset() + 60, 1);
        journal.clock().pass(Duration.ofDays(29));
        journal.write(1, 10);
        JournalFixture.Place last = journal.places().get(28);
        JournalFixture.flip(last.file(), last.offset() + 60, 1);
        journal.clock().pass(Duration.ofDays(2));
        retain(journal);
        assertThat(DeletedMark.read(dir)).isEqualTo(30);
        assertThat(Verify.run(dir).firstSequence()).isEqualTo(31);
    }

    @Test
    void shouldNotCoverAFileThatSomebodyElseDeleted() throws IOException {
        JournalFixture journal = new JournalFixture(dir, Roll.MINUTELY);
        journal.write(3, 10);
        retain(journal);
        Files.delete(journal.files().get(1));
        journal.clock().pass(Duration.ofDays(40));
        retain(journal);
        assertThat(DeletedMark.read(dir)).isEqualTo(10);
        assertThat(Verify.run(dir).faults()).hasSize(1);
    }
}

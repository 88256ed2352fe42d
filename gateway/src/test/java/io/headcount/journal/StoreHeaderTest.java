package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headcount.config.JournalConfig.Roll;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StoreHeaderTest {
    private static final int WRITE_POSITION = 0x40;

    @TempDir
    private Path dir;

    private JournalFixture journal;

    @BeforeEach
    void setUp() {
        journal = new JournalFixture(dir, Roll.HOURLY);
    }

    private void reopenAndAppend(int posts) {
        try (JournalWriter writer = journal.open()) {
            journal.append(writer, posts);
        }
    }

    @ParameterizedTest
    @EnumSource(Roll.class)
    void shouldFitAFileThatWasClosedOrKilledAtAnySize(Roll roll) throws IOException {
        journal = new JournalFixture(dir, roll);
        try (JournalWriter writer = journal.open()) {
            for (int records = 1; records <= 300; records++) {
                journal.append(writer, 1);
                // as after a kill: the writer is still open
                assertThat(JournalEnd.find(dir).sequence()).isEqualTo(records);
                assertThat(journal.files()).noneMatch(file -> file.toString().endsWith(".damaged"));
            }
        }
    }

    @Test
    void shouldGoOnInAFileWhoseNoteIsOneRecordBehind() throws IOException {
        reopenAndAppend(10);
        note(journal.places().get(8).offset());
        reopenAndAppend(10);

        assertThat(journal.files()).hasSize(1);
        assertThat(Verify.run(dir).records()).isEqualTo(20);
    }

    @Test
    void shouldSetAFileAsideWhoseNotePointsBehindTheEnd() throws IOException {
        reopenAndAppend(10);
        note(journal.places().get(9).offset() | 1L << 40);
        reopenAndAppend(10);

        assertThat(journal.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("20221107-07F.cq4.damaged", "20221107-08F.cq4");
        assertThat(Verify.run(dir)).isEqualTo(new VerifyReport(2, 20, 0, 1, 20, List.of(), List.of()));
    }

    @Test
    void shouldSetAFileAsideWhoseNotePointsIntoARecord() throws IOException {
        reopenAndAppend(10);
        note(journal.places().get(3).offset() + 16);
        reopenAndAppend(10);

        assertThat(journal.files()).hasSize(2);
        assertThat(Verify.run(dir).records()).isEqualTo(20);
    }

    @Test
    void shouldSetAFileAsideWhoseFormatIsNotOurs() throws IOException {
        reopenAndAppend(10);
        // the format that says whether documents are aligned
        JournalFixture.flip(journal.files().get(0), 0xc4, 0);
        reopenAndAppend(10);

        assertThat(journal.files()).hasSize(2);
        assertThat(Verify.run(dir).records()).isEqualTo(20);
    }

    @Test
    void shouldGoOnInAnotherFileInTheLifeAfterAnAppendFailed() throws IOException {
        reopenAndAppend(10);
        // where Chronicle believes its index to be; it looks there at every 256th record
        JournalFixture.flip(journal.files().get(0), 0xf0, 3);
        assertThatThrownBy(() -> reopenAndAppend(1_000)).isInstanceOf(IllegalStateException.class);
        reopenAndAppend(1_000);

        assertThat(journal.files()).hasSize(2);
        assertThat(Verify.run(dir).faults()).isEmpty();
        assertThat(Verify.run(dir).records()).isBetween(1_010L, 1_300L);
    }

    private void note(long position) throws IOException {
        ByteBuffer value =
                ByteBuffer.allocate(8).putLong(Long.reverseBytes(position)).flip();
        try (FileChannel channel = FileChannel.open(journal.files().get(0), StandardOpenOption.WRITE)) {
            channel.write(value, WRITE_POSITION);
        }
    }
}

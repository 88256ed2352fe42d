package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.journal.FileGuard.Appending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileGuardTest {
    @TempDir
    private Path dir;

    private Path file;
    private Appending appending;
    private final FileGuard guard = new FileGuard(() -> appending, () -> null);

    @BeforeEach
    void begin() throws IOException {
        file = Files.write(dir.resolve("20221107-07F.cq4"), new byte[100]);
        appending = new Appending(file, 17, 100);
    }

    @Test
    void shouldLookAtNothingBeforeTheFirstRecord() {
        appending = null;
        assertThat(guard.look()).isNull();
        assertThat(guard.look()).isNull();
    }

    @Test
    void shouldBeContentWithAFileThatGrows() throws IOException {
        assertThat(guard.look()).isNull();
        Files.write(file, new byte[200]);
        assertThat(guard.look()).isNull();
        assertThat(guard.look()).isNull();
    }

    @Test
    void shouldTellAFileThatIsGone() throws IOException {
        assertThat(guard.look()).isNull();
        Files.delete(file);
        assertThat(guard.look()).isNull();
        assertThat(guard.look())
                .contains("20221107-07F.cq4")
                .contains("is gone")
                .contains("from sequence 17 on");
    }

    @Test
    void shouldTellADirectoryThatWasMoved(@TempDir Path elsewhere) throws IOException {
        assertThat(guard.look()).isNull();
        Files.move(dir, elsewhere.resolve("journal"));
        guard.look();
        assertThat(guard.look()).contains("is gone");
        Files.move(elsewhere.resolve("journal"), dir);
    }

    @Test
    void shouldTellATruncatedFile() throws IOException {
        assertThat(guard.look()).isNull();
        Files.write(file, new byte[99]);
        guard.look();
        assertThat(guard.look()).contains("was truncated from 100 to 99 bytes");
    }

    @Test
    void shouldTellAFileThatWasTruncatedBeforeTheFirstLook() throws IOException {
        Files.write(file, new byte[99]);
        guard.look();
        assertThat(guard.look()).contains("was truncated from 100 to 99 bytes");
    }

    @Test
    void shouldTellAFileThatWasReplaced() throws IOException {
        assertThat(guard.look()).isNull();
        Path other = Files.write(dir.resolve("other"), new byte[100]);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        guard.look();
        assertThat(guard.look()).contains("was replaced");
    }

    @Test
    void shouldNotMindWhatHappensToAFileThatIsNoLongerAppendedTo() throws IOException {
        assertThat(guard.look()).isNull();
        Files.delete(file);
        assertThat(guard.look()).isNull();
        appending = new Appending(Files.write(dir.resolve("20221107-08F.cq4"), new byte[10]), 18, 10);
        assertThat(guard.look()).isNull();
        assertThat(guard.look()).isNull();
    }
}

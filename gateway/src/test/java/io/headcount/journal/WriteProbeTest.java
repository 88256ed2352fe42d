package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriteProbeTest {
    @TempDir
    private Path dir;

    @Test
    void shouldLeaveNothingBehind() throws IOException {
        assertThat(WriteProbe.faultIn(dir)).isNull();
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void shouldNotMindWhatAKilledProcessLeftBehind() throws IOException {
        Files.createFile(dir.resolve("headcount.probe"));

        assertThat(WriteProbe.faultIn(dir)).isNull();
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void shouldSayWhyNoFileCanBeCreated() {
        assertThat(WriteProbe.faultIn(dir.resolve("gone"))).isEqualTo("NoSuchFileException");
    }
}

package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskWatchTest {
    private long freeBytes;

    @Test
    void shouldBeLowBelowTheWatermarkAndRecoverByItself() {
        freeBytes = 100;
        DiskWatch watch = new DiskWatch(Path.of("journal"), () -> freeBytes, 100);
        assertThat(watch.low()).isFalse();

        freeBytes = 99;
        watch.look();
        assertThat(watch.low()).isTrue();

        freeBytes = 100;
        watch.look();
        assertThat(watch.low()).isFalse();
    }

    @Test
    void shouldKnowTheDiskFromTheStart(@TempDir Path dir) {
        try (DiskWatch plenty = new DiskWatch(dir, 1);
                DiskWatch none = new DiskWatch(dir, Long.MAX_VALUE)) {
            assertThat(plenty.low()).isFalse();
            assertThat(none.low()).isTrue();
        }
    }
}

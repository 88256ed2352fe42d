package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the campaign: whether all is read, not how fast. */
@Timeout(300)
final class StoppedReadersIT {
    @TempDir
    private Path dir;

    @Test
    void shouldReadEverythingOnceThatWasPostedWhileReadersWereStopped() throws Exception {
        assertThat(StoppedReaders.run(dir, 2, 200, 1, 2, 1)).hasSize(1);
    }
}

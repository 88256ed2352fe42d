package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link ClockJumps}. */
final class ClockJumpsTest {
    private static final int JUMPS = 12;

    @TempDir
    private Path dir;

    @Test
    void shouldReadEverythingOnceAndInOrderWhateverTheClockDoes() {
        ClockJumps.Outcome outcome = ClockJumps.run(dir, 4, JUMPS);

        assertThat(outcome.misread()).as("%s", outcome).isZero();
        assertThat(outcome.faults()).as("%s", outcome).isZero();
        assertThat(outcome.appended()).isGreaterThan(JUMPS);
        assertThat(outcome.early()).as("%s", outcome).isZero();
        assertThat(outcome.left()).as("%s", outcome).isEqualTo(1);
    }
}

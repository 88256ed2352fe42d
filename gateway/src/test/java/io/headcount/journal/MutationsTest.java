package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the campaign. */
final class MutationsTest {
    @TempDir
    private Path dir;

    @Test
    void shouldDeliverWhatIsProvenAndTellWhatIsMissing() throws IOException {
        Mutations.Outcome outcome = Mutations.run(dir, 1, 200);
        assertThat(outcome.withFaults()).isPositive();
        assertThat(outcome.broken()).isZero();
    }
}

package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.headcount.journal.PageMixImages.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The short form of the campaign, and whether it could fail. */
final class PageMixImagesTest {
    private static final int IMAGES = 100;
    private static final int IMAGES_UNFORCED = 5;
    private static final Logger JOURNAL_LOG = (Logger) LoggerFactory.getLogger("io.headcount.journal");

    @TempDir
    private Path dir;

    @BeforeAll
    static void beQuiet() {
        JOURNAL_LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void logAgain() {
        JOURNAL_LOG.setLevel(null);
    }

    @Test
    void shouldLoseNothingThatWasForcedWhateverElseReachedTheDisk() throws IOException {
        Outcome outcome = PageMixImages.run(dir, 1, IMAGES, true);
        assertThat(outcome.images()).isEqualTo(IMAGES);
        assertThat(outcome.acknowledged()).isPositive();
        assertThat(outcome.holds()).as("%s", outcome).isTrue();
    }

    @Test
    void shouldSeeLossesWhereNothingIsForced() throws IOException {
        assertThat(PageMixImages.run(dir, 1, IMAGES_UNFORCED, false).lost()).isPositive();
    }
}

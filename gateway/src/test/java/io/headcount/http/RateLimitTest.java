package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** So many events in the long run, so many at once. */
final class RateLimitTest {
    private static final RateLimit TEN_A_SECOND = RateLimit.of(10, TimeUnit.SECONDS, 3);
    private static final long TENTH_NS = 100_000_000;

    private long spent;

    /** How many of these events in a row get through. */
    private int through(RateLimit limit, int events, long nowNs) {
        int through = 0;
        for (int i = 0; i < events; i++) {
            if (!limit.exceeded(spent, nowNs)) {
                spent = limit.spent(spent, nowNs);
                through++;
            }
        }
        return through;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 5_000_000_000L})
    void shouldLetABurstThroughAndNoMore(long nowNs) {
        assertThat(through(TEN_A_SECOND, 10, nowNs)).isEqualTo(3);
    }

    @Test
    void shouldLetOneMoreThroughAfterEachInterval() {
        through(TEN_A_SECOND, 3, 0);
        assertThat(through(TEN_A_SECOND, 5, TENTH_NS - 1)).isZero();
        assertThat(through(TEN_A_SECOND, 5, TENTH_NS)).isEqualTo(1);
        assertThat(through(TEN_A_SECOND, 5, 2 * TENTH_NS)).isEqualTo(1);
    }

    @Test
    void shouldSaveNoMoreThanABurst() {
        through(TEN_A_SECOND, 3, 0);
        assertThat(through(TEN_A_SECOND, 10, 1_000 * TENTH_NS)).isEqualTo(3);
    }

    @Test
    void shouldNotCountWhatIsTurnedAway() {
        through(TEN_A_SECOND, 1_000, 0);
        assertThat(through(TEN_A_SECOND, 1_000, TENTH_NS)).isEqualTo(1);
    }

    @Test
    void shouldKeepTheRateInTheLongRun() {
        int through = 0;
        for (long now = 0; now < 100 * TENTH_NS; now += TENTH_NS / 50) {
            through += through(TEN_A_SECOND, 1, now);
        }
        assertThat(through).isEqualTo(102);
    }

    @Test
    void shouldHoldTheLargestSettings() {
        RateLimit largest = RateLimit.of(1, TimeUnit.SECONDS, 1_000_000);
        assertThat(through(largest, 1_000_001, 0)).isEqualTo(1_000_000);
        spent = 0;
        assertThat(through(RateLimit.of(1_000_000, TimeUnit.SECONDS, 1), 2, 0)).isEqualTo(1);
    }
}

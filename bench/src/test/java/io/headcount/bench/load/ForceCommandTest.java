package io.headcount.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What forces mean for posts that share them. */
class ForceCommandTest {
    private final ForceCommand.Times times = new ForceCommand.Times(TimeUnit.MICROSECONDS.toNanos(100));

    private void force(long ms) {
        times.add(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    private double postsMs(double percentile) {
        return times.posts().getValueAtPercentile(percentile) / 1e6;
    }

    @Test
    void shouldLetPostsWaitForTheForceUnderWayAndTheirOwn() {
        for (int i = 0; i < 101; i++) {
            force(10);
        }

        assertThat(times.forces().getTotalCount()).isEqualTo(101);
        assertThat(times.posts().getTotalCount()).isEqualTo(1 + 100 * 100);
        assertThat(postsMs(0)).isCloseTo(10, within(0.1));
        assertThat(postsMs(50)).isCloseTo(15, within(0.2));
        assertThat(postsMs(100)).isCloseTo(19.9, within(0.1));
    }

    @Test
    void shouldCountALongForceForAllThatCameWhileItRan() {
        force(1);
        force(1000);
        force(1);

        assertThat(times.forces().getValueAtPercentile(50) / 1e6).isCloseTo(1, within(0.1));
        assertThat(times.posts().getTotalCount()).isEqualTo(1 + 10 + 10_000);
        assertThat(postsMs(50)).isCloseTo(501, within(2.0));
        assertThat(postsMs(100)).isCloseTo(1001, within(2.0));
    }

    @Test
    void shouldForceOnlyWhenAPostWaits() {
        for (int i = 0; i < 100; i++) {
            times.add(TimeUnit.MICROSECONDS.toNanos(20));
        }

        assertThat(times.posts().getTotalCount()).isEqualTo(100);
        assertThat(postsMs(0)).isCloseTo(0.02, within(0.001));
        assertThat(postsMs(100)).isCloseTo(0.02, within(0.001));
    }
}

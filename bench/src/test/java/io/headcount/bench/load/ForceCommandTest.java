package io.headcount.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What forces mean for posts that share them. */
class ForceCommandTest {
    private final ForceCommand.Times times = new ForceCommand.Times();

    private void force(long beginMs, long endMs) {
        times.add(TimeUnit.MILLISECONDS.toNanos(beginMs), TimeUnit.MILLISECONDS.toNanos(endMs));
    }

    private double postsMs(double percentile) {
        return times.posts().getValueAtPercentile(percentile) / 1e6;
    }

    @Test
    void shouldLetPostsWaitForTheForceUnderWayAndTheirOwn() {
        for (int i = 0; i < 100; i++) {
            force(i * 10L, i * 10L + 10);
        }

        assertThat(times.forces().getTotalCount()).isEqualTo(100);
        assertThat(times.posts().getTotalCount()).isEqualTo(99 * 100);
        assertThat(postsMs(0)).isCloseTo(10.1, within(0.1));
        assertThat(postsMs(50)).isCloseTo(15, within(0.2));
        assertThat(postsMs(100)).isCloseTo(20, within(0.2));
    }

    @Test
    void shouldCountALongForceForAllThatCameWhileItRan() {
        force(0, 1);
        force(1, 1001);
        force(1001, 1002);

        assertThat(times.forces().getValueAtPercentile(50) / 1e6).isCloseTo(1, within(0.1));
        assertThat(postsMs(50)).isCloseTo(501, within(2.0));
        assertThat(postsMs(100)).isCloseTo(1001, within(2.0));
    }
}

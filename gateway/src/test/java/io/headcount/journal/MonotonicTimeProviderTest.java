package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MonotonicTimeProviderTest {
    private static final long HOUR_MS = 3_600_000;

    private final HandClock clock = new HandClock("2022-11-07T07:42:00Z");

    private MonotonicTimeProvider time(String seed) {
        return new MonotonicTimeProvider(
                clock, clock::nanos, HOUR_MS, Instant.parse(seed).toEpochMilli());
    }

    private static Instant now(MonotonicTimeProvider time) {
        return Instant.ofEpochMilli(time.currentTimeMillis());
    }

    @Test
    void shouldTellTheClocksTime() {
        MonotonicTimeProvider time = time("2022-11-07T07:00:00Z");
        clock.pass(Duration.ofMinutes(3));

        assertThat(now(time)).isEqualTo("2022-11-07T07:45:00Z");
    }

    @Test
    void shouldNotBeginBeforeItsSeed() {
        assertThat(now(time("2022-11-07T08:00:00Z"))).isEqualTo("2022-11-07T08:00:00Z");
    }

    @Test
    void shouldStandStillWhileTheClockIsALittleBehind() {
        MonotonicTimeProvider time = time("2022-11-07T08:00:00Z");
        clock.pass(Duration.ofMinutes(10));
        assertThat(now(time)).isEqualTo("2022-11-07T08:00:00Z");
        clock.pass(Duration.ofMinutes(10));
        assertThat(now(time)).isEqualTo("2022-11-07T08:02:00Z");
    }

    @Test
    void shouldGoOnAtItsPaceWhileTheClockIsFarBehind() {
        MonotonicTimeProvider time = time("2023-11-07T07:00:00Z");
        clock.pass(Duration.ofMinutes(90));

        assertThat(now(time)).isEqualTo("2023-11-07T08:30:00Z");
    }

    @Test
    void shouldNeverGoBackNorFallBehindTheClockWhateverIsDoneToIt() {
        MonotonicTimeProvider time = time("2022-11-07T07:00:00Z");
        Random random = new Random(8);
        long before = 0;
        for (int i = 0; i < 10_000; i++) {
            clock.pass(Duration.ofMillis(random.nextInt(100_000)));
            clock.step(Duration.ofMinutes(random.nextInt(20_001) - 10_000));
            long now = time.currentTimeMillis();
            assertThat(now).isGreaterThanOrEqualTo(before).isGreaterThanOrEqualTo(clock.millis());
            before = now;
        }
    }
}

package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetentionTimeTest {
    private final HandClock clock = new HandClock("2022-11-07T07:42:00Z");
    private final RetentionTime time = new RetentionTime(clock, clock::nanos);

    private Duration ahead() {
        return Duration.ofMillis(clock.millis() - time.getAsLong());
    }

    @Test
    void shouldGoWithTheClock() {
        clock.pass(Duration.ofDays(3));
        assertThat(ahead()).isZero();
        clock.step(Duration.ofMinutes(9));
        assertThat(ahead()).isZero();
    }

    @Test
    void shouldBelieveAJumpBackAtOnce() {
        clock.step(Duration.ofDays(-365));
        assertThat(ahead()).isZero();
    }

    @Test
    void shouldBelieveAJumpAheadOnlyAfterADay() {
        clock.step(Duration.ofDays(365));
        assertThat(ahead()).isEqualTo(Duration.ofDays(365));
        clock.pass(Duration.ofHours(23));
        assertThat(ahead()).isEqualTo(Duration.ofDays(365));
        clock.pass(Duration.ofHours(1));
        assertThat(ahead()).isZero();
    }

    @Test
    void shouldForgetAJumpThatWasTakenBack() {
        clock.step(Duration.ofDays(365));
        assertThat(ahead()).isEqualTo(Duration.ofDays(365));
        clock.step(Duration.ofDays(-365));
        assertThat(ahead()).isZero();
        clock.pass(Duration.ofHours(25));
        clock.step(Duration.ofDays(1));
        assertThat(ahead()).isEqualTo(Duration.ofDays(1));
    }
}

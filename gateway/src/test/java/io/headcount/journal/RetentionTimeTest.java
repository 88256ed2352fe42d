package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetentionTimeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final HandClock clock = new HandClock("2022-11-07T07:42:00Z");
    private final List<JournalFile> files = new ArrayList<>();
    private RetentionTime time = started();

    private RetentionTime started() {
        return new RetentionTime(clock, clock::nanos, HOUR.toMillis());
    }

    /** How far the clock is ahead of the time by which files age. */
    private Duration ahead() {
        return Duration.ofMillis(clock.millis() - time.applyAsLong(new JournalInfo(files, List.of())));
    }

    /** Hourly files while so many hours pass. */
    private void work(int hours) {
        for (int hour = 0; hour < hours; hour++) {
            long begun = clock.millis();
            clock.pass(HOUR);
            files.add(new JournalFile(Path.of("f"), 1, 2, begun, clock.millis(), 0, 0));
        }
    }

    private void restart() {
        time = started();
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
        assertThat(ahead()).isZero();
        clock.step(Duration.ofDays(-365));
        assertThat(ahead()).isZero();
    }

    @Test
    void shouldBelieveAJumpAheadOnlyAfterADay() {
        assertThat(ahead()).isZero();
        clock.step(Duration.ofDays(365));
        assertThat(ahead()).isEqualTo(Duration.ofDays(365));
        clock.pass(Duration.ofHours(23));
        assertThat(ahead()).isEqualTo(Duration.ofDays(365));
        clock.pass(Duration.ofHours(1));
        assertThat(ahead()).isZero();
    }

    @Test
    void shouldDoubtASecondJumpAsLongAsTheFirst() {
        assertThat(ahead()).isZero();
        clock.step(Duration.ofMinutes(20));
        assertThat(ahead()).isEqualTo(Duration.ofMinutes(20));
        clock.pass(Duration.ofHours(23));
        clock.step(Duration.ofDays(365));
        assertThat(ahead()).isEqualTo(Duration.ofDays(365).plusMinutes(20));
        clock.pass(Duration.ofHours(2));
        assertThat(ahead()).isEqualTo(Duration.ofDays(365).plusMinutes(20));
        clock.pass(Duration.ofHours(22));
        assertThat(ahead()).isZero();
    }

    @Test
    void shouldForgetAJumpThatWasTakenBack() {
        assertThat(ahead()).isZero();
        clock.step(Duration.ofDays(365));
        assertThat(ahead()).isEqualTo(Duration.ofDays(365));
        clock.step(Duration.ofDays(-365));
        assertThat(ahead()).isZero();
        clock.pass(Duration.ofHours(25));
        clock.step(Duration.ofDays(1));
        assertThat(ahead()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void shouldBelieveTheClockOfAnEmptyJournal() {
        assertThat(ahead()).isZero();
    }

    @Test
    void shouldBelieveAClockThatGoesOnWhereTheJournalEnds() {
        work(30);
        clock.pass(Duration.ofMinutes(110));
        restart();
        assertThat(ahead()).isZero();
    }

    @Test
    void shouldDoubtAClockThatIsAheadAtStart() {
        work(30);
        clock.step(Duration.ofDays(3));
        restart();
        assertThat(ahead()).isEqualTo(Duration.ofDays(3));
        clock.pass(Duration.ofHours(23));
        assertThat(ahead()).isEqualTo(Duration.ofDays(3));
        clock.pass(HOUR);
        assertThat(ahead()).isZero();
    }

    @Test
    void shouldDoubtItStillWhenStartedAgain() {
        work(30);
        clock.step(Duration.ofDays(3));
        work(5);
        restart();
        assertThat(ahead()).isEqualTo(Duration.ofDays(3).plusHours(5));
        clock.step(Duration.ofDays(3));
        work(5);
        restart();
        assertThat(ahead()).isEqualTo(Duration.ofDays(6).plusHours(10));
    }

    @Test
    void shouldBelieveAClockUnderWhichADayWasJournaled() {
        work(30);
        clock.step(Duration.ofDays(3));
        work(24);
        restart();
        assertThat(ahead()).isZero();
    }

    @Test
    void shouldDoubtAJumpInsideAFile() {
        work(30);
        files.add(new JournalFile(
                Path.of("f"),
                1,
                2,
                clock.millis(),
                clock.millis() + Duration.ofDays(365).toMillis(),
                0,
                0));
        clock.step(Duration.ofDays(365));
        restart();
        assertThat(ahead()).isEqualTo(Duration.ofDays(365));
    }

    @Test
    void shouldLookAtNoMoreThanTenThousandFiles() {
        long[] begun = new long[10_003];
        for (int i = 0; i < begun.length; i++) {
            begun[i] = clock.millis();
            files.add(new JournalFile(Path.of("f"), 1, 2, begun[i], begun[i], 0, 0));
            clock.step(Duration.ofHours(3));
        }
        restart();
        assertThat(ahead()).isEqualTo(Duration.ofMillis(clock.millis() - begun[3]));
    }

    @Test
    void shouldNotMindAJumpThatWasTakenBackADayAgo() {
        work(30);
        clock.step(Duration.ofDays(365));
        work(2);
        clock.step(Duration.ofDays(-365));
        work(24);
        restart();
        assertThat(ahead()).isZero();
    }
}

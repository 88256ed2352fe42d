package io.headcount.http;

import static io.headcount.http.Requests.DOCUMENT;
import static io.headcount.http.Requests.post;
import static io.headcount.http.Requests.postOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.model.RefusalReason;
import io.headcount.telemetry.Metric;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Absolute deadlines, with a clock moved by hand. */
final class DeadlinesTest {
    private static final String POST = post(DOCUMENT);
    private static final String LARGE_HEAD = "POST / HTTP/1.1\r\nHost: g\r\nContent-Length: 1048576\r\n\r\n";
    private static final int HEAD_END = POST.indexOf("\r\n\r\n") + 4;

    private final EmbeddedIntake intake = new EmbeddedIntake();

    @AfterEach
    void close() {
        intake.close();
    }

    @Test
    void shouldCloseSilentConnectionWithoutAnswer() {
        intake.pass(9_999);
        assertThat(intake.isOpen()).isTrue();

        intake.pass(1);
        assertThat(intake.isOpen()).isFalse();
        assertThat(intake.answers()).isEmpty();
        assertThat(intake.telemetry.sum(Metric.CONNECTIONS_IDLE)).isEqualTo(1);
    }

    @Test
    void shouldCloseConnectionThatSendsOnlyEmptyLinesWithoutAnswer() {
        intake.send("\r\n").pass(5_000).send("\r").pass(5_000);

        assertThat(intake.isOpen()).isFalse();
        assertThat(intake.answers()).isEmpty();
    }

    @Test
    void shouldAnswer408WhenHeadIsNotCompleteInTime() {
        intake.pass(3_000).send(POST.substring(0, 20)).pass(6_999);
        assertThat(intake.isOpen()).isTrue();

        intake.pass(1);
        assertRefused408();
    }

    @Test
    void shouldNotExtendHeadDeadlineByDrippingBytes() {
        for (int i = 0; i < 10; i++) {
            intake.send(POST.substring(i, i + 1)).pass(1_000);
        }

        assertRefused408();
    }

    @Test
    void shouldWaitForHeadThatNeverEndsItsLines() {
        intake.send("POST /data HTTP/1.1\rHost: gateway\r\r").pass(10_000);

        assertRefused408();
    }

    @Test
    void shouldAnswer408WhenBodyIsNotCompleteInTime() {
        intake.pass(9_000).send(POST.substring(0, POST.length() - 1)).pass(19_999);
        assertThat(intake.isOpen()).isTrue();

        intake.pass(1);
        assertRefused408();
    }

    @Test
    void shouldNotExtendBodyDeadlineByDrippingBytes() {
        intake.send(POST.substring(0, HEAD_END));
        for (int i = 0; i < 20; i++) {
            intake.send(DOCUMENT.substring(i, i + 1)).pass(1_000);
        }

        assertRefused408();
    }

    @Test
    void shouldGiveLargeBodyTheTimeThatItNeedsAtTheLeastRate() {
        try (EmbeddedIntake large = intakeOfLargeBodies()) {
            String aSecond = ("<x/>" + " ".repeat(1020)).repeat(8);
            large.send(LARGE_HEAD + "<Metrics>" + aSecond);
            for (int second = 0; second < 30; second++) {
                large.pass(1_000).send(aSecond);
            }
            assertThat(large.pass(1_000).isOpen()).isTrue();

            large.pass(1);
            assertThat(large.statuses()).containsExactly(408);
        }
    }

    @Test
    void shouldNotGiveBodyMoreTimeForWhatItAnnounces() {
        try (EmbeddedIntake large = intakeOfLargeBodies()) {
            large.send(LARGE_HEAD + "<Metrics>" + "<x/>    ".repeat(10 * 1024)).pass(19_999);
            assertThat(large.isOpen()).isTrue();

            large.pass(1);
            assertThat(large.statuses()).containsExactly(408);
        }
    }

    private static EmbeddedIntake intakeOfLargeBodies() {
        HttpSettings settings = new HttpSettings();
        settings.maxBodyBytes = 1024 * 1024;
        return new EmbeddedIntake(settings);
    }

    @Test
    void shouldHoldBodyOfRefusedPostToTheDeadline() {
        intake.send("POST / HTTP/1.1\r\nHost: g\r\nContent-Encoding: gzip\r\nContent-Length: 100\r\n\r\nx")
                .pass(20_000);

        assertRefused408();
    }

    @Test
    void shouldBoundChunksWithoutEnd() {
        intake.send(Requests.chunked("1fff\r\n<")).pass(20_000);

        assertRefused408();
    }

    @Test
    void shouldHaveNoDeadlineButItsOwnWhilePostIsSettled() {
        intake.send(POST).pass(29_999).settle();

        assertThat(intake.statuses()).containsExactly(200);
        assertThat(intake.isOpen()).isTrue();
    }

    @Test
    void shouldCloseIdleKeptConnectionSilently() {
        intake.send(POST).settle().pass(179_999);
        assertThat(intake.isOpen()).isTrue();

        intake.pass(1);
        assertThat(intake.isOpen()).isFalse();
        assertThat(intake.statuses()).containsExactly(200);
        assertThat(intake.telemetry.sum(Metric.CONNECTIONS_IDLE)).isEqualTo(1);
    }

    @Test
    void shouldNotExtendIdlenessByEmptyLines() {
        intake.send(POST).settle().pass(179_000).send("\r\n").pass(1_000);

        assertThat(intake.isOpen()).isFalse();
        assertThat(intake.statuses()).containsExactly(200);
    }

    @Test
    void shouldRunHeadDeadlineFromFirstByteOnKeptConnection() {
        intake.send(POST).settle().pass(100_000).send("P").pass(9_999);
        assertThat(intake.isOpen()).isTrue();

        intake.pass(1);
        assertThat(intake.statuses()).containsExactly(200, 408);
        assertThat(intake.isOpen()).isFalse();
    }

    @Test
    void shouldServeConnectionForEverThatPostsEveryMinute() {
        for (int minute = 0; minute < 100; minute++) {
            intake.send(postOf("1")).settle().pass(60_000);
        }

        assertThat(intake.statuses()).hasSize(100).containsOnly(200);
        assertThat(intake.isOpen()).isTrue();
    }

    private void assertRefused408() {
        assertThat(intake.statuses()).containsExactly(408);
        assertThat(intake.isOpen()).isFalse();
        assertThat(intake.telemetry.refusals(RefusalReason.DEADLINE)).isEqualTo(1);
        assertThat(intake.ring.published()).isZero();
    }
}

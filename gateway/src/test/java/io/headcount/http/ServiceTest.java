package io.headcount.http;

import static io.headcount.http.Requests.DOCUMENT;
import static io.headcount.http.Requests.post;
import static io.headcount.http.Requests.postOf;
import static io.headcount.http.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.model.RefusalReason;
import io.headcount.telemetry.Metric;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Paths, admission, expectations, draining, faults. */
final class ServiceTest {
    private static final String EXPECTING = with("Expect: 100-continue\r\n");
    private static final int HEAD_END = EXPECTING.indexOf("\r\n\r\n") + 4;

    @Test
    void shouldServeConfiguredPathsExactly() {
        assertThat(statusOf("/in/data")).isEqualTo(200);
        assertThat(statusOf("/in/data?a=b/c")).isEqualTo(200);
        assertThat(statusOf("http://gateway/in/data")).isEqualTo(200);
        for (String other :
                List.of("/in/data/", "//in/data", "/in/data;jsessionid=1", "/in", "/", "/IN/data", "http://in/data")) {
            assertThat(statusOf(other)).as(other).isEqualTo(404);
        }
    }

    private static int statusOf(String target) {
        HttpSettings settings = new HttpSettings();
        settings.paths = List.of("/in/data", "/in/heartbeat");
        try (EmbeddedIntake intake = new EmbeddedIntake(settings)) {
            intake.send(postOf("1").replace("/data", target)).settle();
            assertThat(intake.isOpen()).isTrue();
            return intake.statuses().get(0);
        }
    }

    @Test
    void shouldKeepConnectionAfterWrongPath() {
        HttpSettings settings = new HttpSettings();
        settings.paths = List.of("/in");
        try (EmbeddedIntake intake = new EmbeddedIntake(settings)) {
            intake.send(postOf("1") + postOf("2").replace("/data", "/in")).settle();

            assertThat(intake.statuses()).containsExactly(404, 200);
        }
    }

    @Test
    void shouldSayContinueOnceTheHeadIsAccepted() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(EXPECTING.substring(0, HEAD_END));
            assertThat(intake.answers()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");

            intake.send(EXPECTING.substring(HEAD_END)).settle();
            assertThat(intake.statuses()).containsExactly(100, 200);
            assertThat(intake.isOpen()).isTrue();
        }
    }

    @Test
    void shouldSayContinueBetweenPipelinedPosts() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(postOf("1") + EXPECTING + postOf("2")).settle();

            assertThat(intake.statuses()).containsExactly(200, 100, 200, 200);
        }
    }

    @Test
    void shouldRefuseTooLargeBodyWithoutContinue() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send("POST / HTTP/1.1\r\nHost: g\r\nExpect: 100-continue\r\nContent-Length: 999999999\r\n\r\n");

            assertThat(intake.statuses()).containsExactly(413);
            assertThat(intake.isOpen()).isFalse();
        }
    }

    @Test
    void shouldIgnoreExpectationInHttp10() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(EXPECTING.replace("HTTP/1.1", "HTTP/1.0").substring(0, HEAD_END));
            assertThat(intake.answers()).isEmpty();

            intake.send(DOCUMENT).settle();
            assertThat(intake.statuses()).containsExactly(200);
        }
    }

    @Test
    void shouldCloseAfterRefusingWhoAwaitsContinue() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.closedFor = RefusalReason.LOW_DISK;
            intake.send(EXPECTING);

            assertThat(intake.statuses()).containsExactly(503);
            assertThat(intake.isOpen()).isFalse();
        }
    }

    @Test
    void shouldKeepConnectionWhileDiskIsLow() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.closedFor = RefusalReason.LOW_DISK;
            intake.send(postOf("1"));
            intake.closedFor = null;
            intake.send(postOf("2")).settle();

            assertThat(intake.statuses()).containsExactly(503, 200);
            assertThat(intake.ring.published()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseAndCloseWhileDraining() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(postOf("1").substring(0, 10));
            intake.closedFor = RefusalReason.DRAINING;
            intake.loop.drain();
            assertThat(intake.isOpen()).isTrue();

            intake.send(postOf("1").substring(10));
            assertThat(intake.statuses()).containsExactly(503);
            assertThat(intake.answers()).contains("Connection: close\r\n");
            assertThat(intake.isOpen()).isFalse();
        }
    }

    @Test
    void shouldCloseIdleConnectionWhenDraining() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(postOf("1")).settle();
            intake.loop.drain();
            assertThat(intake.loop.busy()).isEqualTo(1);

            intake.pass(100);
            assertThat(intake.statuses()).containsExactly(200);
            assertThat(intake.isOpen()).isFalse();
            assertThat(intake.loop.busy()).isZero();
        }
    }

    @Test
    void shouldAnswerARequestThatWasOnItsWayWhenDrainingBegan() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(postOf("1")).settle();
            intake.closedFor = RefusalReason.DRAINING;
            intake.loop.drain();

            intake.pass(50).send(postOf("2"));
            assertThat(intake.statuses()).containsExactly(200, 503);
            assertThat(intake.isOpen()).isFalse();
        }
    }

    @Test
    void shouldFinishPostInFlightWhenDraining() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(postOf("1"));
            intake.loop.drain();
            assertThat(intake.loop.busy()).isEqualTo(1);

            intake.settle();
            assertThat(intake.statuses()).containsExactly(200);
            assertThat(intake.answers()).contains("Connection: close\r\n");
            assertThat(intake.isOpen()).isFalse();
            assertThat(intake.loop.busy()).isZero();
        }
    }

    @Test
    void shouldAnswerHeadWithoutBody() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send("HEAD / HTTP/1.1\r\nHost: g\r\n\r\n");

            assertThat(intake.answers())
                    .startsWith("HTTP/1.1 405 ")
                    .contains("Allow: POST\r\n")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void shouldNameTheFieldInRefusal() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(
                    post(
                            "<Metrics DeviceId=\"1\"><ReportData><Report Date=\"2022-11-07\"><Object><Count Enters=\"-1\" "
                                    + "Exits=\"0\" StartTime=\"15:00:00\" EndTime=\"15:01:00\"/></Object></Report></ReportData></Metrics>"));

            assertThat(intake.answers()).contains("422").contains("Count/@Enters");
        }
    }

    @Test
    void shouldSayKeepAliveToHttp10() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(with("Connection: keep-alive\r\n").replace("HTTP/1.1", "HTTP/1.0"))
                    .settle();

            assertThat(intake.answers()).contains("Connection: keep-alive\r\n");
        }
    }

    @Test
    void shouldCountAndCloseOnFault() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.channel.pipeline().fireExceptionCaught(new IllegalStateException("secret"));

            assertThat(intake.isOpen()).isFalse();
            assertThat(intake.telemetry.sum(Metric.CONNECTIONS_FAULTED)).isEqualTo(1);
        }
    }

    @Test
    void shouldIgnoreWhatComesAfterTheConnectionEnds() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send("GET / HTTP/1.1\r\nHost: g\r\n\r\n");
            intake.channel.pipeline().fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);

            assertThat(intake.statuses()).containsExactly(405);
        }
    }
}

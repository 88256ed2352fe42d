package io.headcount.http;

import static io.headcount.http.Requests.postOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.AccessConfig;
import io.headcount.model.RefusalReason;
import io.headcount.telemetry.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GET /UTCTime. */
final class UtcTimeTest {
    private static final String ASK = ask("/UTCTime", "");
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 14\r\n\r\n11072022074500";

    private static String ask(String target, String headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: gateway\r\n" + headers + "\r\n";
    }

    private static HttpSettings tokens(Path dir) throws IOException {
        HttpSettings settings = new HttpSettings();
        Path file = Secrets.write(dir.resolve("tokens"), "token-for-everything *");
        settings.access = AccessTest.withTokens(file);
        return settings;
    }

    @ParameterizedTest
    @CsvSource({
        "2022-11-07T07:45:00.999Z, 11072022074500",
        "2026-01-02T03:04:05Z,     01022026030405",
        "1999-12-31T23:59:59Z,     12311999235959",
        "2028-02-29T00:00:00Z,     02292028000000"
    })
    void shouldWriteMonthDayYearHourMinuteSecond(Instant time, String text) {
        assertThat(UtcTime.text(time.toEpochMilli())).isEqualTo(text);
    }

    @Test
    void shouldTellTheTimeBetweenPosts() throws IOException {
        try (SocketIntake intake = new SocketIntake(new HttpSettings());
                Peer peer = intake.connect()) {
            assertThat(peer.send(ASK).answer()).isEqualTo(ANSWER);
            assertThat(peer.drip(ASK).answer()).isEqualTo(ANSWER);
            peer.send(postOf("1") + ASK + ASK + postOf("2"));
            assertThat(peer.status()).isEqualTo(200);
            assertThat(peer.answer()).isEqualTo(ANSWER);
            assertThat(peer.answer()).isEqualTo(ANSWER);
            assertThat(peer.status()).isEqualTo(200);
            assertThat(intake.ring.published()).isEqualTo(2);
            assertThat(intake.telemetry.sum(Metric.TIME_ANSWERS)).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/UTCTime?", "/UTCTime?a=b", "http://gateway/UTCTime"})
    void shouldKnowOtherSpellingsOfTheTarget(String target) {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            assertThat(intake.send(ask(target, "")).answers()).isEqualTo(ANSWER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/utctime", "/UTCTime/", "//UTCTime", "/", "/x/UTCTime", "/t/x/UTCTime", "/UTCTim%65", "*"})
    void shouldServeNothingElseByGet(String target) {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(ask(target, "")).send(postOf("1")).settle();

            assertThat(intake.statuses()).containsExactly(405);
            assertThat(intake.answers()).contains("Allow: POST\r\n");
            assertThat(intake.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "OPTIONS", "get"})
    void shouldTellTheTimeByGetOnly(String method) {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(ASK.replace("GET", method));

            assertThat(intake.statuses()).containsExactly(405);
            assertThat(intake.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1\r\n\r\nx",
                "Transfer-Encoding: chunked\r\n\r\n0\r\n",
                "Content-Length: 1\r\nExpect: 100-continue\r\n",
                "Expect: 100-continue\r\n"
            })
    void shouldNotTellTheTimeToWhoSendsABody(String headers) {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(ask("/UTCTime", headers));

            assertThat(intake.statuses()).containsExactly(405);
            assertThat(intake.isOpen()).isFalse();
        }
    }

    @Test
    void shouldTakeALengthOfZeroForNoBody() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(ask("/UTCTime", "Content-Length: 0\r\n") + postOf("1")).settle();

            assertThat(intake.statuses()).containsExactly(200, 200);
        }
    }

    @Test
    void shouldTakePostsToThePathForPosts() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(postOf("1").replace("/data", "/UTCTime"));
            assertThat(intake.ring.devices()).containsExactly("1");
        }
    }

    @Test
    void shouldCloseAfterHttp10AndWhenAsked() {
        for (String last : List.of(ASK.replace("HTTP/1.1", "HTTP/1.0"), ask("/UTCTime", "Connection: close\r\n"))) {
            try (EmbeddedIntake intake = new EmbeddedIntake()) {
                assertThat(intake.send(last).answers()).endsWith("Connection: close\r\n\r\n11072022074500");
                assertThat(intake.isOpen()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/UTCTime", "/t/token-for-everything/UTCTime", "/t/of-nobody/UTCTime"})
    void shouldTellTheTimeWithoutLookingAtTheToken(String target, @TempDir Path dir) throws IOException {
        try (EmbeddedIntake intake = new EmbeddedIntake(tokens(dir))) {
            for (int i = 0; i < 100; i++) {
                intake.send(ask(target, ""));
            }
            assertThat(intake.statuses()).hasSize(100).containsOnly(200);
        }
    }

    @Test
    void shouldTellTheTimeWhateverPathsAreServed() {
        HttpSettings settings = new HttpSettings();
        settings.paths = List.of("/in");
        try (EmbeddedIntake intake = new EmbeddedIntake(settings)) {
            assertThat(intake.send(ASK).statuses()).containsExactly(200);
        }
    }

    @Test
    void shouldTellTheTimeWhileTheJournalIsDown() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.closedFor = RefusalReason.JOURNAL_FAILED;
            intake.send(ASK + postOf("1"));

            assertThat(intake.statuses()).containsExactly(200, 503);
        }
    }

    @Test
    void shouldTellTheTimeToAllowedAddressesOnly() {
        HttpSettings settings = new HttpSettings();
        settings.access = new AccessConfig(Optional.empty(), AccessTest.ranges("192.0.2.0/24"), List.of(), 0, 1, 1);
        try (EmbeddedIntake intake = new EmbeddedIntake(settings)) {
            intake.send(ASK + ASK);

            assertThat(intake.statuses()).containsExactly(403, 403);
            assertThat(intake.isOpen()).isTrue();
            assertThat(intake.telemetry.refusals(RefusalReason.ADDRESS)).isEqualTo(2);
        }
    }

    @Test
    void shouldEndTheConnectionWhileDraining() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(postOf("1")).settle();
            intake.loop.drain();
            intake.send(ASK);

            assertThat(intake.statuses()).containsExactly(200, 200);
            assertThat(intake.isOpen()).isFalse();
        }
    }

    @Test
    void shouldWaitForAskersWhoDoNotRead() throws Exception {
        int requests = 5_000;
        try (SocketIntake intake = new SocketIntake(new HttpSettings());
                Peer peer = intake.connect()) {
            CompletableFuture<Void> asker = CompletableFuture.runAsync(() -> {
                try {
                    peer.send(ASK.repeat(requests)).endOutput();
                } catch (IOException broken) {
                    throw new AssertionError(broken);
                }
            });
            for (int i = 0; i < requests; i++) {
                assertThat(peer.status()).isEqualTo(200);
            }
            assertThat(peer.status()).isZero();
            asker.get();
        }
    }
}

package io.headcount.http;

import static io.headcount.http.Requests.DOCUMENT;
import static io.headcount.http.Requests.chunk;
import static io.headcount.http.Requests.chunked;
import static io.headcount.http.Requests.post;
import static io.headcount.http.Requests.postOf;
import static io.headcount.http.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.QuarantineConfig;
import io.headcount.config.QuarantineConfig.Reply;
import io.headcount.model.RefusalReason;
import io.headcount.model.RefusedBody;
import io.headcount.telemetry.Metric;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bodies are kept, how much of them, in how much memory, and what reply = accept makes of the answer. */
final class BodyKeepingTest {
    private static final String UNKNOWN = "<Unknown>and some text</Unknown>";
    private static final int SEGMENT = CaptureBudget.SEGMENT_BYTES;

    private static QuarantineConfig config(Reply reply, int maxBodyBytes) {
        return new QuarantineConfig(Optional.of(Path.of("q")), 1 << 20, maxBodyBytes, 1 << 20, 100, reply);
    }

    private static EmbeddedIntake intake(Reply reply, int maxBodyBytes, long captureBytes) {
        HttpSettings settings = new HttpSettings();
        settings.maxBodyBytes = 64 * 1024;
        settings.quarantine = config(reply, maxBodyBytes);
        settings.captureBytes = captureBytes;
        return new EmbeddedIntake(settings);
    }

    private static EmbeddedIntake refusing() {
        return intake(Reply.REFUSE, 64 * 1024, 1 << 20);
    }

    private static EmbeddedIntake accepting() {
        return intake(Reply.ACCEPT, 64 * 1024, 1 << 20);
    }

    private static String large(int bytes) {
        return UNKNOWN.replace("and", "x".repeat(1000) + "<y/>".repeat((bytes - UNKNOWN.length() - 1000) / 4));
    }

    // what is kept

    @ParameterizedTest
    @CsvSource({
        "<Unknown/>, UNKNOWN_ROOT",
        "<Diags/>, MISSING",
        "not XML, NOT_WELL_FORMED",
        "<Diags></Other><a/>, NOT_WELL_FORMED",
        "<Diags>&x;</Diags>, ENTITY",
        "<Diags><, TRUNCATED",
        "'', EMPTY_DOCUMENT",
        "<?xml version='1.0' encoding='utf-7'?><a/>, ENCODING_UNKNOWN",
        "<!DOCTYPE a><a/>, DOCTYPE"
    })
    void shouldKeepTheBodyOfARefusedDocument(String document, RefusalReason reason) {
        try (EmbeddedIntake intake = refusing()) {
            intake.send(post(document));

            assertThat(intake.bodies.texts()).containsExactly(document);
            RefusedBody body = intake.bodies.offered.get(0);
            assertThat(body.refusal().reason()).isEqualTo(reason);
            assertThat(body.receivedBytes()).isEqualTo(document.length());
            assertThat(body.receivedAtMs()).isEqualTo(EmbeddedIntake.NOW_MS);
            assertThat(body.whole()).isEqualTo(!reason.closes());
            assertThat(intake.statuses()).containsExactly(reason.status());
            assertThat(intake.keeper.budget().lentBytes()).isZero();
        }
    }

    @Test
    void shouldKeepTheFieldThatIsToBlame() {
        try (EmbeddedIntake intake = refusing()) {
            intake.send(post("<Metrics DeviceId=\"1\"><ReportData Interval=\"x\"/></Metrics>"));

            assertThat(intake.bodies.offered.get(0).refusal().message())
                    .isEqualTo("ReportData/@Interval: not a number");
        }
    }

    @Test
    void shouldKeepWhatComesBehindTheFault() {
        String document = "<Diags></Other>" + "and more of it ".repeat(100);
        try (EmbeddedIntake intake = refusing()) {
            intake.drip(post(document));
            intake.send(chunked(chunk(document.substring(0, 20)) + chunk(document.substring(20)) + "0\r\n\r\n"));

            assertThat(intake.bodies.texts()).containsExactly(document, document);
        }
    }

    @Test
    void shouldKeepOnlyTheBodyOfARefusedPostAmongOthers() {
        try (EmbeddedIntake intake = refusing()) {
            intake.send(postOf("1") + post(UNKNOWN) + postOf("2") + post("<Diags/>"))
                    .settle();

            assertThat(intake.statuses()).containsExactly(200, 422, 200, 422);
            assertThat(intake.bodies.texts()).containsExactly(UNKNOWN, "<Diags/>");
        }
    }

    @Test
    void shouldNotKeepWhatIsRefusedForItsHead() {
        try (EmbeddedIntake intake = refusing()) {
            intake.send(with("Content-Encoding: br\r\n"));
            intake.closedFor = RefusalReason.LOW_DISK;
            intake.send(postOf("1"));
            intake.closedFor = null;
            intake.send("GET / HTTP/1.1\r\nHost: g\r\n\r\n");

            assertThat(intake.statuses()).containsExactly(415, 503, 405);
            assertThat(intake.bodies.offered).isEmpty();
        }
    }

    @Test
    void shouldNotKeepAPostThatEndsInAnotherRefusal() {
        try (EmbeddedIntake framing = refusing();
                EmbeddedIntake slow = refusing();
                EmbeddedIntake large = refusing();
                EmbeddedIntake cutOff = refusing()) {
            framing.send(chunked(chunk(UNKNOWN) + "x\r\n"));
            slow.send(post(UNKNOWN).substring(0, 80)).pass(20_000);
            large.send(chunked(chunk(large(64 * 1024 - 100)) + chunk("y".repeat(200))));
            cutOff.send(post(UNKNOWN).substring(0, 80)).endInput();

            assertThat(framing.statuses()).containsExactly(400);
            assertThat(slow.statuses()).containsExactly(408);
            assertThat(large.statuses()).containsExactly(413);
            assertThat(cutOff.statuses()).isEmpty();
            for (EmbeddedIntake intake : new EmbeddedIntake[] {framing, slow, large, cutOff}) {
                assertThat(intake.bodies.offered).isEmpty();
                assertThat(intake.keeper.budget().lentBytes()).isZero();
            }
        }
    }

    @Test
    void shouldNotKeepWhatTheRingOrTheJournalRefuses() {
        try (EmbeddedIntake intake = refusing()) {
            intake.ring.room(0);
            intake.send(postOf("1")).pass(5_005);
            intake.ring.room(1);
            intake.send(postOf("2"));
            intake.ring.settle(false);
            intake.channel.runPendingTasks();

            assertThat(intake.statuses()).containsExactly(503, 503);
            assertThat(intake.bodies.offered).isEmpty();
        }
    }

    @Test
    void shouldNotKeepWhatIsReplayed() {
        try (EmbeddedIntake intake = accepting()) {
            intake.send(with("headcount-replay: 1\r\n", UNKNOWN));

            assertThat(intake.statuses()).containsExactly(422);
            assertThat(intake.bodies.offered).isEmpty();
        }
    }

    @Test
    void shouldCopyNothingWhenTheQuarantineIsOff() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(post(UNKNOWN).substring(0, 90));
            assertThat(intake.keeper.budget().lentBytes()).isZero();

            intake.send(post(UNKNOWN).substring(90));
            assertThat(intake.statuses()).containsExactly(422);
            assertThat(intake.bodies.offered).isEmpty();
        }
    }

    // how much

    @ParameterizedTest
    @ValueSource(ints = {1024, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT - 1, 3 * SEGMENT})
    void shouldKeepTheBeginningOfALargeBody(int maxBodyBytes) {
        for (int bytes = maxBodyBytes - 1; bytes <= maxBodyBytes + 1; bytes++) {
            String document = large(16_000).substring(0, bytes);
            try (EmbeddedIntake whole = intake(Reply.REFUSE, maxBodyBytes, 1 << 20);
                    EmbeddedIntake inPieces = intake(Reply.REFUSE, maxBodyBytes, 1 << 20)) {
                whole.send(post(document));
                for (String piece : post(document).split("(?<=\\G.{97})", -1)) {
                    inPieces.send(piece);
                }

                String kept = document.substring(0, Math.min(bytes, maxBodyBytes));
                assertThat(whole.bodies.texts()).containsExactly(kept).isEqualTo(inPieces.bodies.texts());
                assertThat(whole.bodies.offered.get(0).whole()).isEqualTo(bytes <= maxBodyBytes);
                assertThat(whole.bodies.offered.get(0).receivedBytes()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void shouldKeepLessWhenTheMemoryIsExhausted() {
        try (EmbeddedIntake intake = intake(Reply.REFUSE, 64 * 1024, 2 * SEGMENT)) {
            String document = large(20_000);
            intake.send(post(document));

            assertThat(intake.bodies.texts()).containsExactly(document.substring(0, 2 * SEGMENT));
            assertThat(intake.bodies.offered.get(0).whole()).isFalse();
            assertThat(intake.keeper.budget().lentBytes()).isZero();
        }
    }

    @Test
    void shouldKeepNothingWithoutMemory() {
        try (EmbeddedIntake intake = intake(Reply.ACCEPT, 64 * 1024, 0)) {
            intake.send(post(UNKNOWN) + post(""));
            assertThat(intake.statuses()).containsExactly(422);
            assertThat(intake.telemetry.sum(Metric.QUARANTINE_DROPPED_MEMORY)).isEqualTo(1);

            assertThat(intake.bodies.texts()).as("an empty one needs none").containsExactly("");
        }
    }

    @Test
    void shouldNotCopyWhatComesBehindAGap() {
        CaptureBudget budget = new CaptureBudget(SEGMENT);
        BodyCapture other = new BodyCapture(budget, 10);
        BodyCapture capture = new BodyCapture(budget, 10);
        other.begin();
        capture.begin();
        other.add(EmbeddedIntake.bytes("other"));
        capture.add(EmbeddedIntake.bytes("lost"));
        other.end();
        capture.add(EmbeddedIntake.bytes("behind"));

        assertThat(capture.toArray()).isEmpty();
        assertThat(capture.isCut()).isTrue();
    }

    @Test
    void shouldHoldMemoryOnlyWhileABodyComesIn() {
        try (EmbeddedIntake intake = refusing()) {
            intake.send(postOf("1").substring(0, 90));
            assertThat(intake.keeper.budget().lentBytes()).isEqualTo(SEGMENT);

            intake.send(postOf("1").substring(90));
            assertThat(intake.keeper.budget().lentBytes())
                    .as("while it is settled")
                    .isZero();
        }
    }

    @Test
    void shouldGiveMemoryBackHoweverThePostEnds() {
        try (EmbeddedIntake gone = refusing();
                EmbeddedIntake faulted = refusing()) {
            gone.send(postOf("1").substring(0, 90));
            gone.channel.close();
            faulted.send(postOf("1").substring(0, 90));
            faulted.channel.pipeline().fireExceptionCaught(new IllegalStateException());

            assertThat(gone.keeper.budget().lentBytes()).isZero();
            assertThat(faulted.keeper.budget().lentBytes()).isZero();
        }
    }

    @Test
    void shouldUseMemoryAgainAndShrinkBack() {
        CaptureBudget budget = new CaptureBudget(1L << 30);
        BodyCapture small = new BodyCapture(budget, 1 << 20);
        for (int i = 0; i < 10; i++) {
            small.begin();
            small.add(EmbeddedIntake.bytes(DOCUMENT));
            small.end();
        }
        assertThat(budget.freeBytes()).isEqualTo(SEGMENT);

        BodyCapture[] large = new BodyCapture[100];
        for (int i = 0; i < large.length; i++) {
            large[i] = new BodyCapture(budget, 1 << 20);
            large[i].begin();
            large[i].add(EmbeddedIntake.bytes("x".repeat(100_000)));
        }
        assertThat(budget.lentBytes()).isGreaterThan(10_000_000);
        for (BodyCapture each : large) {
            each.end();
        }
        assertThat(budget.lentBytes()).isZero();
        assertThat(budget.freeBytes()).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void shouldShareTheMemoryAmongEventLoops() {
        assertThat(BodyKeeper.shareOf(config(Reply.REFUSE, 1024), 4)).isEqualTo((1 << 20) / 8);
        assertThat(BodyKeeper.shareOf(config(Reply.REFUSE, 1 << 19), 4)).isEqualTo((1 << 19) + SEGMENT);
    }

    // reply = accept

    @Test
    void shouldAnswer200OnceTheBodyIsKept() {
        try (EmbeddedIntake intake = accepting()) {
            intake.send(post(UNKNOWN));
            intake.channel.runPendingTasks();
            assertThat(intake.answers()).isEmpty();
            assertThat(intake.loop.exchanges().free()).isEqualTo(1);

            intake.bodies.settle(true);
            intake.channel.runPendingTasks();
            assertThat(intake.answers()).startsWith("HTTP/1.1 200 ").endsWith("{\"code\":0,\"msg\":\"success\"}");
            assertThat(intake.isOpen()).isTrue();
            assertThat(intake.telemetry.sum(Metric.QUARANTINE_ACCEPTED)).isEqualTo(1);
            assertThat(intake.telemetry.sum(Metric.POSTS_ACCEPTED)).isZero();
            assertThat(intake.telemetry.refusals(RefusalReason.UNKNOWN_ROOT)).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseWhatCouldNotBeKept() {
        try (EmbeddedIntake intake = accepting()) {
            intake.send(post(UNKNOWN));
            intake.bodies.settle(false);
            intake.channel.runPendingTasks();
            intake.bodies.fill();
            intake.send(post("not XML"));

            assertThat(intake.statuses()).containsExactly(422, 400);
            assertThat(intake.telemetry.sum(Metric.QUARANTINE_ACCEPTED)).isZero();
            assertThat(intake.telemetry.refusals(RefusalReason.UNKNOWN_ROOT)).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseAttacksAllTheSame() {
        try (EmbeddedIntake intake = accepting()) {
            intake.send(post("<!DOCTYPE a><a/>"));

            assertThat(intake.statuses()).containsExactly(400);
            assertThat(intake.isOpen()).isFalse();
            assertThat(intake.bodies.count()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotReadOnWhileTheBodyIsKept() {
        try (EmbeddedIntake intake = accepting()) {
            intake.send(post(UNKNOWN) + postOf("1") + post("<Diags/>"));
            assertThat(intake.channel.config().isAutoRead()).isFalse();
            assertThat(intake.ring.published()).isZero();

            intake.bodies.settle(true);
            intake.channel.runPendingTasks();
            intake.settle();
            intake.bodies.settle(true);
            intake.channel.runPendingTasks();
            assertThat(intake.statuses()).containsExactly(200, 200, 200);
            assertThat(intake.ring.published()).isEqualTo(1);
            assertThat(intake.channel.config().isAutoRead()).isTrue();
        }
    }

    @Test
    void shouldRefuseWhenKeepingTakesTooLong() {
        try (EmbeddedIntake intake = accepting()) {
            intake.send(post(UNKNOWN)).pass(4_999);
            assertThat(intake.answers()).isEmpty();

            intake.pass(2);
            assertThat(intake.statuses()).containsExactly(422);
            assertThat(intake.isOpen()).isTrue();
        }
    }

    @Test
    void shouldNotTakeALateOutcomeForThatOfTheNextPost() {
        try (EmbeddedIntake intake = accepting()) {
            intake.send(post(UNKNOWN)).pass(5_001);
            FakeKeeper late = new FakeKeeper();
            intake.bodies.moveOutcomesTo(late);
            intake.send(post("<Diags/>"));
            late.settle(true);
            intake.channel.runPendingTasks();
            assertThat(intake.statuses()).as("the first one's").containsExactly(422);

            intake.bodies.settle(false);
            intake.channel.runPendingTasks();
            assertThat(intake.statuses()).containsExactly(422, 422);
        }
    }

    @Test
    void shouldAnswerAPeerThatHasEndedItsInput() {
        try (EmbeddedIntake intake = accepting()) {
            intake.send(post(UNKNOWN)).endInput();
            intake.bodies.settle(true);
            intake.channel.runPendingTasks();

            assertThat(intake.statuses()).containsExactly(200);
            assertThat(intake.answers()).contains("Connection: close\r\n");
            assertThat(intake.isOpen()).isFalse();
        }
    }

    @Test
    void shouldForgetAPeerThatHasGone() {
        try (EmbeddedIntake intake = accepting()) {
            intake.send(post(UNKNOWN));
            intake.channel.close();
            intake.bodies.settle(true);
            intake.channel.runPendingTasks();

            assertThat(intake.telemetry.sum(Metric.POSTS_UNANSWERED)).isEqualTo(1);
            assertThat(intake.telemetry.sum(Metric.QUARANTINE_ACCEPTED)).isZero();
            assertThat(intake.telemetry.sum(Metric.CONNECTIONS_FAULTED)).isZero();
        }
    }

    @Test
    void shouldBeAwaitedWhenDraining() {
        try (EmbeddedIntake intake = accepting()) {
            intake.send(post(UNKNOWN));
            intake.loop.drain();
            assertThat(intake.loop.busy()).isEqualTo(1);

            intake.bodies.settle(true);
            intake.channel.runPendingTasks();
            assertThat(intake.statuses()).containsExactly(200);
            assertThat(intake.answers()).contains("Connection: close\r\n");
            assertThat(intake.loop.busy()).isZero();
        }
    }
}

package io.headcount.http;

import static io.headcount.http.Requests.DOCUMENT;
import static io.headcount.http.Requests.post;
import static io.headcount.http.Requests.postOf;
import static io.headcount.http.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.model.RefusalReason;
import io.headcount.telemetry.Metric;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the last byte of a post to its answer: the ring, the waiting room, peers that go. */
final class SettlementTest {
    private final EmbeddedIntake intake = new EmbeddedIntake();

    @AfterEach
    void close() {
        intake.close();
    }

    @Test
    void shouldAnswerOnlyAfterPostIsDurable() {
        intake.send(postOf("1"));
        assertThat(intake.answers()).isEmpty();

        intake.settle();
        assertThat(intake.answers()).endsWith("\r\n\r\n{\"code\":0,\"msg\":\"success\"}");
        assertThat(intake.telemetry.sum(Metric.POSTS_ACCEPTED)).isEqualTo(1);
    }

    @Test
    void shouldAnswer503AndCloseWhenPipelineHasFailed() {
        intake.send(postOf("1"));
        intake.ring.settle(false);
        intake.channel.runPendingTasks();

        assertThat(intake.statuses()).containsExactly(503);
        assertThat(intake.answers()).contains("Retry-After: ");
        assertThat(intake.isOpen()).isFalse();
    }

    @Test
    void shouldAnswerPipelinedPostsInOrder() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            all.append(i % 3 == 2 ? post("<Unknown/>") : postOf(String.valueOf(i)));
        }
        intake.send(all.toString()).settle();

        assertThat(intake.statuses()).hasSize(300).startsWith(200, 200, 422, 200, 200, 422);
        assertThat(intake.ring.published()).isEqualTo(200);
    }

    @Test
    void shouldRefuseOneRequestInATurnOfTheEventLoop() {
        intake.channel
                .pipeline()
                .fireChannelRead(EmbeddedIntake.bytes(post("<Unknown/>").repeat(3) + postOf("1")));
        assertThat(intake.telemetry.refusals(RefusalReason.UNKNOWN_ROOT)).isEqualTo(1);
        assertThat(intake.channel.config().isAutoRead()).isFalse();

        intake.channel.runPendingTasks();
        intake.settle();
        assertThat(intake.statuses()).containsExactly(422, 422, 422, 200);
        assertThat(intake.channel.config().isAutoRead()).isTrue();
    }

    @Test
    void shouldNotReadOnWhilePostIsSettled() {
        intake.send(postOf("1"));
        assertThat(intake.channel.config().isAutoRead())
                .as("nothing came behind it")
                .isTrue();

        intake.send("P");
        assertThat(intake.channel.config().isAutoRead()).isFalse();

        intake.settle();
        assertThat(intake.channel.config().isAutoRead()).isTrue();
    }

    @Test
    void shouldAnswerPostsThatWereHeldWhenInputEnded() {
        intake.send(postOf("1") + postOf("2")).endInput().settle();

        assertThat(intake.statuses()).containsExactly(200, 200);
        assertThat(intake.isOpen()).isFalse();
    }

    @Test
    void shouldAnswerPostWhosePeerHasEndedItsInput() {
        intake.send(postOf("1")).endInput().settle();

        assertThat(intake.statuses()).containsExactly(200);
        assertThat(intake.answers()).contains("Connection: close");
        assertThat(intake.isOpen()).isFalse();
    }

    @Test
    void shouldNotPublishPostThatIsCutOffAtAnyByte() {
        String post = postOf("1");
        for (int length = 0; length < post.length(); length++) {
            try (EmbeddedIntake cut = new EmbeddedIntake()) {
                cut.send(post.substring(0, length)).endInput().settle();

                assertThat(cut.answers()).as("after %d bytes", length).isEmpty();
                assertThat(cut.isOpen()).isFalse();
                assertThat(cut.ring.published()).isZero();
                long expected = length >= post.indexOf('<') ? 1 : 0;
                assertThat(cut.telemetry.sum(Metric.POSTS_CUT_OFF)).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldNotPublishChunkedPostWithoutItsLastChunk() {
        intake.send(Requests.chunked(Requests.chunk(DOCUMENT))).endInput();

        assertThat(intake.answers()).isEmpty();
        assertThat(intake.ring.published()).isZero();
        assertThat(intake.telemetry.sum(Metric.POSTS_CUT_OFF)).isEqualTo(1);
    }

    @Test
    void shouldCountConnectionThatIsClosedInTheMiddleOfItsPost() {
        intake.send(postOf("1").substring(0, 90));
        intake.channel.close();

        assertThat(intake.telemetry.sum(Metric.POSTS_CUT_OFF)).isEqualTo(1);
        assertThat(intake.loop.exchanges().free()).isEqualTo(1);
    }

    @Test
    void shouldTakeExchangeBackOnceWhenPeerHasGone() {
        intake.send(postOf("1"));
        intake.channel.close();
        assertThat(intake.loop.exchanges().free()).as("still the pipeline's").isZero();

        intake.settle();
        assertThat(intake.loop.exchanges().free()).isEqualTo(1);
        assertThat(intake.telemetry.sum(Metric.POSTS_UNANSWERED)).isEqualTo(1);
        assertThat(intake.telemetry.sum(Metric.POSTS_ACCEPTED)).isZero();
    }

    @Test
    void shouldHoldNoExchangeWhileIdle() {
        intake.send(postOf("1")).settle().send(post("<Unknown/>")).send(with("Content-Encoding: br\r\n"));

        assertThat(intake.statuses()).containsExactly(200, 422, 415);
        assertThat(intake.loop.exchanges().free()).isEqualTo(1);
    }

    @Test
    void shouldPublishWaitingPostWhenRingHasRoomAgain() {
        intake.ring.room(0);
        intake.send(postOf("1"));
        assertThat(intake.telemetry.sum(Metric.POSTS_WAITED)).isEqualTo(1);
        assertThat(intake.loop.waitingRoom().size()).isEqualTo(1);

        intake.ring.room(1);
        intake.pass(5).settle();
        assertThat(intake.statuses()).containsExactly(200);
        assertThat(intake.loop.waitingRoom().size()).isZero();
    }

    @Test
    void shouldRefuseWaitingPostWhenPatienceEnds() {
        intake.ring.room(0);
        intake.send(postOf("1")).pass(4_999);
        assertThat(intake.answers()).isEmpty();

        intake.pass(6);
        assertThat(intake.statuses()).containsExactly(503);
        assertThat(intake.answers()).containsPattern("Retry-After: ([1-9]|10)\r\n");
        assertThat(intake.isOpen()).isTrue();
        assertThat(intake.telemetry.refusals(RefusalReason.OVERLOAD)).isEqualTo(1);
        assertThat(intake.loop.exchanges().free()).isEqualTo(1);
    }

    @Test
    void shouldServeConnectionAfterOverload() {
        intake.ring.room(0);
        intake.send(postOf("1") + postOf("2")).pass(5_005);
        intake.ring.room(1);
        intake.pass(5).settle();

        assertThat(intake.statuses()).containsExactly(503, 200);
    }

    @Test
    void shouldAnswer503WhenPostIsNotSettledInTime() {
        intake.send(postOf("1")).pass(29_999);
        assertThat(intake.answers()).isEmpty();

        intake.pass(1);
        assertThat(intake.statuses()).containsExactly(503);
        assertThat(intake.answers()).containsPattern("Retry-After: ([1-9]|10)\r\n");
        assertThat(intake.isOpen()).isTrue();
        assertThat(intake.telemetry.refusals(RefusalReason.STALLED)).isEqualTo(1);
        assertThat(intake.loop.exchanges().free()).as("still the pipeline's").isZero();
    }

    @Test
    void shouldAnswerNobodyWhenPostIsSettledTooLate() {
        intake.send(postOf("1")).pass(30_000).send(postOf("2"));
        assertThat(intake.ring.published()).isEqualTo(2);

        intake.settle();
        assertThat(intake.statuses()).containsExactly(503, 200);
        assertThat(intake.telemetry.sum(Metric.POSTS_ACCEPTED)).isEqualTo(1);
        assertThat(intake.loop.exchanges().free()).isEqualTo(2);
    }

    @Test
    void shouldReadOnBehindPostThatWasNotSettledInTime() {
        intake.send(postOf("1") + postOf("2")).pass(30_000).settle();

        assertThat(intake.statuses()).containsExactly(503, 200);
    }

    @Test
    void shouldCloseBehindPostThatWasNotSettledInTimeWhenInputHasEnded() {
        intake.send(postOf("1")).endInput().pass(30_000);

        assertThat(intake.statuses()).containsExactly(503);
        assertThat(intake.isOpen()).isFalse();
        intake.settle();
        assertThat(intake.loop.exchanges().free()).isEqualTo(1);
    }

    @Test
    void shouldForgetWaitingPostWhosePeerHasGone() {
        intake.ring.room(0);
        intake.send(postOf("1"));
        intake.channel.close();

        assertThat(intake.loop.waitingRoom().size()).isZero();
        assertThat(intake.loop.exchanges().free()).isEqualTo(1);
        assertThat(intake.telemetry.sum(Metric.POSTS_UNANSWERED)).isEqualTo(1);
    }

    @Test
    void shouldSpreadRetryAfter() {
        intake.closedFor = RefusalReason.LOW_DISK;
        for (int i = 0; i < 200; i++) {
            intake.send(postOf("1"));
        }

        assertThat(intake.answers()
                        .lines()
                        .filter(line -> line.startsWith("Retry-After: "))
                        .distinct())
                .hasSize(10);
    }

    @Test
    void shouldReuseExchanges() {
        for (int i = 0; i < 50; i++) {
            intake.send(postOf("1")).settle();
        }

        assertThat(intake.loop.exchanges().free()).isEqualTo(1);
    }
}

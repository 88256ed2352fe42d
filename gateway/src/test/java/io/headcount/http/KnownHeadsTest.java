package io.headcount.http;

import static io.headcount.http.Requests.post;
import static io.headcount.http.Requests.postOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.model.RefusalReason;
import io.headcount.telemetry.Metric;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A head that comes again is not decoded again, and nobody can tell from the answers. */
final class KnownHeadsTest {
    private static final String END_OF_HEAD = "\r\n\r\n";
    /** What a byte is replaced by. */
    private static final List<String> ODD_BYTES = List.of("\r", "\n", " ", "\0", ":", "0", "9", "a", "\u0080");

    /** What can be seen of a connection from outside. */
    private record Outcome(List<String> published, List<Integer> statuses, boolean open) {}

    // what is not decoded again

    private final KnownHeads heads = new KnownHeads();

    private EmbeddedChannel connection() {
        return new EmbeddedChannel(new StrictRequestDecoder(new HttpSettings().config(), heads, () -> {}));
    }

    private static List<HttpRequest> requests(EmbeddedChannel connection, String text) {
        connection.writeInbound(EmbeddedIntake.bytes(text));
        List<HttpRequest> requests = new ArrayList<>();
        for (Object message = connection.readInbound(); message != null; message = connection.readInbound()) {
            if (message instanceof HttpRequest request) {
                requests.add(request);
            }
            if (message instanceof HttpContent content) {
                content.release();
            }
        }
        return requests;
    }

    private static String postWith(String headerLine) {
        return postOf("1").replaceFirst(END_OF_HEAD, "\r\n" + headerLine + END_OF_HEAD);
    }

    @Test
    void shouldTakeAHeadThatComesAgainForTheSame() {
        EmbeddedChannel connection = connection();

        HttpRequest first = requests(connection, postOf("1")).get(0);
        List<HttpRequest> next = requests(connection, postOf("2") + postOf("3"));

        assertThat(next).hasSize(2).allMatch(request -> request == first);
        assertThat(connection.finish()).isFalse();
    }

    @Test
    void shouldTakeALengthOfAsManyDigitsForTheSame() {
        EmbeddedChannel connection = connection();

        HttpRequest first = requests(connection, postOf("device-1")).get(0);

        assertThat(requests(connection, postOf("device-22"))).first().isSameAs(first);
        assertThat(requests(connection, post("<x/>"))).first().isNotSameAs(first);
        assertThat(connection.finish()).isFalse();
    }

    @Test
    void shouldShareHeadsAmongTheConnectionsOfAnEventLoop() {
        HttpRequest first = requests(connection(), postOf("1")).get(0);

        assertThat(requests(connection(), postOf("2"))).first().isSameAs(first);
    }

    @Test
    void shouldRememberItsOwnHeadWhenOthersSendManyDifferentOnes() {
        EmbeddedChannel connection = connection();
        HttpRequest first = requests(connection, postOf("1")).get(0);

        for (int i = 0; i < 100; i++) {
            requests(connection(), postWith("X-Camera: " + i));
        }

        assertThat(requests(connection, postOf("2"))).first().isSameAs(first);
        assertThat(requests(connection(), postOf("3"))).first().isNotSameAs(first);
    }

    @Test
    void shouldDecodeLongHeadsEachTime() {
        for (String filler : List.of("X-Filler: " + "x".repeat(1024), "A: b" + "\r\nA: b".repeat(16))) {
            EmbeddedChannel connection = connection();
            HttpRequest first = requests(connection, postWith(filler)).get(0);

            assertThat(requests(connection, postWith(filler))).first().isNotSameAs(first);
        }
    }

    @Test
    void shouldNotRememberAHeadThatIsRefusedForItsLength() {
        int most = new HttpSettings().maxBodyBytes;
        String atTheLimit = post(" ".repeat(most));
        HttpRequest beyond = requests(connection(), post(" ".repeat(most + 1))).get(0);

        assertThat(requests(connection(), atTheLimit)).first().isNotSameAs(beyond);
        assertThat(requests(connection(), post("").replace("Length: 0", "Length: 0000")))
                .hasSize(1);
        assertThat(requests(connection(), atTheLimit)).first().isNotSameAs(beyond);
    }

    @Test
    void shouldHandOutABodyThatComesInPieces() {
        EmbeddedChannel connection = connection();
        requests(connection, postOf("1"));
        String second = postOf("2");
        int cut = second.indexOf(END_OF_HEAD) + 10;

        connection.writeInbound(EmbeddedIntake.bytes(second.substring(0, cut)));
        connection.writeInbound(EmbeddedIntake.bytes(second.substring(cut)));

        StringBuilder body = new StringBuilder();
        for (Object message = connection.readInbound(); message != null; message = connection.readInbound()) {
            if (message instanceof HttpContent content) {
                body.append(content.content().toString(StandardCharsets.ISO_8859_1));
                content.release();
            }
        }
        assertThat(body).hasToString(second.substring(second.indexOf(END_OF_HEAD) + END_OF_HEAD.length()));
    }

    // what nobody can tell

    /** A good post, then another one: first in one piece, so that the second may go past the decoder, then byte by byte. */
    private static void assertSameAsDecoded(String second) {
        Outcome known;
        Outcome decoded;
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(postOf("1")).settle().send(second + postOf("3"));
            known = outcome(intake);
        }
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.drip(postOf("1")).settle().drip(second + postOf("3"));
            decoded = outcome(intake);
        }
        assertThat(known).as(second.replace("\r", "\\r").replace("\n", "\\n")).isEqualTo(decoded);
    }

    private static Outcome outcome(EmbeddedIntake intake) {
        List<String> published = new ArrayList<>();
        intake.channel.runPendingTasks();
        while (!intake.ring.devices().isEmpty()) {
            published.addAll(intake.ring.devices());
            intake.ring.settle(true);
            intake.channel.runPendingTasks();
        }
        return new Outcome(published, intake.statuses(), intake.isOpen());
    }

    @Test
    void shouldAnswerWhateverResemblesAKnownHeadAsIfItWereDecoded() {
        String good = postOf("2");
        for (int at = 0; at < good.indexOf(END_OF_HEAD) + END_OF_HEAD.length(); at++) {
            assertSameAsDecoded(good.substring(0, at) + good.substring(at + 1));
            assertSameAsDecoded(good.substring(0, at) + "0" + good.substring(at));
            for (String odd : ODD_BYTES) {
                assertSameAsDecoded(good.substring(0, at) + odd + good.substring(at + 1));
            }
        }
    }

    @Test
    void shouldRefuseABodyThatIsTooLongByItsKnownHead() {
        HttpSettings settings = new HttpSettings();
        settings.maxBodyBytes = 1024;
        String document = Requests.DOCUMENT + " ".repeat(1024 - Requests.DOCUMENT.length());
        try (EmbeddedIntake intake = new EmbeddedIntake(settings)) {
            intake.send(post(document)).settle();
            String tooLong = post(document + " ");
            intake.send(tooLong.substring(0, tooLong.indexOf(END_OF_HEAD) + END_OF_HEAD.length()));

            assertThat(intake.statuses()).containsExactly(200, 413);
            assertThat(intake.isOpen()).isFalse();
        }
    }

    @Test
    void shouldAskEachTimeWhetherPostsAreTaken() {
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(postOf("1")).settle();
            intake.closedFor = RefusalReason.LOW_DISK;
            intake.send(postOf("2")).settle();
            intake.closedFor = null;
            intake.send(postOf("3")).settle();

            assertThat(intake.statuses()).containsExactly(200, 503, 200);
        }
    }

    @Test
    void shouldRememberThatAHeadIsRefused() {
        HttpSettings settings = new HttpSettings();
        settings.paths = List.of("/elsewhere");
        try (EmbeddedIntake intake = new EmbeddedIntake(settings)) {
            intake.send(postOf("1")).settle().send(postOf("2")).settle();

            assertThat(intake.statuses()).containsExactly(404, 404);
        }
    }

    @Test
    void shouldCountABodyThatIsCutOffBehindAKnownHead() {
        String post = postOf("2");
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(postOf("1")).settle();
            intake.send(post.substring(0, post.length() - 1)).endInput();

            assertThat(intake.statuses()).containsExactly(200);
            assertThat(intake.isOpen()).isFalse();
            assertThat(intake.telemetry.sum(Metric.POSTS_CUT_OFF)).isEqualTo(1);
        }
    }

    @Test
    void shouldEndAConnectionWhoseBodyDoesNotComeBehindAKnownHead() {
        String post = postOf("2");
        try (EmbeddedIntake intake = new EmbeddedIntake()) {
            intake.send(postOf("1")).settle();
            intake.send(post.substring(0, post.length() - 1)).pass(20_000);

            assertThat(intake.statuses()).containsExactly(200, 408);
        }
    }

    @Test
    void shouldNotMatchBeforeAllOfAHeadIsThere() {
        String text = postOf("1");
        int length = text.indexOf(END_OF_HEAD) + END_OF_HEAD.length();
        EmbeddedChannel connection = connection();
        HttpRequest first = requests(connection, text).get(0);
        ByteBuf bytes = EmbeddedIntake.bytes(text);
        KnownHead head = KnownHead.of(bytes, 0, length, new RequestHead(first));

        for (int there = 0; there < length; there++) {
            assertThat(head.match(Unpooled.wrappedBuffer(bytes.array(), 0, there)))
                    .isEqualTo(KnownHead.OTHER);
        }
        assertThat(head.match(bytes)).isEqualTo(text.length() - length);
    }
}

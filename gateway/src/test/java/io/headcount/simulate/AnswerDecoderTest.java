package io.headcount.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.simulate.AnswerDecoder.Progress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerDecoderTest {
    private static final String ACCEPTED =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 28\r\n\r\n{\"code\":0,\"msg\":\"success\"}\r\n";
    private static final String OVERLOADED =
            "HTTP/1.1 503 Overloaded\r\nretry-after: 7\r\nconnection: Close\r\ncontent-length: 0\r\n\r\n";
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nabcde\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nT: x\r\n\r\n";
    private static final String OLD = "HTTP/1.0 200 OK\r\n\r\nto the end";

    private final AnswerDecoder decoder = new AnswerDecoder();

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private String outcome(Progress progress) {
        return progress + " " + decoder.status() + " " + (decoder.keptAlive() ? "kept " : "closed ")
                + decoder.retryAfterSec();
    }

    private String read(String text) {
        return outcome(decoder.feed(bytes(text)));
    }

    @Test
    void shouldReadAnswersOfEveryKind() {
        assertThat(read(ACCEPTED)).isEqualTo("COMPLETE 200 kept 0");
        decoder.begin();
        assertThat(read(OVERLOADED)).isEqualTo("COMPLETE 503 closed 7");
        decoder.begin();
        assertThat(read(CONTINUE + CHUNKED)).isEqualTo("COMPLETE 200 kept 0");
        decoder.begin();
        assertThat(read("HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo("COMPLETE 204 kept 0");
        decoder.begin();
        assertThat(read(OLD)).isEqualTo("INCOMPLETE 200 closed 0");
        assertThat(decoder.end()).isEqualTo(Progress.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {ACCEPTED, OVERLOADED, CHUNKED})
    void shouldReadAnAnswerSplitAtEveryByte(String answer) {
        String whole = read(answer);
        for (int split = 1; split < answer.length(); split++) {
            decoder.begin();
            assertThat(decoder.feed(bytes(answer.substring(0, split)))).isEqualTo(Progress.INCOMPLETE);
            assertThat(read(answer.substring(split))).as("split at %d", split).isEqualTo(whole);
        }
    }

    @Test
    void shouldLeaveWhatStandsBehindAnAnswer() {
        ByteBuf two = bytes(ACCEPTED + OVERLOADED);
        assertThat(outcome(decoder.feed(two))).isEqualTo("COMPLETE 200 kept 0");
        decoder.begin();
        assertThat(outcome(decoder.feed(two))).isEqualTo("COMPLETE 503 closed 7");
        assertThat(two.isReadable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH",
                "HTTP/1.1 2x0 OK\r\n",
                "HTTP/1.1\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void shouldRefuseWhatIsNoAnswer(String text) {
        assertThat(decoder.feed(bytes(text))).isEqualTo(Progress.MALFORMED);
    }

    @Test
    void shouldNotReadAHeadWithoutEnd() {
        assertThat(decoder.feed(bytes("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(4_000))))
                .isEqualTo(Progress.MALFORMED);
    }

    @Test
    void shouldNotTakeACutOffAnswerForOne() {
        decoder.feed(bytes(ACCEPTED.substring(0, ACCEPTED.length() - 1)));
        assertThat(decoder.end()).isEqualTo(Progress.INCOMPLETE);
    }
}

package io.headcount.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final String BUSY = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n";

    private final Answers answers = new Answers();

    private int status(String bytes) {
        return answers.status(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void shouldTellAnAnswersEndHoweverItIsCut() {
        for (int round = 0; round < 2; round++) {
            for (String answer : new String[] {OK, BUSY}) {
                for (int length = 0; length < answer.length(); length++) {
                    assertThat(status(answer.substring(0, length))).as(answer).isEqualTo(Answers.INCOMPLETE);
                }
            }
            assertThat(status(OK)).isEqualTo(200);
            assertThat(status(BUSY)).isEqualTo(503);
        }
    }

    @Test
    void shouldNotTakeAnythingElseForAnAnswer() {
        assertThat(status("SSH-2.0-OpenSSH_9.2\r\n")).isEqualTo(Answers.GARBAGE);
        assertThat(status(OK + "x")).isEqualTo(Answers.GARBAGE);
    }
}

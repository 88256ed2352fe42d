package io.headcount.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.ConfigException;
import io.headcount.config.ConfigLoader;
import io.headcount.model.Post;
import io.headcount.telemetry.Telemetry;
import io.headcount.xml.ParseStatus;
import io.headcount.xml.PostParser;
import io.headcount.xml.XmlReaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The load's posts, as the gateway's parser reads them. */
class PostBytesTest {
    private static final Instant NOW = Instant.parse("2022-11-07T00:30:00Z");

    private final Post post = new Post();

    private void read(PostBytes posts) throws ConfigException {
        ByteBuffer request = ByteBuffer.allocate(posts.length());
        posts.next(request);
        String text = new String(request.array(), StandardCharsets.US_ASCII);
        byte[] body = text.substring(text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.US_ASCII);
        assertThat(text).contains("Content-Length: " + body.length + "\r\n");
        PostParser parser = new PostParser(
                new XmlReaders(),
                new ConfigLoader().load(null, List.of()).gateway().xml(),
                new Telemetry());
        parser.begin(post);
        parser.feed(body, 0, body.length);
        assertThat(parser.finish(NOW.toEpochMilli())).isEqualTo(ParseStatus.ACCEPTED);
    }

    private String row(int row) {
        return post.deviceId() + " " + post.rows().start(row) + " "
                + post.rows().objectType(row) + " " + post.rows().value(row, 0);
    }

    @Test
    void shouldBeNewVersionsOfRowsWithoutFlags() throws ConfigException {
        PostBytes posts = new PostBytes(2, 1, true, false, NOW);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 2 * 110 * 3; i++) {
            read(posts);
            assertThat(post.rows().size()).isEqualTo(posts.rows()).isEqualTo(3);
            for (int row = 0; row < 3; row++) {
                boolean children = post.rows().objectType(row) == 2;
                assertThat(post.rows().flags(row)).as(row(row)).isZero();
                assertThat(post.rows().start(row)).isBetween(NOW.getEpochSecond() - 7200, NOW.getEpochSecond() - 60);
                assertThat(seen.add(row(row))).as(row(row)).isEqualTo(!children || i < 2 * 110);
            }
        }
    }

    @Test
    void shouldHaveHeadsOfTheirOwn() {
        PostBytes posts = new PostBytes(1, 1, true, true, NOW);
        Set<String> heads = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            ByteBuffer request = ByteBuffer.allocate(posts.length());
            posts.next(request);
            String text = new String(request.array(), StandardCharsets.US_ASCII);
            assertThat(heads.add(text.substring(0, text.indexOf("\r\n\r\n")))).isTrue();
        }
    }

    @Test
    void shouldHoldSeveralMinutesOverMidnight() throws ConfigException {
        PostBytes posts = new PostBytes(1, 60, true, false, NOW);
        read(posts);

        assertThat(post.rows().size()).isEqualTo(posts.rows()).isEqualTo(180);
        assertThat(post.rows().start(179) - post.rows().start(0)).isEqualTo(59 * 60);
        for (int row = 0; row < 180; row++) {
            assertThat(post.rows().flags(row)).isZero();
        }
    }
}

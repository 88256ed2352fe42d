package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

final class ChunkSizesTest {
    private static final String BODY =
            "0a;x=1\r\n0123456789\r\n1\r\n\n\r\nFf\r\n" + "f".repeat(255) + "\r\n0\r\n9: 9\r\n\r\n";

    private final ChunkSizes sizes = new ChunkSizes();

    @Test
    void shouldSumUpWhatSizeLinesAnnounceHoweverTheyAreCut() {
        ByteBuf bytes = EmbeddedIntake.bytes(BODY);
        for (int cut = 0; cut <= BODY.length(); cut++) {
            sizes.begin();
            sizes.follow(bytes, 0, cut);

            assertThat(sizes.follow(bytes, cut, BODY.length() - cut)).isEqualTo(10 + 1 + 255);
        }
    }

    @Test
    void shouldKnowASizeBeforeItsChunk() {
        ByteBuf bytes = EmbeddedIntake.bytes("7fffffff\r\n");
        sizes.begin();

        assertThat(sizes.follow(bytes, 0, 9)).isZero();
        assertThat(sizes.follow(bytes, 9, 1)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldForgetTheBodyBefore() {
        ByteBuf bytes = EmbeddedIntake.bytes("5\r\nab");
        sizes.begin();
        sizes.follow(bytes, 0, 5);
        sizes.begin();

        assertThat(sizes.follow(bytes, 0, 5)).isEqualTo(5);
    }
}

package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose standard error is a pipe that nobody reads: intake must not wait for who takes the log. */
@Timeout(120)
final class UnheardLogIT {
    private static final int REFUSALS = 2_000; // more than a pipe and the queue in front of it hold
    private static final byte[] UNKNOWN = "<Unknown/>".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path dir;

    @Test
    void shouldTakePostsWhenNobodyReadsItsLog() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.startUnheard(dir, "log.max-lines-per-second=100000");
                PostClient camera = new PostClient(gateway.httpPort())) {
            for (int i = 0; i < REFUSALS; i++) {
                assertThat(camera.post(UNKNOWN).status()).isEqualTo(422);
            }
            byte[] post = CameraFleet.posts(1, 1, Instant.now().getEpochSecond())
                    .get(0)
                    .document();
            assertThat(camera.post(post).status()).isEqualTo(200);
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
    }
}

package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Killed and started again under the same process id, 1, as a container's gateway always is: a lock that holds the id of a dead
 * process must not be waited for.
 */
class ProcessOneIT {
    private static final int LIVES = 3;

    @TempDir
    private Path dir;

    @Test
    void shouldWriteAgainInEveryLife() throws Exception {
        assumeTrue(GatewayProcess.canStartAsProcessOne(), "needs root and unshare");
        List<CameraPost> posts = CameraFleet.posts(1, LIVES, Instant.now().getEpochSecond());
        for (CameraPost post : posts) {
            try (GatewayProcess gateway = GatewayProcess.startAsProcessOne(dir);
                    PostClient camera = new PostClient(gateway.httpPort())) {
                assertThat(camera.post(post.document()).status()).isEqualTo(200);
                gateway.kill();
            }
        }
        assertThat(GatewayProcess.run(
                                "verify", "--journal", dir.resolve("journal").toString())
                        .lines())
                .anyMatch(line ->
                        line.endsWith(LIVES + " records, sequence 1 to " + LIVES + ", 0 of a newer version, 0 faults"));
    }
}

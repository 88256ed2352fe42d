package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slow peers of every kind beside good posts, in short; {@link SlowSwarm} is the long form, with its latencies. */
class SlowSwarmIT {
    private static final int EACH = 20;
    private static final int CAMERAS = 20;
    private static final int POSTS_PER_SEC = 100;
    private static final int SECONDS = 6;
    private static final long LONGEST_END_MS = 60_000;

    @TempDir
    private Path dir;

    @Test
    void shouldServeGoodPostsWhileEverySlowPeerIsSentAway() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(
                        dir, "http.header-timeout=1 s", "http.body-timeout=2 s", "http.reply-timeout=1 s");
                SteadyCameras cameras = new SteadyCameras(gateway.httpPort(), CAMERAS, POSTS_PER_SEC);
                SlowPeers attackers =
                        new SlowPeers(SlowKind.all(gateway.httpPort(), 1_000, 2_000, 1_000, 100), EACH, 1_000, 0)) {
            cameras.start();
            attackers.start();
            TimeUnit.SECONDS.sleep(SECONDS);
            List<SlowPeers.Fate> fates = attackers.stop(LONGEST_END_MS);
            cameras.stop(LONGEST_END_MS);

            assertThat(fates).allSatisfy(fate -> {
                assertThat(fate.gone()).as(fate.kind().name()).isEqualTo(fate.opened());
                assertThat(fate.opened()).as(fate.kind().name()).isGreaterThan(EACH);
            });
            assertThat(cameras.refused()).isZero();
            assertThat(cameras.unanswered()).isZero();
            assertThat(cameras.accepted()).isPositive();
            await().until(() -> GatewayVitals.metric(gateway, "headcount_connections_open") == CAMERAS);
        }
    }
}

package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More large posts at once than a small heap can hold, of which so far all but the end has come. */
@Timeout(120)
final class OutOfMemoryIT {
    private static final List<String> SMALL_HEAP = List.of("-Xmx64m");
    private static final int LARGE_POSTS = 96;
    private static final int ROWS = 5_000;
    private static final String END = "</Object></Report></ReportData></Metrics>";

    @TempDir
    private Path dir;

    private final List<PostClient> large = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (PostClient client : large) {
            client.close();
        }
    }

    private static byte[] allButTheEnd() {
        long start = Instant.now().getEpochSecond() / 60 * 60 - 60;
        StringBuilder document = new StringBuilder("<Metrics DeviceId=\"backlog\"><Properties><TransmitTime>");
        document.append(start + 60).append("</TransmitTime></Properties><ReportData Interval=\"1\"><Report><Object>");
        for (int row = 0; row < ROWS; row++) {
            document.append("<Count UnixStartTime=\"")
                    .append(start - row * 60L)
                    .append("\" Enters=\"1\" Exits=\"1\"/>");
        }
        String head =
                "POST / HTTP/1.1\r\nHost: g\r\nContent-Length: " + (document.length() + END.length()) + "\r\n\r\n";
        return (head + document).getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns when all have been sent, or the gateway has gone. */
    private void sendLargePosts(int port) {
        byte[] bytes = allButTheEnd();
        try {
            for (int i = 0; i < LARGE_POSTS; i++) {
                PostClient client = new PostClient(port);
                large.add(client);
                client.send(bytes);
            }
        } catch (IOException gatewayIsGone) {
            // as some of it should be
        }
    }

    @Test
    void shouldEndAndKeepWhatItAcknowledgedWhenMemoryRunsOut() throws Exception {
        BusyCameras cameras = new BusyCameras(8, 0);
        try (GatewayProcess gateway = GatewayProcess.startWithOptions(SMALL_HEAP, dir, "http.max-post-memory=1 GiB")) {
            cameras.start(gateway.httpPort());
            await().until(() -> cameras.answers() > 0);
            sendLargePosts(gateway.httpPort());

            assertThat(gateway.awaitExit()).isEqualTo(1);
            cameras.stop();
            assertThat(gateway.log())
                    .containsOnlyOnce("headcount: memory has run out: nothing is acknowledged any more");
        }
        JournalOracle outcome = JournalOracle.compare(dir.resolve("journal"), cameras);
        assertThat(outcome.acknowledged()).isPositive();
        assertThat(outcome.lost()).as("%s", outcome).isZero();
        assertThat(outcome.phantoms()).as("%s", outcome).isZero();
    }

    @Test
    void shouldRefuseSomeOfThemAndTakeEverydayPostsMeanwhile() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.startWithOptions(SMALL_HEAP, dir);
                PostClient camera = new PostClient(gateway.httpPort())) {
            sendLargePosts(gateway.httpPort());
            byte[] everyday = CameraFleet.posts(1, 1, Instant.now().getEpochSecond())
                    .get(0)
                    .document();
            assertThat(camera.post(everyday).status()).isEqualTo(200);

            Set<Integer> statuses = new HashSet<>();
            for (PostClient client : large) {
                client.send(END.getBytes(StandardCharsets.US_ASCII));
                statuses.add(client.answer().status());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 503);
            assertThat(large).hasSize(LARGE_POSTS);
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
    }
}

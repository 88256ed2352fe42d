package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More connections than the process may open files. */
class OpenFilesIT {
    private static final int MOST_FILES = 200;
    private static final int CONNECTIONS = 300;

    @TempDir
    private Path dir;

    private final List<PostClient> cameras = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (PostClient camera : cameras) {
            camera.close();
        }
    }

    private static byte[] post(int camera) {
        long now = Instant.now().getEpochSecond();
        return new CameraPost(camera, now / 60 * 60 - 60, now, 1, 0).document();
    }

    /** 200, or 0 when the connection has been turned away. */
    private int post(PostClient client, int camera) throws IOException {
        try {
            return client.post(post(camera)).status();
        } catch (EOFException | SocketException turnedAway) {
            return 0;
        }
    }

    @Test
    void shouldServeAsManyConnectionsAsFilesMayBeOpen() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.startWithLimit(dir, "-n " + MOST_FILES)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                cameras.add(new PostClient(gateway.httpPort()));
            }
            List<Integer> first = new ArrayList<>();
            List<Integer> second = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                first.add(post(cameras.get(i), i));
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                second.add(post(cameras.get(i), CONNECTIONS + i));
            }

            assertThat(first)
                    .startsWith(200, 200, 200, 200, 200, 200, 200, 200)
                    .endsWith(0)
                    .containsOnly(200, 0);
            assertThat(second).as("those who were served go on being served").isEqualTo(first);
            assertThat(gateway.log()).contains("http.max-connections: 65536 is more than the limit of " + MOST_FILES);
            hangUp();
            await().untilAsserted(() -> {
                try (PostClient later = new PostClient(gateway.httpPort())) {
                    assertThat(post(later, 0)).isEqualTo(200);
                }
            });
        }
    }
}

package io.headcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.flow.PostClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every sample over a real socket, whole and cut in two at every byte: the journal holds the lines that stand beside the
 * sample, once. A new camera quirk: save its post in the test resources, its lines beside it, and add a line here.
 */
class SamplesTest {
    @TempDir
    private Path dir;

    // sample, when it is received
    @ParameterizedTest
    @CsvSource({
        "vendor-interval-metrics, 1667806920123",
        "vendor-realtime-rtmetrics, 1667807637500",
        "vendor-heartbeat-diags, 1597303008900",
        "v1.0-en-interval-metrics, 1597303009000",
        "v1.0-en-realtime-rtmetrics, 1597303009000",
        "v1.0-en-heartbeat-diags, 1597303009000",
        "v2.1-event-metrics-with-attributes, 1760427945000",
        "v2.1-heartbeat-diags-wifi, 1760429517000",
        "brickstream-3d-batch-v1, 1750002744000",
        "brickstream-3d-batch-v2, 1750002745000",
        "brickstream-3d-batch-v3, 1750002805000",
        "brickstream-3d-batch-v5, 1750002325000",
        "brickstream-realtime-metrics, 1750002325000",
    })
    void shouldJournalTheLinesBesideTheSample(String sample, long receivedAtMs) throws Exception {
        byte[] request = PostClient.request(resource(sample + ".xml"));
        List<String> expected = new String(resource(sample + ".jsonl"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        try (RunningGateway gateway = new RunningGateway(dir, receivedAtMs);
                PostClient camera = new PostClient(gateway.port())) {
            camera.send(request);
            assertThat(camera.answer().body()).isEqualTo("{\"code\":0,\"msg\":\"success\"}");
            assertThat(gateway.lines()).isEqualTo(expected);

            for (int split = 1; split < request.length; split++) {
                camera.sendInTwo(request, split);
                assertThat(camera.answer().status()).isEqualTo(200);
            }
            assertThat(gateway.lines().stream()
                            .map(SamplesTest::withoutSequence)
                            .distinct())
                    .isEqualTo(
                            expected.stream().map(SamplesTest::withoutSequence).toList());
            assertThat(gateway.lines().stream().filter(line -> !line.contains("\"type\":\"heartbeat\"")))
                    .hasSize((int) expected.stream()
                            .filter(line -> !line.contains("\"type\":\"heartbeat\""))
                            .count());
        }
    }

    /** Heartbeats are journaled each time. */
    private static String withoutSequence(String line) {
        return line.replaceFirst("\"seq\":\\d+,", "");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SamplesTest.class.getResourceAsStream("/samples/" + name)) {
            return in.readAllBytes();
        }
    }
}

package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README shows is what a newcomer sees. */
class ReadmeIT {
    private static final Path TOP = Path.of("..");

    @TempDir
    private Path dir;

    @Test
    void shouldPrintTheLinesThatReadmeShows() throws Exception {
        byte[] sample = Files.readAllBytes(TOP.resolve("config/samples/interval-metrics.xml"));
        String readme = Files.readString(TOP.resolve("README.md"));
        try (GatewayProcess gateway = GatewayProcess.start(dir);
                PostClient camera = new PostClient(gateway.httpPort())) {
            assertThat(readme).contains(camera.post(sample).body());
            assertThat(camera.post(sample).status()).isEqualTo(200);
        }

        List<String> printed = GatewayProcess.run(
                        "tail", "--journal", dir.resolve("journal").toString())
                .lines();
        assertThat(printed.stream().map(ReadmeIT::withoutReceiveTime))
                .isEqualTo(readme.lines()
                        .filter(line -> line.startsWith("{\"seq\""))
                        .map(ReadmeIT::withoutReceiveTime)
                        .toList());
    }

    @Test
    void shouldAcceptEveryDocumentInConfigSamples() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(dir);
                PostClient camera = new PostClient(gateway.httpPort());
                var samples = Files.list(TOP.resolve("config/samples"))) {
            for (Path sample : samples.toList()) {
                assertThat(camera.post(Files.readAllBytes(sample)).status())
                        .as(sample.toString())
                        .isEqualTo(200);
            }
        }
    }

    private static String withoutReceiveTime(String line) {
        return line.replaceFirst("\"receivedAt\":\\d+", "");
    }
}

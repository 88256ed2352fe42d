package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One record of the journal is overwritten between two lives of the gateway. */
class DamagedRecordIT {
    private static final int POSTS = 6;

    @TempDir
    private Path dir;

    @Test
    void shouldTellWhatItCostAndCountItAtTheNextStart() throws Exception {
        long minute = Instant.now().getEpochSecond() / 60 * 60 - 600;
        try (GatewayProcess gateway = GatewayProcess.start(dir);
                PostClient camera = new PostClient(gateway.httpPort())) {
            for (int i = 0; i < POSTS; i++) {
                long start = minute + i / 2 * 60L;
                CameraPost post = new CameraPost(i % 2, start, start + 61, i, 1);
                assertThat(camera.post(post.document()).status()).isEqualTo(200);
            }
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
        overwriteRecordOf("cam-1", 2);

        Path journal = dir.resolve("journal");
        GatewayProcess.Output report = GatewayProcess.run("verify", "--repair-report", "--journal", journal.toString());

        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(String.join("\n", report.lines()))
                .contains("checksum does not match (expected sequence 4)")
                .contains("sequence 4 to 4: 1 records are missing, received between")
                .contains("1 records are missing in 1 gaps");
        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            assertThat(metrics(gateway)).containsPattern("headcount_journal_damaged_places_total [1-9]");
        }
    }

    private void overwriteRecordOf(String deviceId, int which) throws IOException {
        Path file = rollFile();
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = -1;
        for (int i = 0; i < which; i++) {
            at = text.indexOf(deviceId, at + 1);
        }
        bytes[at] ^= 0x20;
        Files.write(file, bytes);
    }

    private Path rollFile() throws IOException {
        try (Stream<Path> files = Files.list(dir.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String metrics(GatewayProcess gateway) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}

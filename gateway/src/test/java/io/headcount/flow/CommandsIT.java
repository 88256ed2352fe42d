package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headcount.http.Certificates;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar's contract: commands, exit codes, messages, signals, health. */
class CommandsIT {
    @TempDir
    private Path dir;

    private static CameraPost post() {
        long now = Instant.now().getEpochSecond();
        return new CameraPost(1, now / 60 * 60 - 60, now, 3, 1);
    }

    @Test
    void shouldExitZeroOnSigtermAndTellSo() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            gateway.terminate();

            assertThat(gateway.awaitExit()).isZero();
            assertThat(gateway.log()).contains("Stopped");
        }
    }

    @Test
    void shouldFinishThePostInFlightBeforeItStops() throws Exception {
        byte[] document = post().document();
        try (GatewayProcess gateway = GatewayProcess.start(dir);
                PostClient camera = new PostClient(gateway.httpPort())) {
            beginPost(camera, document);
            gateway.terminate();
            await().until(() -> gateway.log().contains("Stopping"));
            camera.send(document);

            PostClient.Answer answer = camera.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.head()).containsIgnoringCase("connection: close");
            assertThat(gateway.awaitExit()).isZero();
        }
        assertThat(JournalTable.read(dir.resolve("journal")).rows()).hasSize(1);
    }

    @Test
    void shouldExitAtOnceOnTheSecondSigterm() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(dir, "stop-timeout=50 s");
                PostClient camera = new PostClient(gateway.httpPort())) {
            beginPost(camera, post().document());
            gateway.terminate();
            await().until(() -> gateway.log().contains("Stopping"));
            gateway.terminate();

            assertThat(gateway.awaitExit()).isEqualTo(1);
        }
    }

    /** Sends a head; the 100 tells that the gateway has accepted it and waits for the body. */
    private static void beginPost(PostClient camera, byte[] document) throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: gateway\r\nExpect: 100-continue\r\nContent-Length: " + document.length;
        camera.send((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(camera.answer().status()).isEqualTo(100);
    }

    @Test
    void shouldRefuseASecondGatewayOnTheSameJournal() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            GatewayProcess.Output second = GatewayProcess.run(
                    "serve",
                    "--set",
                    "http.port=0",
                    "--set",
                    "admin.port=0",
                    "--set",
                    "journal.dir=" + dir.resolve("journal"));

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.errors()).contains("headcount serve: journal " + dir.resolve("journal") + " is in use");
            assertThat(second.lines()).isEmpty();
            try (PostClient camera = new PostClient(gateway.httpPort())) {
                assertThat(camera.post(post().document()).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void shouldNameFileLineAndKeyOfAMistakeInTheConfiguration() throws Exception {
        Path file = Files.writeString(dir.resolve("mine.conf"), "headcount {\n  http.port = 70000\n}\n");

        GatewayProcess.Output output = GatewayProcess.run("serve", "--config", file.toString());

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.errors()).contains(file + ":2: http.port: 70000 (expected: 0 to 65535)");
    }

    @Test
    void shouldExitTwoOnAnotherRollThanTheJournalWasMadeWith() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(dir);
                PostClient camera = new PostClient(gateway.httpPort())) {
            camera.post(post().document());
        }
        GatewayProcess.Output output = GatewayProcess.run(
                "serve", "--set", "journal.roll=daily", "--set", "journal.dir=" + dir.resolve("journal"));

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.errors()).contains("journal.roll: daily (expected: hourly");
    }

    @Test
    void shouldRefuseAnUnknownKeyByItsName() throws Exception {
        GatewayProcess.Output output = GatewayProcess.run("check", "--set", "http.prot=1");

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.errors()).contains("http.prot: unknown key");
    }

    @Test
    void shouldPrintTheResolvedConfiguration() throws Exception {
        GatewayProcess.Output output = GatewayProcess.run("check", "--set", "ring.size=16");

        assertThat(output.exitCode()).isZero();
        assertThat(output.lines()).contains("headcount.ring.size = 16   # --set", "headcount.http.port = 8080");
    }

    @Test
    void shouldTellUntilWhenTheCertificateIsValid() throws Exception {
        X509Bundle bundle = Certificates.selfSigned("gateway");
        GatewayProcess.Output output = checkTls(bundle);

        assertThat(output.exitCode()).isZero();
        assertThat(output.lines())
                .contains("# http.tls.certificate: " + Certificates.certificateIn(dir) + ": valid until "
                        + bundle.getCertificate().getNotAfter().toInstant());
    }

    @Test
    void shouldExitTwoOnAKeyThatDoesNotBelongToTheCertificate() throws Exception {
        Certificates.write(dir, Certificates.selfSigned("gateway"));
        Files.writeString(
                Certificates.keyIn(dir), Certificates.selfSigned("other").getPrivateKeyPEM());
        GatewayProcess.Output output = GatewayProcess.run(tlsSettings("check"));

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.errors())
                .contains("http.tls.key: " + Certificates.keyIn(dir) + ": does not belong to the certificate");
    }

    private GatewayProcess.Output checkTls(X509Bundle bundle) throws Exception {
        Certificates.write(dir, bundle);
        return GatewayProcess.run(tlsSettings("check"));
    }

    private String[] tlsSettings(String command) {
        return new String[] {
            command,
            "--set",
            "http.tls.enabled=true",
            "--set",
            "http.tls.certificate=" + Certificates.certificateIn(dir),
            "--set",
            "http.tls.key=" + Certificates.keyIn(dir)
        };
    }

    @Test
    void shouldExitTwoOnWrongUsage() throws Exception {
        assertThat(GatewayProcess.run("serv").exitCode()).isEqualTo(2);
        assertThat(GatewayProcess.run("tail", "--from", "yesterday").exitCode()).isEqualTo(2);
        assertThat(GatewayProcess.run("tail", "--format", "xml").exitCode()).isEqualTo(2);
        assertThat(GatewayProcess.run("tail", "--types", "counts").exitCode()).isEqualTo(2);
    }

    @Test
    void shouldExitOneWhenThereIsNoJournal() throws Exception {
        Path nowhere = dir.resolve("nowhere");

        assertThat(GatewayProcess.run("tail", "--journal", nowhere.toString()).exitCode())
                .isEqualTo(1);
        assertThat(GatewayProcess.run("verify", "--journal", nowhere.toString()).errors())
                .contains("nowhere: no such directory");
    }

    @Test
    void shouldTellHealthAndMetricsOnTheAdminPort() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(dir);
                PostClient camera = new PostClient(gateway.httpPort())) {
            camera.post(post().document());
            camera.post("<x/>".getBytes(StandardCharsets.US_ASCII));

            assertThat(get(gateway, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(gateway, "/health/ready").body()).isEqualTo("{\"ready\":true}");
            assertThat(get(gateway, "/nothing").statusCode()).isEqualTo(404);
            assertThat(get(gateway, "/metrics").body())
                    .contains("headcount_posts_accepted_total 1.0")
                    .contains("headcount_posts_refused_total{reason=\"unknown-root\",status=\"422\"} 1.0")
                    .contains("headcount_rows_total{verdict=\"new\"} 1.0")
                    .contains("headcount_journal_appends_total 1.0")
                    .contains("headcount_ring_depth")
                    .contains("headcount_connections_open 1.0")
                    .contains("jvm_memory_used_bytes");
        }
    }

    private static HttpResponse<String> get(GatewayProcess gateway, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.adminPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldTellHowManyFilesAFleetNeedsThatMayNotHaveThem() throws Exception {
        GatewayProcess.Output fleet = GatewayProcess.runWithFiles(
                150, "simulate", "--url", "http://127.0.0.1:1/", "--cameras", "1000", "--duration", "1s");

        assertThat(fleet.exitCode()).isEqualTo(2);
        assertThat(fleet.errors())
                .contains("1000 kept connections", "may have 150 files open", "ulimit -n of at least 1100")
                .doesNotContain("--duration");
    }

    @Test
    void shouldCountPostsForWhichThereAreNoFiles() throws Exception {
        GatewayProcess.Output fleet = GatewayProcess.runWithFiles(
                150,
                "simulate",
                "--url",
                "http://127.0.0.1:1/",
                "--cameras",
                "1000",
                "--connections",
                "per-post",
                "--align",
                "--period",
                "1s",
                "--duration",
                "1s");

        assertThat(fleet.exitCode()).isEqualTo(1);
        assertThat(fleet.lines()).anyMatch(line -> line.contains("no-socket: "));
        assertThat(fleet.lines()).anyMatch(line -> line.contains(" 0 acknowledged, 1,000 failed"));
    }
}

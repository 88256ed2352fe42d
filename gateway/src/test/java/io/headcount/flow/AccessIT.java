package io.headcount.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens in the executable jar: {@code check}, {@code serve}, replacing them, and that none gets out. */
class AccessIT {
    private static final String OLD = "Canary-old-token_0123456789";
    private static final String NEW = "Canary-new-token_0123456789";
    private static final String WRONG = "Canary-wrong-token_0123456789";

    @TempDir
    private Path dir;

    private Path file;

    @BeforeEach
    void writeTokens() throws IOException {
        file = Files.writeString(dir.resolve("tokens"), OLD + " *\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private GatewayProcess start() throws IOException {
        return GatewayProcess.start(dir, "http.tokens=" + file);
    }

    private static String post(GatewayProcess gateway, String token) throws IOException {
        long now = Instant.now().getEpochSecond();
        byte[] document = new CameraPost(1, now / 60 * 60 - 60, now, 3, 1).document();
        String head = "POST /t/" + token + "/upload HTTP/1.1\r\nHost: gateway\r\nContent-Length: " + document.length;
        try (PostClient camera = new PostClient(gateway.httpPort())) {
            camera.send((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            camera.send(document);
            PostClient.Answer answer = camera.answer();
            return answer.status() + " " + answer.head() + answer.body();
        }
    }

    private static String metrics(GatewayProcess gateway) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void shouldReplaceTokensWhileRunningAndTellThemToNobody() throws Exception {
        List<String> seen = new ArrayList<>();
        try (GatewayProcess gateway = start()) {
            seen.add(post(gateway, OLD));
            seen.add(post(gateway, WRONG));
            Files.writeString(file, OLD + " device=nobody\n" + NEW + " *\n");
            await().until(() -> gateway.log().contains("2 tokens are in force now"));
            seen.add(post(gateway, NEW));
            seen.add(post(gateway, OLD));
            Files.writeString(file, WRONG + " *\n" + OLD + "/ *\n");
            await().until(() -> gateway.log().contains("the 2 tokens before stay in force"));
            seen.add(post(gateway, WRONG));
            seen.add(post(gateway, NEW));
            seen.add(metrics(gateway));

            assertThat(seen.stream().map(answer -> answer.substring(0, 3)).limit(6))
                    .containsExactly("200", "403", "200", "403", "403", "200");
            assertThat(gateway.log())
                    .contains("reason=token ", "reason=token-device ")
                    .contains("http.tokens: " + file + ":2: the first word is no token");
            assertThat(seen.get(6))
                    .contains("headcount_posts_refused_total{reason=\"token\",status=\"403\"} 2.0")
                    .contains("headcount_posts_refused_total{reason=\"token-device\",status=\"403\"} 1.0")
                    .contains("headcount_token_files_total{outcome=\"in-force\"} 1.0")
                    .contains("headcount_token_files_total{outcome=\"broken\"} 1.0");
            seen.add(gateway.log());
            gateway.terminate();
            gateway.awaitExit();
            seen.add(gateway.log());
        }
        for (Path written : filesBelow(dir)) {
            if (!written.equals(file)) {
                seen.add(Files.readString(written, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(seen).hasSizeGreaterThan(9).noneMatch(AccessIT::tells);
    }

    private static List<Path> filesBelow(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Whether a token stands there, in any writing that something might have given it. */
    private static boolean tells(String text) {
        for (String token : List.of(OLD, NEW, WRONG)) {
            byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
            String hex = HexFormat.of().formatHex(bytes);
            String base64 = Base64.getEncoder().encodeToString(bytes);
            if (Stream.of(token, hex, hex.toUpperCase(Locale.ROOT), base64).anyMatch(text::contains)
                    || text.contains(in(StandardCharsets.UTF_16LE, token))
                    || text.contains(in(StandardCharsets.UTF_16BE, token))) {
                return true;
            }
        }
        return false;
    }

    private static String in(Charset charset, String token) {
        return new String(token.getBytes(charset), StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldCheckTheFileOfTokens() throws Exception {
        GatewayProcess.Output right = GatewayProcess.run("check", "--set", "http.tokens=" + file);
        assertThat(right.exitCode()).isZero();
        assertThat(right.lines()).contains("# " + file + ": 1 tokens");
        assertThat(right.errors()).isEmpty();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        GatewayProcess.Output open = GatewayProcess.run("check", "--set", "http.tokens=" + file);
        assertThat(open.exitCode()).isZero();
        assertThat(open.errors())
                .isEqualToIgnoringNewLines("headcount check: http.tokens: every user of this machine can read " + file
                        + " (expected: chmod o-r)");
    }

    @Test
    void shouldStartWithNoBrokenFileOfTokens() throws Exception {
        Files.writeString(file, OLD + " *\n\n" + NEW + " everything");
        Path journal = dir.resolve("journal");
        for (String command : List.of("check", "serve")) {
            GatewayProcess.Output output = GatewayProcess.run(
                    command,
                    "--set",
                    "http.tokens=" + file,
                    "--set",
                    "journal.dir=" + journal,
                    "--set",
                    "admin.port=0");

            assertThat(output.exitCode()).isEqualTo(2);
            assertThat(output.errors())
                    .contains("headcount " + command + ": http.tokens: " + file
                            + ":3: a word that is neither device=, site= nor * (expected: device=ID")
                    .doesNotContain("Canary")
                    .doesNotContain("everything");
        }
        assertThat(journal).doesNotExist();
    }
}

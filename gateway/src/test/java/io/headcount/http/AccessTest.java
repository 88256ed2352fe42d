package io.headcount.http;

import static io.headcount.http.Requests.DOCUMENT;
import static io.headcount.http.Requests.chunk;
import static io.headcount.http.Requests.length;
import static io.headcount.http.Requests.line;
import static io.headcount.http.Requests.postOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headcount.config.AccessConfig;
import io.headcount.config.AddressRange;
import io.headcount.config.ConfigException;
import io.headcount.config.ConfigLoader;
import io.headcount.model.RefusalReason;
import io.headcount.telemetry.Metric;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may post: tokens, addresses, rates; over sockets and, where time counts, without. */
final class AccessTest {
    private static final String ANY = "token-for-everything";
    private static final String DOOR = "token-for-two-doors";
    private static final String SITE = "token-for-one-site";
    private static final String WRONG = "token-of-nobody-at-all";
    private static final String OF_SITE = DOCUMENT.replace("<Diags ", "<Diags SiteId=\"Shop 12\" ");

    @TempDir
    private Path dir;

    private Path file;

    @BeforeEach
    void writeTokens() throws IOException {
        file = Secrets.write(
                dir.resolve("tokens"),
                ANY + " *\n" + DOOR + " device=" + Requests.DEVICE + " device=2\n" + SITE + " site=\"Shop 12\"\n");
    }

    private HttpSettings tokens() {
        HttpSettings settings = new HttpSettings();
        settings.access = withTokens(file);
        return settings;
    }

    static AccessConfig withTokens(Path file) {
        return new AccessConfig(Optional.of(file), List.of(), List.of(), 0, 1, 100);
    }

    private static HttpSettings allowing(String... ranges) {
        HttpSettings settings = new HttpSettings();
        settings.access = new AccessConfig(Optional.empty(), ranges(ranges), List.of(), 0, 1, 100);
        return settings;
    }

    static List<AddressRange> ranges(String... ranges) {
        try {
            return new ConfigLoader()
                    .load(null, List.of("http.allow=" + String.join(",", ranges)))
                    .gateway()
                    .http()
                    .access()
                    .allow();
        } catch (ConfigException mistake) {
            throw new AssertionError(mistake);
        }
    }

    private static String post(String path, String document) {
        return Requests.post(document).replace("/data", path);
    }

    private static String behind(String token, String device) {
        return postOf(device).replace("/data", "/t/" + token + "/data");
    }

    // tokens

    static Stream<Arguments> tokenCases() {
        return Stream.of(
                Arguments.of("a token for everything", 200, post("/t/" + ANY + "/data", DOCUMENT)),
                Arguments.of("nothing behind the token", 200, post("/t/" + ANY, DOCUMENT)),
                Arguments.of("a slash behind the token", 200, post("/t/" + ANY + "/", DOCUMENT)),
                Arguments.of("a query", 200, post("/t/" + ANY + "?a=b", DOCUMENT)),
                Arguments.of("a whole URL", 200, post("http://gateway/t/" + ANY + "/data", DOCUMENT)),
                Arguments.of(
                        "chunked",
                        200,
                        "POST /t/" + ANY + " HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + chunk(DOCUMENT) + "0\r\n\r\n"),
                Arguments.of("a token for this device", 200, post("/t/" + DOOR + "/data", DOCUMENT)),
                Arguments.of("a token for another device", 403, behind(DOOR, "3")),
                Arguments.of("a token for a device spelled otherwise", 403, behind(DOOR, "02")),
                Arguments.of("a token for this site", 200, post("/t/" + SITE + "/data", OF_SITE)),
                Arguments.of("a token for another site", 403, post("/t/" + SITE, OF_SITE.replace("Shop 12", "Shop 1"))),
                Arguments.of("a token for a site, a post of none", 403, post("/t/" + SITE, DOCUMENT)),
                Arguments.of("no token", 403, post("/data", DOCUMENT)),
                Arguments.of("no token and the longest body", 403, post("/data", " ".repeat(8 * 1024))),
                Arguments.of("an empty token", 403, post("/t//data", DOCUMENT)),
                Arguments.of("a wrong token", 403, post("/t/" + WRONG + "/data", DOCUMENT)),
                Arguments.of("the beginning of a token", 403, post("/t/" + ANY.substring(0, 16), DOCUMENT)),
                Arguments.of("a token in other letters", 403, post("/t/" + ANY.toUpperCase(Locale.ROOT), DOCUMENT)),
                Arguments.of("a token in the query", 403, post("/data?token=" + ANY, DOCUMENT)),
                Arguments.of("a token elsewhere in the path", 403, post("/data/t/" + ANY, DOCUMENT)),
                Arguments.of("an encoded token", 403, post("/t/%74" + ANY.substring(1), DOCUMENT)),
                Arguments.of("a token as a header", 403, Requests.with("Authorization: Bearer " + ANY + "\r\n")),
                Arguments.of("a wrong token before a body that is no XML", 403, post("/t/" + WRONG, "{}")),
                Arguments.of("a right token before a body that is no XML", 400, post("/t/" + ANY, "{}")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("tokenCases")
    void shouldLookAtTheToken(String name, int status, String request) throws IOException {
        String good = behind(ANY, "1");
        try (SocketIntake intake = new SocketIntake(tokens())) {
            assertThat(intake.statuses(request + good, 2)).as("whole").containsExactly(status, 200);
            assertThat(intake.statusesOfDrip(request + good, 2)).as("bytewise").containsExactly(status, 200);
            assertThat(intake.statuses(good + request + request + good, 4))
                    .as("pipelined")
                    .containsExactly(200, status, status, 200);
            assertThat(intake.ring.published()).isEqualTo(status == 200 ? 8 : 4);
        }
    }

    @Test
    void shouldAnswerTheSameToNoTokenAndToAWrongOne() throws IOException {
        try (SocketIntake intake = new SocketIntake(tokens());
                Peer peer = intake.connect()) {
            String none = peer.send(post("/data", DOCUMENT)).answer();
            String wrong = peer.send(post("/t/" + WRONG + "/data", DOCUMENT)).answer();

            assertThat(wrong).isEqualTo(none).startsWith("HTTP/1.1 403 Forbidden\r\n");
            assertThat(intake.telemetry.refusals(RefusalReason.TOKEN)).isEqualTo(2);
        }
    }

    @Test
    void shouldComparePathsBehindTheToken() throws IOException {
        HttpSettings settings = tokens();
        settings.paths = List.of("/in", "/");
        try (SocketIntake intake = new SocketIntake(settings)) {
            String requests = post("/t/" + ANY + "/in", DOCUMENT)
                    + post("/t/" + ANY, DOCUMENT)
                    + post("/t/" + ANY + "/data", DOCUMENT)
                    + post("/in", DOCUMENT);
            assertThat(intake.statuses(requests, 4)).containsExactly(200, 200, 404, 403);
        }
    }

    @Test
    void shouldTakeAnyPathForAPathWithoutTokens() throws IOException {
        HttpSettings settings = new HttpSettings();
        try (SocketIntake intake = new SocketIntake(settings)) {
            assertThat(intake.statuses(post("/t/" + WRONG, DOCUMENT) + postOf("1"), 2))
                    .containsExactly(200, 200);
        }
        settings.paths = List.of("/t/abc");
        try (SocketIntake intake = new SocketIntake(settings)) {
            assertThat(intake.statuses(post("/t/abc", DOCUMENT) + post("/t/" + WRONG, DOCUMENT), 2))
                    .containsExactly(200, 404);
        }
    }

    @Test
    void shouldLetNobodyWithoutTokenOnWhoAwaitsContinue() throws IOException {
        try (SocketIntake intake = new SocketIntake(tokens())) {
            String head = line("POST /t/" + WRONG + " HTTP/1.1", "Host: g\r\nExpect: 100-continue\r\n" + length());
            assertThat(intake.statuses(head, 2)).containsExactly(403, 0);
        }
    }

    @Test
    void shouldServeOldAndNewTokensWhileTheFileChangesUnderLoad() throws Exception {
        String next = "token-that-comes-next";
        Files.writeString(file, ANY + " *\n");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger accepted = new AtomicInteger();
        try (SocketIntake intake = new SocketIntake(tokens())) {
            CompletableFuture<List<Integer>> camera = CompletableFuture.supplyAsync(() -> {
                List<Integer> others = new ArrayList<>();
                try (Peer peer = intake.connect()) {
                    while (!stop.get()) {
                        int status = peer.send(behind(ANY, "1")).status();
                        accepted.addAndGet(status == 200 ? 1 : 0);
                        if (status != 200) {
                            others.add(status);
                        }
                    }
                } catch (IOException broken) {
                    throw new AssertionError(broken);
                }
                return others;
            });
            Files.writeString(file, ANY + " *\n" + next + " *\n");
            await().until(() -> intake.telemetry.sum(Metric.TOKENS_READ) == 1);
            assertThat(intake.statuses(behind(next, "2") + behind(ANY, "3"), 2)).containsExactly(200, 200);
            int before = accepted.get();
            await().until(() -> accepted.get() > before);
            stop.set(true);
            assertThat(camera.get()).as("refused meanwhile").isEmpty();

            Files.writeString(file, next + " *\n");
            await().until(() -> intake.telemetry.sum(Metric.TOKENS_READ) == 2);
            assertThat(intake.statuses(behind(next, "2") + behind(ANY, "3"), 2)).containsExactly(200, 403);
        }
    }

    // guessing

    @Test
    void shouldTellWhoGuessesToStopAndNotHurtGoodTokens() {
        try (EmbeddedIntake intake = new EmbeddedIntake(tokens())) {
            for (int i = 0; i < 25; i++) {
                intake.send(behind(WRONG + i, "1"));
            }
            intake.send(post("/data", DOCUMENT)).send(behind(ANY, "1")).settle();

            assertThat(intake.statuses().subList(0, 20)).containsOnly(403);
            assertThat(intake.statuses().subList(20, 26)).containsOnly(429);
            assertThat(intake.statuses().get(26)).isEqualTo(200);
            assertThat(intake.telemetry.refusals(RefusalReason.TOKEN_GUESSING)).isEqualTo(6);
            assertThat(intake.answers()).contains("Retry-After: ");
            assertThat(intake.isOpen()).isTrue();

            intake.pass(3_000).send(behind(WRONG, "1") + behind(WRONG, "1"));
            assertThat(intake.statuses().subList(27, 29)).containsExactly(403, 429);
        }
    }

    // addresses

    @Test
    void shouldRefuseAddressesThatAreNotAllowed() throws IOException {
        try (SocketIntake intake = new SocketIntake(allowing("10.0.0.0/8", "2001:db8::/32"))) {
            assertThat(intake.statuses(postOf("1") + postOf("2"), 2)).containsExactly(403, 403);
            assertThat(intake.statusesOfDrip(postOf("1") + postOf("2"), 2)).containsExactly(403, 403);
            assertThat(intake.statuses(Requests.post("<x"), 1)).as("not parsed").containsExactly(403);
            assertThat(intake.telemetry.refusals(RefusalReason.ADDRESS)).isEqualTo(5);
            assertThat(intake.ring.published()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.0/8", "127.0.0.1", "0.0.0.0/0"})
    void shouldServeAddressesThatAreAllowed(String range) throws IOException {
        try (SocketIntake intake = new SocketIntake(allowing("10.0.0.0/8", range))) {
            assertThat(intake.statuses(postOf("1") + postOf("2"), 2)).containsExactly(200, 200);
        }
    }

    @Test
    void shouldNotBelieveHeadersAboutTheAddress() throws IOException {
        try (SocketIntake intake = new SocketIntake(allowing("10.0.0.0/8"))) {
            for (String header :
                    List.of("X-Forwarded-For: 10.0.0.1", "Forwarded: for=10.0.0.1", "X-Real-IP: 10.0.0.1")) {
                assertThat(intake.statuses(Requests.with(header + "\r\n"), 1))
                        .as(header)
                        .containsExactly(403);
            }
        }
    }

    @Test
    void shouldNotLookAtTokensOfAddressesThatAreNotAllowed() {
        HttpSettings settings = new HttpSettings();
        settings.access = new AccessConfig(Optional.of(file), ranges("192.0.2.0/24"), List.of(), 0, 1, 100);
        try (EmbeddedIntake intake = new EmbeddedIntake(settings)) {
            intake.send(behind(ANY, "1")).send(behind(WRONG, "1"));

            assertThat(intake.statuses()).containsExactly(403, 403);
            assertThat(intake.telemetry.refusals(RefusalReason.ADDRESS)).isEqualTo(2);
        }
        try (EmbeddedIntake intake = new EmbeddedIntake(settings)) {
            PeerAddress.named(intake.channel, new InetSocketAddress("192.0.2.7", 4711));
            intake.send(behind(ANY, "1")).send(behind(WRONG, "1")).settle();

            assertThat(intake.statuses()).containsExactly(200, 403);
            assertThat(intake.telemetry.refusals(RefusalReason.TOKEN)).isEqualTo(1);
        }
    }

    // rates

    private static HttpSettings rate(int perSec, int burst) {
        HttpSettings settings = new HttpSettings();
        settings.access = new AccessConfig(Optional.empty(), List.of(), List.of(), perSec, burst, 100);
        return settings;
    }

    @Test
    void shouldRefuseADeviceThatPostsTooFast() {
        try (EmbeddedIntake intake = new EmbeddedIntake(rate(2, 3))) {
            for (int i = 0; i < 5; i++) {
                intake.send(postOf("1")).settle();
            }
            intake.send(postOf("2")).settle();
            assertThat(intake.statuses()).containsExactly(200, 200, 200, 429, 429, 200);
            assertThat(intake.answers()).contains("Retry-After: ");
            assertThat(intake.telemetry.refusals(RefusalReason.DEVICE_RATE)).isEqualTo(2);
            assertThat(intake.ring.published()).isEqualTo(4);

            intake.pass(500).send(postOf("1") + postOf("1")).settle();
            assertThat(intake.statuses().subList(6, 8)).containsExactly(200, 429);
            assertThat(intake.isOpen()).isTrue();
        }
    }

    @Test
    void shouldCountADeviceOverAllItsConnections() throws IOException {
        try (SocketIntake intake = new SocketIntake(rate(1, 1))) {
            int refused = 0;
            for (int i = 0; i < 10; i++) {
                refused += intake.statuses(postOf("1"), 1).contains(429) ? 1 : 0;
            }
            assertThat(refused).isPositive();
            assertThat(intake.telemetry.refusals(RefusalReason.DEVICE_RATE)).isEqualTo(refused);
        }
    }

    @Test
    void shouldNotCountAPostOfATokenForAnotherDevice() {
        HttpSettings settings = rate(1, 1);
        settings.access = new AccessConfig(Optional.of(file), List.of(), List.of(), 1, 1, 100);
        try (EmbeddedIntake intake = new EmbeddedIntake(settings)) {
            intake.send(behind(DOOR, "3"))
                    .send(behind(ANY, "3"))
                    .send(behind(ANY, "3"))
                    .settle();

            assertThat(intake.statuses()).containsExactly(403, 200, 429);
        }
    }
}

package io.headcount.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.headcount.simulate.FleetSettings.Bounds;
import io.headcount.simulate.FleetSettings.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Fleets against servers that are not kind to them. */
class FleetTest {
    private static final Misbehaviour RETRYING =
            new Misbehaviour(0, 0, 0, 1, 0, 1, 0, 0, Misbehaviour.NONE.slowNs(), 0, 1, 3);

    private static FleetReport run(int port, Misbehaviour habits, Duration timeout, int inFlight) throws Exception {
        Endpoint endpoint = Endpoint.parse("--url", "http://127.0.0.1:" + port + "/");
        Timing timing = new Timing(
                60,
                Duration.ofMillis(500).toNanos(),
                1,
                Duration.ofSeconds(1).toNanos(),
                true,
                0,
                Duration.ofMillis(500).toNanos(),
                0);
        FleetSettings settings = new FleetSettings(
                20,
                Mode.INTERVAL,
                new Target(endpoint, Optional.empty(), Connections.KEEP, false, 0, Trust.OF_THE_JDK),
                timing,
                habits,
                new Bounds(timeout.toNanos(), inFlight),
                1,
                Fleets.SEED,
                Optional.empty());
        try (Fleet fleet = new Fleet(settings, line -> {})) {
            return fleet.run();
        }
    }

    private static int post(HttpExchange exchange) throws IOException {
        return Arrays.hashCode(exchange.getRequestBody().readAllBytes());
    }

    @Test
    void shouldSendTheSameDocumentAgainWhenTheServerAsksForIt() throws Exception {
        ConcurrentHashMap<Integer, AtomicInteger> seen = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            int times = seen.computeIfAbsent(post(exchange), unseen -> new AtomicInteger())
                    .incrementAndGet();
            exchange.getResponseHeaders().add("Retry-After", "1");
            exchange.sendResponseHeaders(times == 1 ? 503 : 200, -1);
            exchange.close();
        });
        server.start();
        try {
            FleetReport report = run(server.getAddress().getPort(), RETRYING, Duration.ofSeconds(10), 1_000);

            assertThat(report.allAcknowledged()).isTrue();
            assertThat(report.answers()).containsEntry("503", 20L).containsEntry("200", 20L);
            assertThat(report.misbehaviour()).containsEntry("retries", 20L);
            assertThat(seen).hasSize(20);
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    @Test
    void shouldWaitForAllRetriesAfterTheLastPostWasDue() throws Exception {
        FleetReport report = run(1, RETRYING, Duration.ofMillis(200), 1_000);

        assertThat(report.misbehaviour()).containsEntry("retries", 60L);
        assertThat(report.errors()).containsOnly(Map.entry("no-connection", 80L));
    }

    private static FleetReport runAgainst(HttpHandler handler, FleetSettings settings) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        try (Fleet fleet = new Fleet(at(Endpoint.parse("--url", url), settings), line -> {})) {
            return fleet.run();
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static FleetSettings at(Endpoint endpoint, FleetSettings settings) {
        Target target = settings.target();
        return new FleetSettings(
                settings.cameras(),
                settings.mode(),
                new Target(endpoint, Optional.empty(), target.connections(), false, 0, target.trust()),
                settings.timing(),
                settings.misbehaviour(),
                settings.bounds(),
                settings.threads(),
                settings.seed(),
                Optional.empty());
    }

    private static FleetSettings settings(Connections connections, Misbehaviour habits) {
        Endpoint nowhere = Endpoint.parse("--url", "http://127.0.0.1:1/");
        Timing once = new Timing(
                60,
                Duration.ofMillis(500).toNanos(),
                1,
                Duration.ofSeconds(1).toNanos(),
                true,
                0,
                Duration.ofMillis(500).toNanos(),
                0);
        return new FleetSettings(
                20,
                Mode.INTERVAL,
                new Target(nowhere, Optional.empty(), connections, false, 0, Trust.OF_THE_JDK),
                once,
                habits,
                new Bounds(Duration.ofSeconds(10).toNanos(), 1_000),
                1,
                Fleets.SEED,
                Optional.empty());
    }

    private static int count(FleetReport report, String histogram) throws IOException {
        return new ObjectMapper()
                .readTree(report.json())
                .path(histogram)
                .path("count")
                .asInt();
    }

    @Test
    void shouldTellTheTimesOfRefusedPostsApart() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        FleetReport report = runAgainst(
                exchange -> {
                    post(exchange);
                    exchange.sendResponseHeaders(requests.incrementAndGet() <= 5 ? 503 : 200, -1);
                    exchange.close();
                },
                settings(Connections.KEEP, Misbehaviour.NONE));

        assertThat(report.answers()).containsEntry("503", 5L).containsEntry("200", 15L);
        assertThat(count(report, "latencyMs")).isEqualTo(15);
        assertThat(count(report, "refusedLatencyMs")).isEqualTo(5);
        assertThat(report.lines()).anyMatch(line -> line.endsWith("of posts that were refused in the end"));
    }

    @Test
    void shouldTellTheTimesOfPostsBehindASlowOneApart() throws Exception {
        long slowNs = Duration.ofMillis(100).toNanos();
        Misbehaviour habits = new Misbehaviour(0, 0, 0, 1, 0, 1, 0, 0.05, slowNs, 0, 0, 3);
        FleetReport report = runAgainst(
                exchange -> {
                    post(exchange);
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                },
                settings(new Connections(true, 1), habits));

        int slow = Math.toIntExact(report.misbehaviour().get("slow"));
        assertThat(slow).isBetween(1, 19);
        assertThat(count(report, "slowLatencyMs")).isGreaterThan(slow);
        assertThat(count(report, "latencyMs") + count(report, "slowLatencyMs")).isEqualTo(20);
    }

    @Test
    void shouldNotWaitForAnAnswerForEver() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            FleetReport report = run(silent.getLocalPort(), Misbehaviour.NONE, Duration.ofMillis(300), 1_000);

            assertThat(report.failed()).isEqualTo(20);
            assertThat(report.errors()).containsEntry("no-answer-in-time", 20L);
            assertThat(report.allAcknowledged()).isFalse();
        }
    }

    @Test
    void shouldNotHaveMorePostsInFlightThanAllowed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            FleetReport report = run(silent.getLocalPort(), Misbehaviour.NONE, Duration.ofMillis(300), 15);

            assertThat(report.errors())
                    .containsEntry("not-sent-too-many-in-flight", 5L)
                    .containsEntry("no-answer-in-time", 15L);
        }
    }
}

package io.headcount.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.headcount.simulate.FleetSettings.Bounds;
import io.headcount.simulate.FleetSettings.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
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

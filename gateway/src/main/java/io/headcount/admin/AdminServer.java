package io.headcount.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.headcount.config.AdminConfig;
import io.headcount.telemetry.Telemetry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The admin port: {@code /health/live}, {@code /health/ready} and {@code /metrics}. Threads hc-admin-N, never an event loop
 * and never hc-pipeline; a request too many is turned away.
 *
 * <p>Design note: the JDK's own HTTP server. It serves a scraper and a load balancer's probe, adds nothing to the jar, and
 * has no thread in common with Netty.
 */
public final class AdminServer implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int WAITING_REQUESTS = 32;
    private static final int BACKLOG = 32;
    private static final String MAX_REQUEST_SEC = "10";
    private static final String JSON = "application/json";

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Health health;
    private final Metrics metrics;

    /**
     * Binds the port; requests are served after {@link #start()}.
     *
     * @throws IOException when the address can't be bound; the message names address and keys
     */
    public AdminServer(AdminConfig config, Health health, Telemetry telemetry, List<GaugeReading> gauges)
            throws IOException {
        // read by the JDK's server when its first instance is made: slow clients do not hold a thread for ever
        System.setProperty("sun.net.httpserver.maxReqTime", MAX_REQUEST_SEC);
        System.setProperty("sun.net.httpserver.maxRspTime", MAX_REQUEST_SEC);
        this.health = health;
        this.metrics = new Metrics(telemetry, gauges);
        this.server = bind(config);
        this.threads = newThreads();
        server.setExecutor(threads);
        server.createContext("/health/live", onlyAt("/health/live", this::live));
        server.createContext("/health/ready", onlyAt("/health/ready", this::ready));
        server.createContext("/metrics", onlyAt("/metrics", this::metrics));
        server.createContext("/", exchange -> answer(exchange, 404, JSON, json("no such page")));
    }

    private static HttpServer bind(AdminConfig config) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(config.host(), config.port()), BACKLOG);
        } catch (IOException | IllegalArgumentException unusable) {
            throw new IOException(
                    "admin.host, admin.port: " + config.host() + ":" + config.port() + " can't be listened on",
                    unusable);
        }
    }

    private static ThreadPoolExecutor newThreads() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_REQUESTS), task -> {
                    Thread thread = new Thread(task, "hc-admin-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Begins to serve. */
    public void start() {
        server.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** The JDK's contexts match prefixes; ours are exact, and only GET and HEAD are served. */
    private static HttpHandler onlyAt(String path, HttpHandler handler) {
        return exchange -> {
            String method = exchange.getRequestMethod();
            if (!exchange.getRequestURI().getPath().equals(path)) {
                answer(exchange, 404, JSON, json("no such page"));
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                answer(exchange, 405, JSON, json("only GET and HEAD are served"));
            } else {
                handler.handle(exchange);
            }
        };
    }

    private void live(HttpExchange exchange) throws IOException {
        boolean live = health.live();
        answer(exchange, live ? 200 : 503, JSON, bytes("{\"live\":" + live + "}"));
    }

    private void ready(HttpExchange exchange) throws IOException {
        Optional<String> reason = health.notReady();
        if (reason.isEmpty()) {
            answer(exchange, 200, JSON, bytes("{\"ready\":true}"));
        } else {
            answer(exchange, 503, JSON, bytes("{\"ready\":false,\"reason\":\"" + reason.get() + "\"}"));
        }
    }

    private void metrics(HttpExchange exchange) throws IOException {
        ExpositionFormatWriter writer =
                metrics.writer(exchange.getRequestHeaders().getFirst("Accept"));
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        metrics.write(writer, page);
        answer(exchange, 200, writer.getContentType(), page.toByteArray());
    }

    private static byte[] json(String message) {
        return bytes("{\"msg\":\"" + message + "\"}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}

package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.config.ConfigLoader;
import io.headcount.tail.LineFormat;
import io.headcount.tail.LineTail;
import io.headcount.tail.LineType;
import io.headcount.tail.StartAt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The whole gateway in the test's own JVM, on free ports and a clock of the test. */
public final class RunningGateway implements AutoCloseable {
    private final Path journal;
    private final Gateway gateway;

    /** A gateway whose clock stands still. */
    public RunningGateway(Path dir, long nowMs, String... settings) throws ConfigException, IOException {
        this(dir, Clock.fixed(Instant.ofEpochMilli(nowMs), ZoneOffset.UTC), settings);
    }

    /** A gateway with this clock and more settings, as for {@code --set}. */
    public RunningGateway(Path dir, Clock clock, String... settings) throws ConfigException, IOException {
        journal = dir.resolve("journal");
        List<String> all = new ArrayList<>(List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "admin.enabled=false",
                "admin.port=0",
                "journal.min-free=1 MiB",
                "journal.dir=" + journal,
                "journal.quarantine.dir=" + dir.resolve("quarantine")));
        all.addAll(List.of(settings));
        gateway = new Gateway(
                new ConfigLoader().load(null, all).gateway(), new GatewayState(MemoryEnd.ofProcess()), clock);
        gateway.start();
    }

    public int port() {
        return port("http");
    }

    /** Only with {@code http.tls.enabled=true}. */
    public int tlsPort() {
        return port("https");
    }

    private int port(String name) {
        return Integer.parseInt(gateway.readyLine().replaceFirst(".* " + name + "=127\\.0\\.0\\.1:(\\d+) .*", "$1"));
    }

    /** What the admin port says under {@code /metrics}; only with {@code admin.enabled=true}. */
    public List<String> metrics() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port("admin") + "/metrics");
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .toList();
    }

    /** Where its journal is. */
    public Path journal() {
        return journal;
    }

    /** What {@code tail} prints. */
    public List<String> lines() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LineTail tail =
                LineTail.open(journal, StartAt.start(), false, LineFormat.JSON, LineType.all(), out, fault -> {
                    throw new AssertionError(fault.message());
                })) {
            tail.run();
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        gateway.close();
    }
}

package io.headcount.cli;

import io.headcount.config.ConfigException;
import io.headcount.config.ConfigLoader;
import io.headcount.tail.LineFormat;
import io.headcount.tail.LineTail;
import io.headcount.tail.LineType;
import io.headcount.tail.StartAt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The whole gateway in the test's own JVM, on free ports and a clock that stands still. */
final class RunningGateway implements AutoCloseable {
    private final Path journal;
    private final Gateway gateway;

    RunningGateway(Path dir, long nowMs, String... more) throws ConfigException, IOException {
        journal = dir.resolve("journal");
        List<String> settings = new ArrayList<>(List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "admin.enabled=false",
                "journal.min-free=1 MiB",
                "journal.dir=" + journal,
                "journal.quarantine.dir=" + dir.resolve("quarantine")));
        settings.addAll(List.of(more));
        gateway = new Gateway(
                new ConfigLoader().load(null, settings).gateway(),
                new GatewayState(),
                Clock.fixed(Instant.ofEpochMilli(nowMs), ZoneOffset.UTC));
        gateway.start();
    }

    int port() {
        String line = gateway.readyLine();
        return Integer.parseInt(line.replaceFirst(".* http=127\\.0\\.0\\.1:(\\d+) .*", "$1"));
    }

    /** What {@code tail} prints. */
    List<String> lines() throws IOException {
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

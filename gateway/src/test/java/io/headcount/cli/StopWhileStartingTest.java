package io.headcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.ConfigException;
import io.headcount.config.ConfigLoader;
import io.headcount.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StopWhileStartingTest {
    @TempDir
    private Path dir;

    private GatewayConfig config() throws ConfigException {
        return new ConfigLoader()
                .load(
                        null,
                        List.of(
                                "http.host=127.0.0.1",
                                "http.port=0",
                                "admin.enabled=false",
                                "journal.min-free=1 MiB",
                                "journal.dir=" + dir.resolve("journal"),
                                "journal.quarantine.dir=" + dir.resolve("quarantine")))
                .gateway();
    }

    private static Gateway gateway(GatewayConfig config, GatewayState state) {
        return new Gateway(config, state, Clock.systemUTC());
    }

    @Test
    void shouldNotGoOnStartingWhenAStopIsAskedFor() throws ConfigException, IOException {
        GatewayConfig config = config();
        try (Gateway first = gateway(config, new GatewayState(MemoryEnd.ofProcess()))) {
            assertThat(first.start()).isTrue();
        }
        GatewayState stopped = new GatewayState(MemoryEnd.ofProcess());
        stopped.drain();

        assertThat(gateway(config, stopped).start()).isFalse();

        assertThat(stopped.failed()).isFalse();
        // the journal's lock is free again
        try (Gateway next = gateway(config, new GatewayState(MemoryEnd.ofProcess()))) {
            assertThat(next.start()).isTrue();
        }
    }
}

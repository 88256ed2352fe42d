package io.headcount.bench;

import io.headcount.config.ConfigException;
import io.headcount.config.ConfigLoader;
import io.headcount.config.GatewayConfig;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** What benchmarks read: the documents in {@code config/samples} and the built-in configuration. */
final class Samples {
    /** The vendor's interval post: three objects, one row each. */
    static final String INTERVAL = "interval-metrics.xml";

    /** When samples are received, epoch ms: after the newest of them was sent. */
    static final long RECEIVED_MS = 1_767_225_600_000L;

    private Samples() {}

    /** The bytes of a sample, by its file name. */
    static byte[] read(String name) throws IOException {
        try (InputStream in = Samples.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " (expected: a file in config/samples)");
            }
            return in.readAllBytes();
        }
    }

    /** The built-in configuration with these {@code key=value} settings. */
    static GatewayConfig config(String... settings) throws ConfigException {
        return new ConfigLoader().load(null, List.of(settings)).gateway();
    }
}

package io.headcount.http;

import io.headcount.config.AccessConfig;
import io.headcount.config.HttpConfig;
import io.headcount.config.QuarantineConfig;
import io.headcount.config.RingConfig;
import io.headcount.config.TlsConfig;
import io.headcount.config.XmlConfig;
import java.util.List;

/** The intake's settings for tests: the defaults, with what a test changes. */
final class HttpSettings {
    static final XmlConfig XML = new XmlConfig(8, 2048, 32, 2048, 128, 60_000, 5_000, 10_000);
    static final RingConfig RING = new RingConfig(8192, 5_000, 30_000);

    int port;
    int maxConnections = 1_000;
    int maxConnectionsPerAddress = 1_000;
    int maxHeaderLines = 100;
    int maxBodyBytes = 8 * 1024;
    long maxPostMemoryBytes;
    long headerTimeoutMs = 10_000;
    long bodyTimeoutMs = 20_000;
    long idleTimeoutMs = 180_000;
    long replyTimeoutMs = 10_000;
    long lingerTimeoutMs = 1_000;
    int maxLingerBytes = 256 * 1024;
    List<String> paths = List.of();
    AccessConfig access = AccessConfig.OPEN;
    TlsConfig tls = TlsConfig.OFF;
    QuarantineConfig quarantine = QuarantineConfig.OFF;
    long captureBytes = 1 << 20;

    HttpConfig config() {
        return new HttpConfig(
                "127.0.0.1",
                port,
                2,
                maxConnections,
                maxConnectionsPerAddress,
                2048,
                8800,
                maxHeaderLines,
                maxBodyBytes,
                maxPostMemoryBytes,
                headerTimeoutMs,
                bodyTimeoutMs,
                8192,
                idleTimeoutMs,
                replyTimeoutMs,
                lingerTimeoutMs,
                maxLingerBytes,
                paths,
                "{\"code\":0,\"msg\":\"success\"}",
                access,
                tls);
    }
}

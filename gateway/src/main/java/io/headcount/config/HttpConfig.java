package io.headcount.config;

import java.util.List;

/**
 * The intake's settings; meanings and defaults stand in {@code config/gateway.conf}.
 *
 * @param host address to listen on
 * @param port 0 to 65535; 0 means any free one
 * @param eventLoops threads that read and parse; 0 means one per processor
 * @param maxConnections open connections in all
 * @param maxConnectionsPerAddress open connections from one address
 * @param maxRequestLineBytes longest request line
 * @param maxHeaderBytes largest header block
 * @param maxHeaderLines most lines of a header block
 * @param maxBodyBytes largest body
 * @param maxPostMemoryBytes of large posts that are read or wait to be journaled, together; 0 means a quarter of the heap
 * @param headerTimeoutMs from the first byte (or the connection's opening) to the end of the headers
 * @param bodyTimeoutMs from the end of the headers to the last byte of the body
 * @param minBodyBytesPerSec a body that comes at this rate or faster may take longer than {@code bodyTimeoutMs}
 * @param idleTimeoutMs between an answer and the next request
 * @param replyTimeoutMs for the peer to read an answer
 * @param lingerTimeoutMs between the last answer and the closing, for the peer to end first
 * @param maxLingerBytes thrown away meanwhile
 * @param paths served; empty: all
 * @param replyBody text of the answer to an accepted post
 * @param access who may post
 * @param tls the TLS port
 */
public record HttpConfig(
        String host,
        int port,
        int eventLoops,
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxRequestLineBytes,
        int maxHeaderBytes,
        int maxHeaderLines,
        int maxBodyBytes,
        long maxPostMemoryBytes,
        long headerTimeoutMs,
        long bodyTimeoutMs,
        int minBodyBytesPerSec,
        long idleTimeoutMs,
        long replyTimeoutMs,
        long lingerTimeoutMs,
        int maxLingerBytes,
        List<String> paths,
        String replyBody,
        AccessConfig access,
        TlsConfig tls) {
    private static final int MAX_REPLY_CHARS = 4096;

    /** A post becomes one journal record, which takes 2 MiB; its texts may double in UTF-8. */
    private static final int MOST_BODY_BYTES = 1 << 20;

    /** Checks every setting. */
    public HttpConfig {
        if (host.isBlank()) {
            throw new InvalidSetting("http.host", "\"\"", "an address or host name");
        }
        InvalidSetting.inRange("http.port", port, 0, 65535);
        InvalidSetting.inRange("http.event-loops", eventLoops, 0, 256);
        InvalidSetting.inRange("http.max-connections", maxConnections, 1, 1_000_000);
        InvalidSetting.inRange("http.max-connections-per-address", maxConnectionsPerAddress, 1, 1_000_000);
        InvalidSetting.inRange("http.max-request-line", maxRequestLineBytes, 64, 65_536);
        InvalidSetting.inRange("http.max-headers", maxHeaderBytes, 256, 65_536);
        InvalidSetting.inRange("http.max-header-lines", maxHeaderLines, 8, 10_000);
        InvalidSetting.inRange("http.max-body", maxBodyBytes, 1024, MOST_BODY_BYTES);
        InvalidSetting.inRange("http.max-post-memory", maxPostMemoryBytes, 0, 1L << 50);
        InvalidSetting.inRange("http.header-timeout", headerTimeoutMs, 1, 3_600_000);
        InvalidSetting.inRange("http.body-timeout", bodyTimeoutMs, 1, 3_600_000);
        InvalidSetting.inRange("http.min-body-rate", minBodyBytesPerSec, 1, 1 << 30);
        InvalidSetting.inRange("http.idle-timeout", idleTimeoutMs, 1, 86_400_000);
        InvalidSetting.inRange("http.reply-timeout", replyTimeoutMs, 1, 3_600_000);
        InvalidSetting.inRange("http.linger-timeout", lingerTimeoutMs, 1, 60_000);
        InvalidSetting.inRange("http.max-linger", maxLingerBytes, 0, 1 << 30);
        paths = List.copyOf(paths);
        for (String path : paths) {
            if (!path.startsWith("/")) {
                throw new InvalidSetting("http.paths", "\"" + path + "\"", "paths that begin with /");
            }
        }
        if (replyBody.isBlank() || replyBody.length() > MAX_REPLY_CHARS) {
            throw new InvalidSetting(
                    "http.reply.body",
                    replyBody.length() + " characters",
                    "1 to " + MAX_REPLY_CHARS + " characters: cameras send again on an empty answer");
        }
    }

    /** How long a body may take of which so many bytes have come: the time-out, or more for a large one at the least rate. */
    public long bodyTimeoutMs(long bytes) {
        return Math.max(bodyTimeoutMs, Math.min(bytes, maxBodyBytes) * 1000 / minBodyBytesPerSec);
    }
}

package io.headcount.config;

/**
 * The whole configuration, checked.
 *
 * @param http intake
 * @param xml bounds on documents
 * @param ring ring between intake and pipeline
 * @param ledger memory of rows
 * @param journal the journal
 * @param retention how long the journal keeps records
 * @param quarantine where refused bodies are kept
 * @param admin health and metrics
 * @param maxLogLinesPerSec log lines about single requests a second
 * @param stopTimeoutMs how long a stop waits for what is in flight
 */
public record GatewayConfig(
        HttpConfig http,
        XmlConfig xml,
        RingConfig ring,
        LedgerConfig ledger,
        JournalConfig journal,
        RetentionConfig retention,
        QuarantineConfig quarantine,
        AdminConfig admin,
        int maxLogLinesPerSec,
        long stopTimeoutMs) {
    /** Checks every setting. */
    public GatewayConfig {
        InvalidSetting.inRange("log.max-lines-per-second", maxLogLinesPerSec, 0, 100_000);
        InvalidSetting.inRange("stop-timeout", stopTimeoutMs, 100, 600_000);
    }
}

package io.headcount.config;

/**
 * The ledger's settings.
 *
 * @param windowMs how long a row is remembered after its window's end and its last arrival, whichever is later
 * @param maxRows rows remembered at the most; beyond it the oldest windows go first
 * @param maxDevices DeviceIds watched for identity conflicts; beyond it the one silent longest goes first
 */
public record LedgerConfig(long windowMs, int maxRows, int maxDevices) {
    /** Checks every setting. */
    public LedgerConfig {
        InvalidSetting.inRange("ledger.window", windowMs, 1_000, 14L * 86_400_000);
        InvalidSetting.inRange("ledger.max-rows", maxRows, 1, 50_000_000);
        InvalidSetting.inRange("presence.max-devices", maxDevices, 1, 10_000_000);
    }
}

package io.headcount.config;

/**
 * How long records are kept.
 *
 * @param ageMs roll files whose newest record is older than this are deleted, ms
 * @param maxBytes the oldest roll files are deleted while all of them hold more than this; 0: no bound
 */
public record RetentionConfig(long ageMs, long maxBytes) {
    private static final long MINUTE_MS = 60_000;
    private static final long CENTURY_MS = 36_500L * 86_400_000;

    /** Checks every setting. */
    public RetentionConfig {
        InvalidSetting.inRange("journal.retention", ageMs, MINUTE_MS, CENTURY_MS);
        InvalidSetting.inRange("journal.max-size", maxBytes, 0, Long.MAX_VALUE);
    }
}

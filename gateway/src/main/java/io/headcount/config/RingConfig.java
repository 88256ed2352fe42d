package io.headcount.config;

/**
 * The ring's settings.
 *
 * @param size slots, a power of two
 * @param patienceMs how long a post waits for a free slot before it is refused with 503
 * @param settleTimeoutMs how long a post waits to be journaled in all, before it is answered 503 without anybody knowing
 */
public record RingConfig(int size, long patienceMs, long settleTimeoutMs) {
    /** Checks every setting. */
    public RingConfig {
        if (size < 16 || size > 1 << 20 || Integer.bitCount(size) != 1) {
            throw new InvalidSetting("ring.size", size, "a power of two, 16 to " + (1 << 20));
        }
        InvalidSetting.inRange("ring.patience", patienceMs, 0, 600_000);
        if (settleTimeoutMs <= patienceMs || settleTimeoutMs > 3_600_000) {
            throw new InvalidSetting(
                    "ring.settle-timeout", settleTimeoutMs, "more than ring.patience, " + patienceMs + ", to 3600000");
        }
    }
}

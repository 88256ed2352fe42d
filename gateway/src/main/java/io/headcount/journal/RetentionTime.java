package io.headcount.journal;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time by which files age: the clock, but a jump ahead is believed only after a day. A clock set to next year by mistake
 * would otherwise cost the whole journal within a minute. A jump back is believed at once: it only keeps files longer. One
 * thread.
 */
final class RetentionTime implements LongSupplier {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionTime.class);
    private static final long MOST_DRIFT_MS = TimeUnit.MINUTES.toMillis(10);
    private static final long BELIEVED_AFTER_MS = TimeUnit.HOURS.toMillis(24);

    private final Clock clock;
    private final LongSupplier nanos;
    private long seenMs;
    private long seenNs;
    // elapsed since the clock jumped, or -1
    private long doubtedMs = -1;

    RetentionTime(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.seenMs = clock.millis();
        this.seenNs = nanos.getAsLong();
    }

    @Override
    public long getAsLong() {
        long elapsedMs = (nanos.getAsLong() - seenNs) / 1_000_000;
        seenNs += elapsedMs * 1_000_000;
        seenMs += elapsedMs;
        long wallMs = clock.millis();
        if (wallMs - seenMs <= MOST_DRIFT_MS || believed(elapsedMs, wallMs)) {
            seenMs = wallMs;
            doubtedMs = -1;
        }
        return seenMs;
    }

    /** Whether the jump has been there for long enough. */
    private boolean believed(long elapsedMs, long wallMs) {
        if (doubtedMs < 0) {
            doubtedMs = 0;
            LOG.warn(
                    "the clock jumped ahead, from {} to {}: for 24 hours files do not age by it",
                    Instant.ofEpochMilli(seenMs),
                    Instant.ofEpochMilli(wallMs));
            return false;
        }
        doubtedMs += elapsedMs;
        return doubtedMs >= BELIEVED_AFTER_MS;
    }
}

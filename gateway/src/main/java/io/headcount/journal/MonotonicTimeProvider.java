package io.headcount.journal;

import java.time.Clock;
import java.util.function.LongSupplier;
import net.openhft.chronicle.core.time.TimeProvider;

/**
 * The time that chooses the roll file: never goes back, whatever is done to the clock, so that files are written in the order
 * of their names and readers never miss one. hc-pipeline.
 *
 * <p>While the clock is behind by less than a file's length, time stands still until the clock has caught up. While it is
 * behind by more, time goes on at its normal pace, so that files still roll. It is never behind the clock: a record received
 * at a time is in the file of that time or in a later one, which the replay counts on.
 */
final class MonotonicTimeProvider implements TimeProvider {
    private static final long NS_PER_MS = 1_000_000;

    private final Clock clock;
    private final LongSupplier nanos;
    private final long rollLengthMs;
    private long nowMs;
    private long seenNs;

    /**
     * A time that begins no earlier than given.
     *
     * @param clock the wall clock
     * @param nanos elapsed time, ns
     * @param rollLengthMs how much time one roll file holds
     * @param seedMs the time of the newest roll file, epoch ms
     */
    MonotonicTimeProvider(Clock clock, LongSupplier nanos, long rollLengthMs, long seedMs) {
        this.clock = clock;
        this.nanos = nanos;
        this.rollLengthMs = rollLengthMs;
        this.nowMs = seedMs;
        this.seenNs = nanos.getAsLong();
    }

    @Override
    public long currentTimeMillis() {
        long elapsedMs = (nanos.getAsLong() - seenNs) / NS_PER_MS;
        seenNs += elapsedMs * NS_PER_MS;
        long wallMs = clock.millis();
        if (nowMs - wallMs > rollLengthMs) {
            nowMs += elapsedMs;
        }
        nowMs = Math.max(nowMs, wallMs);
        return nowMs;
    }
}

package io.headcount.http;

import java.util.concurrent.TimeUnit;

/**
 * So many events in the long run, so many at once: the generic cell rate algorithm (ITU-T I.371). What is remembered of one
 * party is a single number, the time up to which its events are spent; 0 for a party that was never seen. Times count from any
 * start that is not negative. Immutable. time up to which is spent, now -> one more or not.
 *
 * @param intervalNs between two events in the long run
 * @param burstNs what may be spent ahead: the intervals of a whole burst
 */
record RateLimit(long intervalNs, long burstNs) {
    /**
     * A limit of events a period.
     *
     * @param events in a period of {@code unit}, from 1
     * @param burst at once, from 1
     */
    static RateLimit of(int events, TimeUnit unit, int burst) {
        long interval = unit.toNanos(1) / events;
        return new RateLimit(interval, interval * burst);
    }

    /** Whether one more event now would be too many. */
    boolean exceeded(long spentUpToNs, long nowNs) {
        return spent(spentUpToNs, nowNs) - nowNs > burstNs;
    }

    /** The time up to which is spent with one more event now. */
    long spent(long spentUpToNs, long nowNs) {
        return Math.max(spentUpToNs, nowNs) + intervalNs;
    }
}

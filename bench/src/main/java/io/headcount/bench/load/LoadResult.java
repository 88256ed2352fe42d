package io.headcount.bench.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What became of the posts of one phase.
 *
 * @param elapsedNs how long it lasted
 * @param offeredPerSec the rate that was intended; 0: as fast as it goes
 * @param sent posts sent
 * @param unsent posts whose time had come but which found no free connection until the end
 * @param inTime answers by status, of those that came within {@code elapsedNs}
 * @param byStatus answers by status, with those that came afterwards
 * @param broken connections that ended without an answer, or with something else than one
 * @param latenciesNs from the intended time of sending to the answer
 */
record LoadResult(
        long elapsedNs,
        double offeredPerSec,
        long sent,
        long unsent,
        Map<Integer, Long> inTime,
        Map<Integer, Long> byStatus,
        long broken,
        Histogram latenciesNs) {
    /** A run that sends less than this share of what it offers is no run. */
    private static final double LEAST_SHARE = 0.99;

    LoadResult {
        inTime = new TreeMap<>(inTime);
        byStatus = new TreeMap<>(byStatus);
    }

    /** Answers with this status. */
    long answers(int status) {
        return byStatus.getOrDefault(status, 0L);
    }

    /** Posts accepted a second. */
    double acceptedPerSec() {
        return inTime.getOrDefault(200, 0L) * (double) TimeUnit.SECONDS.toNanos(1) / elapsedNs;
    }

    /** Whether as many posts were sent as were offered. */
    boolean madeItsRate() {
        return offeredPerSec == 0 || sent >= LEAST_SHARE * (sent + unsent);
    }

    /**
     * Whether every answer was 200 and no connection broke.
     *
     * @param overload whether 503 is a good answer, too
     */
    boolean clean(boolean overload) {
        return broken == 0
                && byStatus.keySet().stream().allMatch(status -> status == 200 || (overload && status == 503));
    }

    /** A percentile of the latencies, ms. */
    double latencyMs(double percentile) {
        return latenciesNs.getValueAtPercentile(percentile) / 1e6;
    }
}

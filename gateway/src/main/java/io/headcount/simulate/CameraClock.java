package io.headcount.simulate;

import java.util.concurrent.TimeUnit;

/**
 * The time in the documents: the real one, or, where a window is to take less time than it says, one that starts far enough
 * in the past to run faster and never be ahead. Immutable.
 */
final class CameraClock {
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double ROUNDING = 1e-3;

    private final long startMs;
    private final long intervalMs;
    private final long periodNs;

    private CameraClock(long startMs, Timing timing) {
        this.startMs = startMs;
        this.intervalMs = timing.intervalSec() * 1000L;
        this.periodNs = timing.periodNs();
    }

    /** A clock for a run that starts now. */
    static CameraClock startingAt(long nowMs, Timing timing) {
        long intervalMs = timing.intervalSec() * 1000L;
        if (!timing.hastened()) {
            return new CameraClock(nowMs, timing);
        }
        long windows = timing.durationNs() / timing.periodNs() + 1;
        return new CameraClock((nowMs / intervalMs - windows) * intervalMs, timing);
    }

    /** The time in a document, epoch s. */
    long epochSec(long sinceStartNs) {
        long windows = sinceStartNs / periodNs;
        double rest = (double) (sinceStartNs % periodNs) / periodNs * intervalMs;
        return Math.floorDiv(startMs + windows * intervalMs + (long) (rest + ROUNDING), 1000L);
    }

    /** When a window next ends, from the run's start. A clock that runs faster starts at one. */
    long firstEdgeNs() {
        return Math.floorMod(-startMs, intervalMs) * NS_PER_MS;
    }
}

package io.headcount.simulate;

import io.headcount.config.InvalidSetting;
import java.util.concurrent.TimeUnit;

/**
 * When cameras post.
 *
 * @param intervalSec length of a window in the documents; whole minutes
 * @param periodNs how long a window takes in this run: the interval, or less for trials
 * @param rate real-time posts of a camera per window
 * @param heartbeatNs between heartbeats of a camera
 * @param aligned all post at the window's edge, instead of spread evenly
 * @param burstNs how long after the edge they take
 * @param durationNs of the run
 * @param warmUpNs posts that are due before are sent, and left out of the times
 */
public record Timing(
        int intervalSec,
        long periodNs,
        int rate,
        long heartbeatNs,
        boolean aligned,
        long burstNs,
        long durationNs,
        long warmUpNs) {
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int MOST_RATE = 3600;
    private static final long LEAST_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long MOST_DURATION_NS = TimeUnit.DAYS.toNanos(1);

    /** Checks every value. */
    public Timing {
        if (intervalSec < SECONDS_PER_MINUTE
                || intervalSec > SECONDS_PER_HOUR
                || SECONDS_PER_HOUR % intervalSec != 0
                || intervalSec % SECONDS_PER_MINUTE != 0) {
            throw new InvalidSetting("--interval", intervalSec + " s", "whole minutes that divide an hour");
        }
        long intervalNs = TimeUnit.SECONDS.toNanos(intervalSec);
        inRange("--period", periodNs, LEAST_PERIOD_NS, intervalNs, "10 ms to the interval");
        InvalidSetting.inRange("--rate", rate, 1, MOST_RATE);
        inRange("--heartbeat", heartbeatNs, LEAST_PERIOD_NS, MOST_DURATION_NS, "10 ms to a day");
        inRange("--burst", burstNs, 0, periodNs / rate, "0 to the time between two posts of a camera");
        inRange("--duration", durationNs, 1, MOST_DURATION_NS, "up to a day");
        inRange("--warm-up", warmUpNs, 0, durationNs - 1, "less than the duration");
    }

    private static void inRange(String option, long valueNs, long leastNs, long mostNs, String expected) {
        if (valueNs < leastNs || valueNs > mostNs) {
            throw new InvalidSetting(option, TimeUnit.NANOSECONDS.toMillis(valueNs) + " ms", expected);
        }
    }

    /** Whether a window takes less time in this run than in the documents. */
    boolean hastened() {
        return periodNs != TimeUnit.SECONDS.toNanos(intervalSec);
    }
}

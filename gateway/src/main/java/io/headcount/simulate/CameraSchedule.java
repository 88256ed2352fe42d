package io.headcount.simulate;

import java.util.Arrays;

/**
 * When cameras do something that they do at equal distances: a cursor that goes round over them in the order of their phases,
 * so that the next one costs neither a timer nor a heap. Not thread-safe.
 *
 * <pre>
 *   round   0                   1                   2
 *           |c3  c1    c0  c2   |c3  c1    c0  c2   |c3 …      spread: phases fill the round
 *           |c3c1c0c2           |c3c1c0c2           |c3 …      aligned: phases fill the burst
 *           firstNs
 * </pre>
 */
final class CameraSchedule {
    static final long NEVER = Long.MAX_VALUE;

    private static final long PHASE_UNIT_NS = 1_000;
    private static final int INDEX_BITS = 24;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

    private final long[] phases;
    private final long firstNs;
    private final long periodNs;
    private final int roundsPerPeriod;
    private final long endNs;

    private int at;
    private long round;

    private CameraSchedule(long[] phases, long firstNs, long periodNs, int roundsPerPeriod, long endNs) {
        this.phases = phases;
        this.firstNs = firstNs;
        this.periodNs = periodNs;
        this.roundsPerPeriod = roundsPerPeriod;
        this.endNs = endNs;
    }

    /** When posts are due. */
    static CameraSchedule ofPosts(Camera[] cameras, Timing timing, Mode mode, long firstEdgeNs, Chance chance) {
        int rounds = mode == Mode.REALTIME ? timing.rate() : 1;
        long spreadNs = timing.aligned() ? timing.burstNs() : timing.periodNs() / rounds;
        long[] phases = phases(cameras, spreadNs, Chance.Draw.PHASE, chance);
        long firstNs = timing.aligned() ? firstEdgeNs : 0;
        return new CameraSchedule(phases, firstNs, timing.periodNs(), rounds, timing.durationNs());
    }

    /** When heartbeats are due: spread, aligned or not. */
    static CameraSchedule ofHeartbeats(Camera[] cameras, Timing timing, Chance chance) {
        long[] phases = phases(cameras, timing.heartbeatNs(), Chance.Draw.HEARTBEAT_PHASE, chance);
        return new CameraSchedule(phases, 0, timing.heartbeatNs(), 1, timing.durationNs());
    }

    /** When nothing is ever due. */
    static CameraSchedule never() {
        return new CameraSchedule(new long[0], 0, 1, 1, 0);
    }

    /** Sorted; each with the index of its camera in the lowest bits, and rounded to a microsecond. */
    private static long[] phases(Camera[] cameras, long spreadNs, Chance.Draw draw, Chance chance) {
        long[] phases = new long[cameras.length];
        for (int i = 0; i < cameras.length; i++) {
            long phase = chance.below(spreadNs, draw, cameras[i].number(), 0);
            phases[i] = (phase / PHASE_UNIT_NS) << INDEX_BITS | i;
        }
        Arrays.sort(phases);
        return phases;
    }

    /** When the next one is due, from the run's start; {@link #NEVER} once the run is over. */
    long nextNs() {
        if (phases.length == 0) {
            return NEVER;
        }
        long due = firstNs + round * periodNs / roundsPerPeriod + (phases[at] >>> INDEX_BITS) * PHASE_UNIT_NS;
        return due < endNs ? due : NEVER;
    }

    /** Index of the camera that is next. */
    int camera() {
        return (int) (phases[at] & INDEX_MASK);
    }

    /** How many rounds it has had. */
    long round() {
        return round;
    }

    void advance() {
        at++;
        if (at == phases.length) {
            at = 0;
            round++;
        }
    }

    /** Goes to its end; returns how many times were left. */
    long skipRest() {
        long left = 0;
        while (nextNs() != NEVER) {
            advance();
            left++;
        }
        return left;
    }
}

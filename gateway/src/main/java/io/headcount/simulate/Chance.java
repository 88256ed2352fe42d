package io.headcount.simulate;

/**
 * Chance that depends on a seed, a camera and a number, and on nothing else: not on the order of asking, so any number of
 * threads makes the same fleet. Any thread.
 */
final class Chance {
    /** What is left to chance. */
    enum Draw {
        PHASE,
        HEARTBEAT_PHASE,
        COUNTS,
        DUPLICATE,
        DUPLICATE_DELAY,
        TIE,
        TIE_ORDER,
        OUTAGE,
        SKEWED,
        SKEW,
        CLONE,
        SLOW,
        LOST_ANSWER,
        RETRYING,
        RETRY_DELAY;

        private final long salt = mix(name().hashCode());
    }

    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final double TO_SHARE = 0x1.0p-53;
    private static final int CAMERA_SHIFT = 40;

    private final long seed;

    Chance(long seed) {
        this.seed = mix(seed + GOLDEN);
    }

    /** 64 bits. */
    long bits(Draw draw, int camera, long number) {
        return mix(seed ^ mix(draw.salt ^ ((long) camera << CAMERA_SHIFT) ^ number));
    }

    boolean happens(double share, Draw draw, int camera, long number) {
        return share > 0 && (bits(draw, camera, number) >>> 11) * TO_SHARE < share;
    }

    /** From 0 to just below the bound. */
    long below(long bound, Draw draw, int camera, long number) {
        return (long) ((bits(draw, camera, number) >>> 11) * TO_SHARE * bound);
    }

    /** SplitMix64's last steps. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}

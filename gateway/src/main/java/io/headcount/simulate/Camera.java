package io.headcount.simulate;

import java.util.Arrays;

/** One camera: who it is, how it misbehaves, and what it has counted and not yet sent. Its event loop. */
final class Camera {
    private static final long NONE = Long.MIN_VALUE;

    private final int number;
    private final int deviceNumber;
    private final int skewSec;
    private final boolean retrying;

    private long windowSec = NONE;
    private int people;

    private int silentRounds;
    private long firstMissedSec = NONE;
    private int[] missed = {};

    private Camera(int number, int deviceNumber, int skewSec, boolean retrying) {
        this.number = number;
        this.deviceNumber = deviceNumber;
        this.skewSec = skewSec;
        this.retrying = retrying;
    }

    static Camera of(int number, Misbehaviour habits, Chance chance) {
        // the one before a clone is none, so nobody has more than one
        boolean clone = number % 2 == 1 && chance.happens(2 * habits.clones(), Chance.Draw.CLONE, number, 0);
        boolean skewed = chance.happens(habits.skewed(), Chance.Draw.SKEWED, number, 0);
        boolean retrying = chance.happens(habits.retrying(), Chance.Draw.RETRYING, number, 0);
        return new Camera(number, clone ? number - 1 : number, skewed ? skew(number, habits, chance) : 0, retrying);
    }

    private static int skew(int number, Misbehaviour habits, Chance chance) {
        int by = 1 + (int) chance.below(habits.skewSec(), Chance.Draw.SKEW, number, 0);
        return (chance.bits(Chance.Draw.SKEW, number, 1) & 1) == 0 ? by : -by;
    }

    int number() {
        return number;
    }

    /** The number in its DeviceId; that of another camera on a clone. */
    int deviceNumber() {
        return deviceNumber;
    }

    /** How far its clock is ahead. */
    int skewSec() {
        return skewSec;
    }

    boolean retrying() {
        return retrying;
    }

    /** Somebody passes in this window; returns how many have. */
    int passBy(long startSec) {
        people = startSec == windowSec ? people + 1 : 1;
        windowSec = startSec;
        return people;
    }

    /** Sends nothing for so many of its times. */
    void fallSilent(int rounds) {
        silentRounds = rounds;
        firstMissedSec = NONE;
        missed = new int[0];
    }

    boolean silent() {
        return silentRounds > 0;
    }

    /** Keeps what it has counted for later. */
    void miss(long startSec, int intervalSec, int counted) {
        firstMissedSec = firstMissedSec == NONE ? startSec : firstMissedSec;
        int index = (int) ((startSec - firstMissedSec) / intervalSec);
        missed = Arrays.copyOf(missed, index + 1);
        missed[index] = counted;
        silentRounds--;
    }

    boolean hasMissed() {
        return firstMissedSec != NONE;
    }

    long firstMissedSec() {
        return firstMissedSec;
    }

    /** All that it has counted since it fell silent, window by window, with the present one at the end. */
    int[] takeMissed(long startSec, int intervalSec, int counted) {
        silentRounds = 1;
        miss(startSec, intervalSec, counted);
        int[] all = missed;
        fallSilent(0);
        return all;
    }
}

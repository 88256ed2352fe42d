package io.headcount.simulate;

import io.headcount.config.InvalidSetting;
import java.util.concurrent.TimeUnit;

/**
 * What goes wrong, each as a share from 0 to 1 of posts or of cameras.
 *
 * @param duplicates posts that come twice
 * @param ties posts that come with a second one of the same TransmitTime and other counts
 * @param outages posts in whose stead the camera falls silent
 * @param outagePeriods for how many periods it does, before all that it has counted comes in one post
 * @param skewed cameras whose clock is wrong
 * @param skewSec by how much at most, ahead or behind
 * @param clones cameras that have the DeviceId of another one
 * @param slow posts whose body trickles
 * @param slowNs for how long
 * @param lostAnswers posts whose connection breaks before the answer is read, and which are sent again
 * @param retrying cameras that send again what was not answered, or answered by 429 or 5xx
 * @param retries how often at most
 */
public record Misbehaviour(
        double duplicates,
        double ties,
        double outages,
        int outagePeriods,
        double skewed,
        int skewSec,
        double clones,
        double slow,
        long slowNs,
        double lostAnswers,
        double retrying,
        int retries) {
    /** Beyond a day ahead the gateway would not believe TransmitTime. */
    private static final int MOST_SKEW_SEC = 23 * 3600;

    private static final int LEAST_SKEW_SEC = 1;
    private static final int MOST_PERIODS = 60;
    private static final int MOST_RETRIES = 100;
    private static final double MOST_CLONES = 0.5;

    /** Nothing at all. */
    public static final Misbehaviour NONE =
            new Misbehaviour(0, 0, 0, 5, 0, 120, 0, 0, TimeUnit.SECONDS.toNanos(2), 0, 0, 3);

    /** Checks every value. */
    public Misbehaviour {
        share("--duplicates", duplicates, 1);
        share("--ties", ties, 1);
        share("--outages", outages, 1);
        InvalidSetting.inRange("--outage-periods", outagePeriods, 1, MOST_PERIODS);
        share("--skewed", skewed, 1);
        InvalidSetting.inRange("--skew", skewSec, LEAST_SKEW_SEC, MOST_SKEW_SEC);
        share("--clones", clones, MOST_CLONES);
        share("--slow", slow, 1);
        InvalidSetting.inRange("--slow-for", TimeUnit.NANOSECONDS.toMillis(slowNs), 1, 600_000);
        share("--lost-answers", lostAnswers, 1);
        share("--retrying", retrying, 1);
        InvalidSetting.inRange("--retries", retries, 1, MOST_RETRIES);
    }

    private static void share(String option, double value, double most) {
        if (!(value >= 0 && value <= most)) {
            throw new InvalidSetting(option, String.valueOf(value), "a share from 0 to " + most);
        }
    }
}

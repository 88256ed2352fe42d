package io.headcount.simulate;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Decides what a camera sends at one of its times: its post, none because it is cut off, a backlog, one more of the same
 * second. Event loop of the camera. camera and time -> posts.
 */
final class CameraScript {
    private static final long LONGEST_DELAY_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MOST_PEOPLE = 60;

    private final Mode mode;
    private final Timing timing;
    private final Misbehaviour habits;
    private final Chance chance;
    private final CameraClock clock;
    private final long delayNs;
    private final int silentRounds;

    CameraScript(FleetSettings settings, Chance chance, CameraClock clock) {
        this.mode = settings.mode();
        this.timing = settings.timing();
        this.habits = settings.misbehaviour();
        this.chance = chance;
        this.clock = clock;
        this.delayNs = Math.min(LONGEST_DELAY_NS, timing.periodNs() / 4);
        this.silentRounds = habits.outagePeriods() * (mode == Mode.REALTIME ? timing.rate() : 1);
    }

    /** One of the camera's times has come; takes each post that follows from it, with the time when it is due. */
    void play(Camera camera, long round, long dueNs, Consumer<FleetPost> posts) {
        long nowSec = clock.epochSec(dueNs) + camera.skewSec();
        long startSec = startOf(nowSec);
        int people = people(camera, round, startSec);
        boolean falling = !camera.silent()
                && !camera.hasMissed()
                && chance.happens(habits.outages(), Chance.Draw.OUTAGE, camera.number(), round);
        if (falling) {
            camera.fallSilent(silentRounds);
        }
        if (camera.silent()) {
            camera.miss(startSec, timing.intervalSec(), people);
        } else {
            send(post(camera, nowSec, startSec, people, dueNs), round, posts);
        }
    }

    /** A heartbeat is due. */
    FleetPost heartbeat(Camera camera, long dueNs) {
        long nowSec = clock.epochSec(dueNs) + camera.skewSec();
        return new FleetPost(camera, FleetPost.Kind.DIAGS, FleetPost.Extra.NONE, nowSec, 0, new int[0], dueNs);
    }

    private long startOf(long nowSec) {
        long present = nowSec - Math.floorMod(nowSec, timing.intervalSec());
        return mode == Mode.REALTIME ? present : present - timing.intervalSec();
    }

    private int people(Camera camera, long round, long startSec) {
        return mode == Mode.REALTIME
                ? camera.passBy(startSec)
                : 1 + (int) chance.below(MOST_PEOPLE, Chance.Draw.COUNTS, camera.number(), round);
    }

    private FleetPost post(Camera camera, long nowSec, long startSec, int people, long dueNs) {
        FleetPost.Kind kind = mode == Mode.REALTIME ? FleetPost.Kind.RT_METRICS : FleetPost.Kind.METRICS;
        if (!camera.hasMissed()) {
            return new FleetPost(camera, kind, FleetPost.Extra.NONE, nowSec, startSec, new int[] {people}, dueNs);
        }
        long firstSec = camera.firstMissedSec();
        int[] all = camera.takeMissed(startSec, timing.intervalSec(), people);
        return new FleetPost(camera, kind, FleetPost.Extra.NONE, nowSec, firstSec, all, dueNs);
    }

    private void send(FleetPost post, long round, Consumer<FleetPost> posts) {
        int number = post.camera().number();
        if (chance.happens(habits.slow(), Chance.Draw.SLOW, number, round)) {
            post.trickle();
        }
        if (chance.happens(habits.lostAnswers(), Chance.Draw.LOST_ANSWER, number, round)) {
            post.loseAnswer();
        }
        posts.accept(post);
        if (chance.happens(habits.duplicates(), Chance.Draw.DUPLICATE, number, round)) {
            posts.accept(post.duplicate(delayNs(number, round)));
        }
        if (chance.happens(habits.ties(), Chance.Draw.TIE, number, round)) {
            boolean lesser = (chance.bits(Chance.Draw.TIE_ORDER, number, round) & 1) == 0;
            posts.accept(post.tie(lesser ? -1 : 1, delayNs(number, round)));
        }
    }

    private long delayNs(int number, long round) {
        return 1 + chance.below(delayNs, Chance.Draw.DUPLICATE_DELAY, number, round);
    }
}

package io.headcount.simulate;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The cameras of one event loop: sends what is due, whatever has become of what was due before, and settles what comes back.
 *
 * <pre>
 *   CameraSchedule ─camera─▶ CameraScript ─posts─▶ due now ──▶ Link ──▶ answered, unanswered ──▶ Tally, Latencies
 *                                           └ due later ──▶ heap ─┘ ◀── once more, later ──┘
 * </pre>
 */
final class FleetLoop implements Runnable {
    private static final int POSTS_PER_TURN = 64;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;
    private static final int MOST_RETRY_AFTER_SEC = 60;
    private static final long FIRST_RETRY_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MOST_DOUBLINGS = 5;

    /** From an answer, or none, to the next attempt. */
    static final long LONGEST_RETRY_NS = TimeUnit.SECONDS.toNanos(MOST_RETRY_AFTER_SEC) + FIRST_RETRY_NS;

    // one timer for whatever is due within a tenth of a millisecond
    private static final long SHORTEST_SLEEP_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LONGEST_SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final FleetSettings settings;
    private final EventLoop eventLoop;
    private final FleetParts parts;
    private final Camera[] cameras;
    private final Link[] postLinks;
    private final Link[] heartbeatLinks;
    private final RequestWriter requests;
    private final PriorityQueue<FleetPost> later = new PriorityQueue<>(Comparator.comparingLong(FleetPost::wakeNs));
    private final Attempts attempts = new Attempts();
    private final Tally tally = new Tally();
    private final Latencies latencies = new Latencies();
    private final Latencies slowLatencies = new Latencies();
    private final Latencies refusedLatencies = new Latencies();
    private final Latencies delays = new Latencies();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final int mostInFlight;

    private CameraScript script;
    private CameraSchedule posts = CameraSchedule.never();
    private CameraSchedule heartbeats = CameraSchedule.never();
    private long originNs;
    private long nowNs;
    private boolean stopped;

    FleetLoop(int number, FleetSettings settings, EventLoop eventLoop, FleetParts parts) {
        this.settings = settings;
        this.eventLoop = eventLoop;
        this.parts = parts;
        this.cameras = cameras(number, settings, parts.chance());
        this.postLinks = links(number, parts.posts());
        this.heartbeatLinks = parts.heartbeats() == parts.posts() ? postLinks : links(number, parts.heartbeats());
        this.requests = new RequestWriter(
                new PostTemplate(parts.names(), settings.timing().intervalSec()));
        this.mostInFlight = Math.max(1, settings.bounds().inFlight() / settings.threads());
    }

    private static Camera[] cameras(int number, FleetSettings settings, Chance chance) {
        List<Camera> mine = new ArrayList<>();
        for (int camera = number; camera < settings.cameras(); camera += settings.threads()) {
            mine.add(Camera.of(camera, settings.misbehaviour(), chance));
        }
        return mine.toArray(Camera[]::new);
    }

    private Link[] links(int number, Destination destination) {
        int shared = settings.target().connections().shared();
        int count = shared == 0 ? cameras.length : Math.min(cameras.length, mine(shared, number));
        Link[] links = new Link[destination == null ? 0 : count];
        for (int i = 0; i < links.length; i++) {
            links[i] = new Link(this, destination, i * settings.threads() + number);
        }
        return links;
    }

    private int mine(int shared, int number) {
        return Math.max(1, shared / settings.threads() + (number < shared % settings.threads() ? 1 : 0));
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    /** Starts sending; from any thread. */
    void start(long startedNs, CameraClock clock) {
        eventLoop.execute(() -> {
            originNs = startedNs;
            script = new CameraScript(settings, parts.chance(), clock);
            posts = CameraSchedule.ofPosts(
                    cameras, settings.timing(), settings.mode(), clock.firstEdgeNs(), parts.chance());
            if (heartbeatLinks.length > 0) {
                heartbeats = CameraSchedule.ofHeartbeats(cameras, settings.timing(), parts.chance());
            }
            run();
        });
    }

    /** Opens connections ahead; the latch is counted down once it has tried all. From any thread. */
    void preconnect(CountDownLatch tried) {
        eventLoop.execute(() -> new Preconnecting(postLinks, tried).more());
    }

    /** Sends nothing more, and waits for what is under way. From any thread. */
    void stop() {
        eventLoop.execute(() -> {
            stopped = true;
            posts = CameraSchedule.never();
            heartbeats = CameraSchedule.never();
            later.stream().filter(post -> post.attempts() > 0).forEach(post -> settleFailed(PostFailure.RUN_ENDED));
            later.clear();
        });
    }

    /**
     * Counts what is under way as failed, and what a simulator that was too late has never come to; closes all connections.
     * Nothing is sent any more, as the log is closed next. On the event loop.
     */
    void abandon() {
        stopped = true;
        later.clear();
        tally.posts += posts.skipRest() + heartbeats.skipRest();
        long left = tally.inFlight();
        tally.failure(PostFailure.RUN_ENDED, left);
        tally.failed += left;
        for (Link link : postLinks) {
            link.hangUp();
        }
        for (Link link : heartbeatLinks) {
            link.hangUp();
        }
    }

    /** Counted down when nothing is due any more and all is settled. */
    CountDownLatch ended() {
        return ended;
    }

    /** On the event loop. */
    Tally tally() {
        return tally.copy();
    }

    /** Main. */
    void drainTo(Times all) {
        latencies.drainTo(all.latency());
        slowLatencies.drainTo(all.slow());
        refusedLatencies.drainTo(all.refused());
        delays.drainTo(all.delay());
    }

    /** One turn: what is due now, then back to the sockets. */
    @Override
    public void run() {
        nowNs = System.nanoTime() - originNs;
        sweep();
        int left = POSTS_PER_TURN;
        while (left > 0 && nextNs() <= nowNs) {
            playNext();
            left--;
        }
        if (isOver()) {
            ended.countDown();
        } else if (left == 0) {
            eventLoop.execute(this);
        } else {
            long sleepNs = Math.max(SHORTEST_SLEEP_NS, Math.min(LONGEST_SLEEP_NS, nextNs() - nowNs));
            eventLoop.schedule(this, sleepNs, TimeUnit.NANOSECONDS);
        }
    }

    private long nextNs() {
        long next = Math.min(posts.nextNs(), heartbeats.nextNs());
        FleetPost earliest = later.peek();
        return earliest == null ? next : Math.min(next, earliest.wakeNs());
    }

    private boolean isOver() {
        return nextNs() == CameraSchedule.NEVER && tally.inFlight() == 0;
    }

    private void playNext() {
        long next = nextNs();
        if (!later.isEmpty() && later.peek().wakeNs() == next) {
            wake(later.poll());
        } else if (posts.nextNs() == next) {
            script.play(cameras[posts.camera()], posts.round(), next, this::take);
            posts.advance();
        } else {
            begin(script.heartbeat(cameras[heartbeats.camera()], next));
            heartbeats.advance();
        }
    }

    private void take(FleetPost post) {
        if (post.dueNs() <= nowNs) {
            begin(post);
        } else if (later.size() < mostInFlight) {
            later.add(post);
        } else {
            refuse(post);
        }
    }

    private void wake(FleetPost post) {
        if (post.attempts() == 0) {
            begin(post);
        } else {
            tally.retries++;
            link(post).post(post);
        }
    }

    private void begin(FleetPost post) {
        if (isTimed(post)) {
            delays.record(nowNs - post.dueNs());
        }
        if (tally.inFlight() >= mostInFlight) {
            refuse(post);
            return;
        }
        count(post);
        if (post.kind() != FleetPost.Kind.DIAGS && parts.ackLog() != null) {
            post.logNumber(parts.ackLog().sent(post));
        }
        link(post).post(post);
    }

    private void count(FleetPost post) {
        tally.posts++;
        tally.heartbeats += post.kind() == FleetPost.Kind.DIAGS ? 1 : 0;
        tally.duplicates += post.extra() == FleetPost.Extra.DUPLICATE ? 1 : 0;
        tally.ties += post.extra() == FleetPost.Extra.TIE ? 1 : 0;
        tally.backlogs += post.windows() > 1 && post.extra() == FleetPost.Extra.NONE ? 1 : 0;
        tally.slow += post.slow() ? 1 : 0;
    }

    private void refuse(FleetPost post) {
        count(post);
        settleFailed(PostFailure.TOO_MANY);
    }

    private Link link(FleetPost post) {
        Link[] links = post.kind() == FleetPost.Kind.DIAGS ? heartbeatLinks : postLinks;
        return links[post.camera().number() / settings.threads() % links.length];
    }

    /** The bytes of a post. */
    ByteBuf request(FleetPost post) {
        RequestHead head = post.kind() == FleetPost.Kind.DIAGS ? parts.heartbeatHead() : parts.postHead();
        tally.requests++;
        return requests.write(post, head, ByteBufAllocator.DEFAULT);
    }

    long slowNs() {
        return settings.misbehaviour().slowNs();
    }

    /** A link turns to this post. */
    void attempting(FleetPost post) {
        post.attempt(sinceStartNs());
        attempts.add(post);
    }

    /** The answer of an attempt is lost on purpose; another one begins. */
    void lostAnswer(FleetPost post) {
        tally.lostAnswers++;
        attempts.remove(post);
    }

    /** An attempt has been answered. */
    void answered(FleetPost post, int status, int retryAfterSec) {
        attempts.remove(post);
        tally.answer(status);
        if (status / 100 == 2) {
            acknowledged(post);
        } else if (mayRetry(post) && (status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS)) {
            retry(post, retryAfterSec);
        } else {
            tally.failed++;
            recordLatency(post, refusedLatencies);
        }
    }

    /** An attempt has come to nothing. */
    void unanswered(FleetPost post, PostFailure failure) {
        attempts.remove(post);
        if (mayRetry(post)) {
            tally.failure(failure, 1);
            retry(post, 0);
        } else {
            settleFailed(failure);
        }
    }

    private void acknowledged(FleetPost post) {
        tally.acknowledged++;
        recordLatency(post, post.toldApart() ? slowLatencies : latencies);
        if (post.logNumber() != 0) {
            parts.ackLog().acknowledged(post.logNumber());
        }
    }

    private void recordLatency(FleetPost post, Latencies those) {
        if (isTimed(post)) {
            those.record(sinceStartNs() - post.dueNs());
        }
    }

    private boolean isTimed(FleetPost post) {
        return post.dueNs() >= settings.timing().warmUpNs();
    }

    private void settleFailed(PostFailure failure) {
        tally.failed++;
        tally.failure(failure, 1);
    }

    private boolean mayRetry(FleetPost post) {
        return !stopped
                && post.camera().retrying()
                && post.attempts() <= settings.misbehaviour().retries();
    }

    private void retry(FleetPost post, int retryAfterSec) {
        long waitNs = retryAfterSec > 0
                ? TimeUnit.SECONDS.toNanos(Math.min(retryAfterSec, MOST_RETRY_AFTER_SEC))
                : FIRST_RETRY_NS << Math.min(post.attempts() - 1, MOST_DOUBLINGS);
        long jitterNs = parts.chance()
                .below(FIRST_RETRY_NS, Chance.Draw.RETRY_DELAY, post.camera().number(), post.transmitSec());
        post.wakeAt(sinceStartNs() + waitNs + jitterNs);
        later.add(post);
    }

    private long sinceStartNs() {
        return System.nanoTime() - originNs;
    }

    private void sweep() {
        long latestNs = nowNs - settings.bounds().timeoutNs();
        FleetPost oldest = attempts.oldest();
        while (oldest != null && oldest.attemptNs() < latestNs) {
            link(oldest).timeOut();
            oldest = attempts.oldest();
        }
    }
}

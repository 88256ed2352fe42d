package io.headcount.simulate;

import io.headcount.simulate.FleetSettings.Target;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * A fleet of cameras from its start to its report. Run by one thread, stopped by any; cameras live on event loops
 * (hc-fleet-N). settings -> posts, report.
 */
public final class Fleet implements AutoCloseable {
    private static final long PROGRESS_SEC = 5;
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long GRACE_OF_STOP_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long SHUTDOWN_SEC = 10;
    private static final long WATCH_MS = 100;

    private final FleetSettings settings;
    private final Consumer<String> progress;
    private final Destination posts;
    private final Destination heartbeats;
    private final AckLog ackLog;
    private final EventLoopGroup group;
    private final List<FleetLoop> loops = new ArrayList<>();
    private final Times times = Times.none();

    private String ackLogFault;

    private volatile boolean stopping;

    /**
     * Looks up the target and opens the log; sends nothing yet.
     *
     * @param progress takes a line every few seconds
     * @throws IOException when the target is not known or a file can't be opened
     */
    public Fleet(FleetSettings settings, Consumer<String> progress) throws IOException {
        this.settings = settings;
        this.progress = progress;
        Transport transport = Transport.best();
        Target target = settings.target();
        this.posts = new Destination(target.posts(), settings, transport);
        this.heartbeats = heartbeats(target, transport);
        CameraNames names = new CameraNames(settings.seed());
        this.ackLog = settings.ackLog().isEmpty()
                ? null
                : new AckLog(settings.ackLog().get(), names, settings.timing().intervalSec());
        this.group = new MultiThreadIoEventLoopGroup(settings.threads(), new LoopThreads(), transport.ioHandlers());
        FleetParts parts = new FleetParts(
                new Chance(settings.seed()),
                names,
                posts,
                new RequestHead(target.posts(), posts.kept()),
                heartbeats,
                new RequestHead(target.heartbeats().orElse(target.posts()), posts.kept()),
                ackLog);
        for (int i = 0; i < Math.min(settings.threads(), settings.cameras()); i++) {
            loops.add(new FleetLoop(i, settings, group.next(), parts));
        }
    }

    private Destination heartbeats(Target target, Transport transport) throws IOException {
        Optional<Endpoint> endpoint = target.heartbeats();
        if (endpoint.isEmpty()) {
            return null;
        }
        return endpoint.get().sameListener(target.posts())
                ? posts
                : new Destination(endpoint.get(), settings, transport);
    }

    /**
     * Lets the cameras post until the run is over, or until {@link #stop()}.
     */
    public FleetReport run() throws InterruptedException {
        preconnect();
        CameraClock clock = CameraClock.startingAt(System.currentTimeMillis(), settings.timing());
        long startedNs = System.nanoTime();
        loops.forEach(loop -> loop.start(startedNs, clock));
        watch(startedNs);
        Tally tally = abandon();
        double seconds = (System.nanoTime() - startedNs) / 1e9;
        drainTo(times);
        closeAckLog();
        return new FleetReport(settings, seconds, tally, times);
    }

    /** What the log lacks does not make the report wrong: it is told beside it. */
    private void closeAckLog() {
        if (ackLog != null) {
            try {
                ackLog.close();
            } catch (IOException unwritable) {
                ackLogFault = unwritable.getMessage();
            }
        }
    }

    /** Once {@link #run()} is over: why the acknowledgement log is not complete, in words for an operator; empty when it is. */
    public Optional<String> ackLogFault() {
        return Optional.ofNullable(ackLogFault);
    }

    /** Ends a run early: nothing more is sent, and what is under way has a few seconds. Any thread. */
    public void stop() {
        stopping = true;
    }

    private void preconnect() throws InterruptedException {
        if (!settings.target().preconnect()) {
            return;
        }
        CountDownLatch tried = new CountDownLatch(loops.size());
        loops.forEach(loop -> loop.preconnect(tried));
        while (!stopping && !tried.await(WATCH_MS, TimeUnit.MILLISECONDS)) {
            // each connection has a time-out of its own
        }
        progress.accept("connected");
    }

    private void watch(long startedNs) throws InterruptedException {
        long endNs = startedNs + settings.timing().durationNs() + patienceNs();
        long progressNs = startedNs + TimeUnit.SECONDS.toNanos(PROGRESS_SEC);
        boolean stopped = false;
        Tally before = new Tally();
        while (System.nanoTime() - endNs < 0 && !awaitEnd()) {
            if (stopping && !stopped) {
                stopped = true;
                loops.forEach(FleetLoop::stop);
                endNs = Math.min(endNs, System.nanoTime() + GRACE_OF_STOP_NS);
            }
            if (System.nanoTime() - progressNs >= 0) {
                before = tellProgress(startedNs, before);
                progressNs += TimeUnit.SECONDS.toNanos(PROGRESS_SEC);
            }
        }
    }

    /** For the last posts and all their retries. */
    private long patienceNs() {
        Misbehaviour habits = settings.misbehaviour();
        int attempts = habits.retrying() > 0 ? 1 + habits.retries() : 1;
        return settings.bounds().timeoutNs() * attempts + FleetLoop.LONGEST_RETRY_NS * (attempts - 1) + GRACE_NS;
    }

    private boolean awaitEnd() throws InterruptedException {
        for (FleetLoop loop : loops) {
            if (!loop.ended().await(WATCH_MS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    private Tally tellProgress(long startedNs, Tally before) throws InterruptedException {
        Tally now = collect(FleetLoop::tally);
        Times lately = Times.none();
        drainTo(lately);
        times.add(lately);
        Histogram recent = lately.latency();
        progress.accept(String.format(
                Locale.ROOT,
                "%d s: %,d posts, %,d acknowledged (%,d/s), %,d failed, %,d in flight; p50 %.1f ms, p99 %.1f ms, max %.1f ms",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNs),
                now.posts,
                now.acknowledged,
                (now.acknowledged - before.acknowledged) / PROGRESS_SEC,
                now.failed,
                now.inFlight(),
                recent.getValueAtPercentile(50) / 1e3,
                recent.getValueAtPercentile(99) / 1e3,
                recent.getMaxValue() / 1e3));
        return now;
    }

    private Tally abandon() throws InterruptedException {
        return collect(loop -> {
            loop.abandon();
            return loop.tally();
        });
    }

    /** Asks every event loop, on its own thread. */
    private Tally collect(Function<FleetLoop, Tally> question) throws InterruptedException {
        Tally all = new Tally();
        for (FleetLoop loop : loops) {
            all.add(loop.eventLoop().submit(() -> question.apply(loop)).sync().getNow());
        }
        return all;
    }

    private void drainTo(Times all) {
        loops.forEach(loop -> loop.drainTo(all));
    }

    /** Addresses that posts come from. */
    public int sourceAddresses() {
        return posts.sourceAddresses();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, SHUTDOWN_SEC, TimeUnit.SECONDS).syncUninterruptibly();
        posts.close();
        if (heartbeats != null && heartbeats != posts) {
            heartbeats.close();
        }
    }
}

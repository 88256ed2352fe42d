package io.headcount.cli;

import io.headcount.simulate.Connections;
import io.headcount.simulate.Endpoint;
import io.headcount.simulate.FleetSettings;
import io.headcount.simulate.FleetSettings.Bounds;
import io.headcount.simulate.FleetSettings.Target;
import io.headcount.simulate.Misbehaviour;
import io.headcount.simulate.Mode;
import io.headcount.simulate.Timing;
import io.headcount.simulate.Trust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that make a fleet. Defaults stand with the fields: picocli sets none in a group of which nothing is given. */
final class SimulateOptions {
    private static final int SEEDS = 1_000_000;
    private static final Duration DEFAULT_BURST = Duration.ofMillis(100);

    @ArgGroup(validate = false, order = 1, heading = "%nWhere to, and how:%n")
    private TargetOptions target = new TargetOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nWhen:%n")
    private TimingOptions timing = new TimingOptions();

    @ArgGroup(
            validate = false,
            order = 3,
            heading = "%nWhat goes wrong; each is a share from 0 to 1, and 0 if not given:%n")
    private MisbehaviourOptions misbehaviour = new MisbehaviourOptions();

    @ArgGroup(validate = false, order = 4, heading = "%nThe run:%n")
    private RunOptions run = new RunOptions();

    /** Where to, and how. */
    static final class TargetOptions {
        @Option(
                names = "--url",
                order = 1,
                paramLabel = "URL",
                description = "Where counts go: http or https, HOST, PORT, and a path, which may hold a token.")
        private String url;

        @Option(
                names = "--heartbeat-url",
                order = 2,
                paramLabel = "URL",
                description = "Where heartbeats (Diags) go. Without it there are none.")
        private String heartbeatUrl;

        @Option(names = "--cameras", order = 3, paramLabel = "N", description = "How many, 1 to 100000.")
        private Integer cameras;

        @Option(
                names = "--connections",
                order = 4,
                paramLabel = "keep|per-post|N",
                description =
                        "One for each camera and kept, a new one for each post, or N kept ones that all share, as behind"
                                + " a proxy. Default: keep")
        private String connections = "keep";

        @Option(names = "--preconnect", order = 5, description = "Open kept connections before the first post is due.")
        private boolean preconnect;

        @Option(
                names = "--source-addresses",
                order = 6,
                paramLabel = "N",
                description =
                        "Post from N addresses of 127.0.0.0/8, so that ports last; only to such an address. Default: one"
                                + " for every 8000 connections")
        private int sourceAddresses;

        @Option(
                names = "--ca",
                order = 7,
                paramLabel = "FILE",
                description = "Believe these certificates (PEM). Default: those that the JDK believes")
        private Path ca;

        @Option(names = "--insecure", order = 8, description = "Believe any certificate.")
        private boolean insecure;
    }

    /** When. */
    static final class TimingOptions {
        @Option(
                names = "--mode",
                order = 11,
                paramLabel = "interval|realtime",
                description =
                        "interval: one post (Metrics) of the window that has just ended. realtime: posts (RTMetrics) with"
                                + " the counts so far of the present one. Default: interval")
        private Mode mode = Mode.INTERVAL;

        @Option(
                names = "--interval",
                order = 12,
                paramLabel = "TIME",
                converter = DurationOption.class,
                description = "Length of a window in the documents, in minutes. Default: 60s")
        private Duration interval = Duration.ofSeconds(60);

        @Option(
                names = "--period",
                order = 13,
                paramLabel = "TIME",
                converter = DurationOption.class,
                description =
                        "How long a window takes in this run, for trials: with 5s the cameras' clocks run 12 times as fast,"
                                + " begin in the past, and end at the present. Windows before the gateway's"
                                + " ledger.window are flagged late. Default: the interval")
        private Duration period;

        @Option(
                names = "--rate",
                order = 14,
                paramLabel = "N",
                description = "Real-time posts of a camera per window. Default: 6")
        private int rate = 6;

        @Option(
                names = "--heartbeat",
                order = 15,
                paramLabel = "TIME",
                converter = DurationOption.class,
                description = "Between heartbeats of a camera. Default: 60s")
        private Duration heartbeat = Duration.ofSeconds(60);

        @Option(
                names = "--align",
                order = 16,
                description = "All post at the window's edge, as cameras with good clocks do. Default: spread evenly")
        private boolean align;

        @Option(
                names = "--burst",
                order = 17,
                paramLabel = "TIME",
                converter = DurationOption.class,
                description = "With --align: how long after the edge the posts take. Default: 100ms")
        private Duration burst;

        @Option(
                names = "--duration",
                order = 18,
                paramLabel = "TIME",
                converter = DurationOption.class,
                description =
                        "How long posts become due; answers are waited for after it. With --align it includes the wait for"
                                + " the first edge. Default: 60s")
        private Duration duration = Duration.ofSeconds(60);

        @Option(
                names = "--warm-up",
                order = 19,
                paramLabel = "TIME",
                converter = DurationOption.class,
                description =
                        "Posts that are due before are sent and counted, but left out of latency and delay. Default: 0s")
        private Duration warmUp = Duration.ZERO;
    }

    /** What goes wrong. */
    static final class MisbehaviourOptions {
        @Option(names = "--duplicates", order = 21, paramLabel = "SHARE", description = "of posts come twice.")
        private double duplicates;

        @Option(
                names = "--ties",
                order = 22,
                paramLabel = "SHARE",
                description =
                        "of posts are joined by one with the same TransmitTime and other counts; the greater wins.")
        private double ties;

        @Option(
                names = "--outages",
                order = 23,
                paramLabel = "SHARE",
                description =
                        "of posts are not sent: the camera falls silent, and later sends one post with all that it has"
                                + " counted.")
        private double outages;

        @Option(
                names = "--outage-periods",
                order = 24,
                paramLabel = "N",
                description = "For how many periods, 1 to 60. Default: 5")
        private int outagePeriods = 5;

        @Option(
                names = "--skewed",
                order = 25,
                paramLabel = "SHARE",
                description = "of cameras have a wrong clock, ahead or behind.")
        private double skewed;

        @Option(
                names = "--skew",
                order = 26,
                paramLabel = "TIME",
                converter = DurationOption.class,
                description = "How wrong at most, up to 23h. Default: 2m")
        private Duration skew = Duration.ofMinutes(2);

        @Option(
                names = "--clones",
                order = 27,
                paramLabel = "SHARE",
                description =
                        "of cameras have the DeviceId of another one, up to 0.5; serial number and MAC are their own.")
        private double clones;

        @Option(
                names = "--slow",
                order = 28,
                paramLabel = "SHARE",
                description =
                        "of posts trickle; their latency is told apart, with that of posts that wait behind them in the same connection.")
        private double slow;

        @Option(
                names = "--slow-for",
                order = 29,
                paramLabel = "TIME",
                converter = DurationOption.class,
                description = "For how long. Default: 2s")
        private Duration slowFor = Duration.ofSeconds(2);

        @Option(
                names = "--lost-answers",
                order = 30,
                paramLabel = "SHARE",
                description = "of posts lose their connection before the answer is read, and are sent again.")
        private double lostAnswers;

        @Option(
                names = "--retrying",
                order = 31,
                paramLabel = "SHARE",
                description =
                        "of cameras send again what was not answered, or was answered by 429 or 5xx: after Retry-After,"
                                + " else after 0.5 s, 1 s, 2 s, …")
        private double retrying;

        @Option(names = "--retries", order = 32, paramLabel = "N", description = "How often at most. Default: 3")
        private int retries = 3;
    }

    /** The run. */
    static final class RunOptions {
        @Option(
                names = "--seed",
                order = 41,
                paramLabel = "N",
                description =
                        "The same seed makes the same cameras, counts, mishaps and times from the start. Cameras of"
                                + " different seeds never meet in a journal; two runs of one seed do, and"
                                + " --check-journal takes the other's rows for wrong. Default: by chance, and told")
        private Long seed;

        @Option(names = "--threads", order = 42, paramLabel = "N", description = "Event loops. Default: 1")
        private int threads = 1;

        @Option(
                names = "--timeout",
                order = 43,
                paramLabel = "TIME",
                converter = DurationOption.class,
                description = "For connection and answer together. Default: 30s")
        private Duration timeout = Duration.ofSeconds(30);

        @Option(
                names = "--max-in-flight",
                order = 44,
                paramLabel = "N",
                description =
                        "Posts that are due and not settled; beyond it they are not sent and count as failed. Default:"
                                + " 200000")
        private int maxInFlight = 200_000;
    }

    boolean hasUrl() {
        return target.url != null;
    }

    boolean hasCameras() {
        return target.cameras != null;
    }

    boolean realTime() {
        return timing.mode == Mode.REALTIME;
    }

    /** Whether posts or heartbeats go to an https URL. */
    boolean overTls() {
        return isHttps(target.url) || isHttps(target.heartbeatUrl);
    }

    private static boolean isHttps(String url) {
        return url != null && url.regionMatches(true, 0, "https:", 0, "https:".length());
    }

    FleetSettings settings(Optional<Path> ackLog) {
        return new FleetSettings(
                target.cameras,
                timing.mode,
                target(),
                timing(),
                misbehaviour(),
                new Bounds(run.timeout.toNanos(), run.maxInFlight),
                run.threads,
                run.seed == null ? ThreadLocalRandom.current().nextInt(SEEDS) : run.seed,
                ackLog);
    }

    private Target target() {
        return new Target(
                Endpoint.parse("--url", target.url),
                Optional.ofNullable(target.heartbeatUrl).map(url -> Endpoint.parse("--heartbeat-url", url)),
                Connections.parse(target.connections),
                target.preconnect,
                target.sourceAddresses,
                new Trust(target.insecure, Optional.ofNullable(target.ca)));
    }

    private Timing timing() {
        Duration period = timing.period == null ? timing.interval : timing.period;
        int rate = timing.mode == Mode.REALTIME ? timing.rate : 1;
        long atMostNs = period.toNanos() / Math.max(1, rate);
        long burstNs = timing.burst == null ? Math.min(DEFAULT_BURST.toNanos(), atMostNs) : timing.burst.toNanos();
        return new Timing(
                (int) timing.interval.toSeconds(),
                period.toNanos(),
                rate,
                timing.heartbeat.toNanos(),
                timing.align,
                burstNs,
                timing.duration.toNanos(),
                timing.warmUp.toNanos());
    }

    private Misbehaviour misbehaviour() {
        return new Misbehaviour(
                misbehaviour.duplicates,
                misbehaviour.ties,
                misbehaviour.outages,
                misbehaviour.outagePeriods,
                misbehaviour.skewed,
                (int) misbehaviour.skew.toSeconds(),
                misbehaviour.clones,
                misbehaviour.slow,
                misbehaviour.slowFor.toNanos(),
                misbehaviour.lostAnswers,
                misbehaviour.retrying,
                misbehaviour.retries);
    }
}

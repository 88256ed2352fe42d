package io.headcount.bench.load;

import io.headcount.config.InvalidSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code compare}: the same load on several servers, in turns; medians over runs, and ratios within each run. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Loads servers in turns, as fast as they answer or at a rate, and prints what a post takes.")
final class CompareCommand implements Callable<Integer> {
    private static final long PATIENCE_MS = 10_000;
    private static final int MOST_CONNECTIONS = 100_000;
    private static final int MOST_MINUTES = 1_440; // a day
    private static final int MOST_SECONDS = 86_400;
    private static final int MOST_RUNS = 1_000;
    private static final long MOST_PER_SEC = 1_000_000_000;
    private static final double PER_MILLE = 99.9;
    private static final double BUSY_CORES = 0.9;

    @Mixin
    private Servers servers;

    @Option(
            names = "--connections",
            defaultValue = "256",
            description = "Posts under way at a time. Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(names = "--per-post", description = "A connection for every post instead of kept ones")
    private boolean perPost;

    @Option(names = "--devices", defaultValue = "10000", description = "Cameras. Default: ${DEFAULT-VALUE}")
    private int devices;

    @Option(names = "--minutes", defaultValue = "1", description = "Minutes in one post. Default: ${DEFAULT-VALUE}")
    private int minutes;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description = "Posts a second; 0: as many as are answered. Default: 0")
    private double rate;

    @Option(
            names = "--warm-up",
            defaultValue = "15",
            description = "Seconds, as fast as they answer. Default: ${DEFAULT-VALUE}")
    private int warmUpSec;

    @Option(
            names = "--settle",
            defaultValue = "15",
            description =
                    "Seconds behind the warm-up, at the rate, if one is given: posts one by one take other compiled"
                            + " code than full batches. Default: ${DEFAULT-VALUE}")
    private int settleSec;

    @Option(names = "--seconds", defaultValue = "10", description = "Of one measurement. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--runs", defaultValue = "5", description = "Each with new processes. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(
            names = "--overload",
            description = "More is offered than can be done: 503 is a good answer, too, and not all is sent")
    private boolean overload;

    @Override
    public Integer call() throws IOException {
        requireSense();
        System.out.println(servers.describe());
        servers.pinLoad();
        System.out.printf(
                "%d %s, %d cameras, %d minutes a post, %s, %d runs of %d s after %d s%s%n",
                connections,
                perPost ? "posts at a time, a connection each" : "kept connections",
                devices,
                minutes,
                rate == 0 ? "as fast as answered" : rate + " posts/s offered",
                runs,
                seconds,
                warmUpSec,
                settles() ? " and " + settleSec + " s at that rate" : "");
        Map<String, List<Phase>> phases = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            for (String server : servers.names()) {
                Phase phase = measure(server);
                phases.computeIfAbsent(server, name -> new ArrayList<>()).add(phase);
                System.out.printf(
                        "run %d  %-30s %s%n", run + 1, server, madeItsRate(phase) ? line(phase) : missed(phase));
            }
        }
        boolean whole = phases.entrySet().stream()
                .allMatch(each -> each.getValue().stream().allMatch(phase -> holds(each.getKey(), phase)));
        if (whole) {
            phases.forEach((server, all) ->
                    summarize(server, all, phases.get(servers.names().get(0))));
        } else {
            System.out.println(
                    "no summary: a run missed its rate, or had posts that were not answered 200 or not journaled");
        }
        return whole ? 0 : 1;
    }

    private void requireSense() {
        InvalidSetting.inRange("--connections", connections, 1, MOST_CONNECTIONS);
        InvalidSetting.inRange("--devices", devices, 1, PostBytes.MAX_DEVICES);
        InvalidSetting.inRange("--minutes", minutes, 1, MOST_MINUTES);
        InvalidSetting.inRange("--warm-up", warmUpSec, 0, MOST_SECONDS);
        InvalidSetting.inRange("--settle", settleSec, 0, MOST_SECONDS);
        InvalidSetting.inRange("--seconds", seconds, 1, MOST_SECONDS);
        InvalidSetting.inRange("--runs", runs, 1, MOST_RUNS);
        if (!(rate >= 0) || rate > MOST_PER_SEC) {
            throw new InvalidSetting("--rate", rate, "0 to " + MOST_PER_SEC);
        }
    }

    private Phase measure(String server) throws IOException {
        Path dir = servers.newDirectory();
        PostBytes posts = new PostBytes(devices, minutes, !perPost, false, Instant.now());
        try (ServerProcess process = servers.start(server, dir, List.of());
                VitalsProbe probe = VitalsProbe.attach(process.pid());
                LoadGenerator load = new LoadGenerator(process.http(), posts, connections, !perPost)) {
            load.connect();
            process.counter(""); // a first scrape loads hundreds of classes; an everyday gateway has it behind it
            load.run(warmUpSec * 1000L, 0, PATIENCE_MS);
            if (settles()) {
                load.run(settleSec * 1000L, rate, PATIENCE_MS);
            }
            return Phase.run(process, probe, () -> load.run(seconds * 1000L, rate, PATIENCE_MS));
        } finally {
            servers.discard(dir);
        }
    }

    private boolean settles() {
        return rate > 0 && !overload;
    }

    /** Whether the phase is worth a figure. */
    private boolean holds(String server, Phase phase) {
        boolean journaled =
                Servers.isFloor(server) || phase.records() >= phase.load().answers(200);
        return madeItsRate(phase) && phase.load().clean(overload) && journaled;
    }

    /** Under overload all connections wait for answers, and there is none for what is due besides. */
    private boolean madeItsRate(Phase phase) {
        return overload || phase.load().madeItsRate();
    }

    private static String line(Phase phase) {
        LoadResult load = phase.load();
        return String.format(
                "%7.0f posts/s  %6.2f us CPU/post (%.2f cores)  %6.0f B garbage/post  p50 %.2f p99 %.2f p99.9 %.2f max %.1f ms"
                        + "  rss %d MiB  gc %d in %d ms  records %d of %.0f B%s%s",
                load.acceptedPerSec(),
                phase.cpuMicrosPerPost(),
                phase.cores(),
                phase.garbagePerPost(),
                load.latencyMs(50),
                load.latencyMs(99),
                load.latencyMs(PER_MILLE),
                load.latenciesNs().getMaxValue() / 1e6,
                phase.after().rssBytes() >> 20,
                phase.after().collections() - phase.before().collections(),
                phase.after().collectionMs() - phase.before().collectionMs(),
                phase.records(),
                phase.bytesPerRecord(),
                load.clean(false) ? "" : "  answers " + load.byStatus() + " broken " + load.broken(),
                load.offeredPerSec() == 0 && phase.cores() < BUSY_CORES
                        ? "  (the server was not busy: its rate is the load's)"
                        : "");
    }

    private static String missed(Phase phase) {
        return "missed its rate: " + phase.load().unsent() + " of "
                + (phase.load().unsent() + phase.load().sent()) + " posts were not sent";
    }

    private static void summarize(String server, List<Phase> phases, List<Phase> base) {
        System.out.printf(
                "median %-30s %.0f posts/s (%.2f)  %.2f us CPU/post (%.2f)  %.0f B garbage/post  p99 %.2f ms%n",
                server,
                median(phases, phase -> phase.load().acceptedPerSec()),
                medianRatio(phases, base, phase -> phase.load().acceptedPerSec()),
                median(phases, Phase::cpuMicrosPerPost),
                medianRatio(phases, base, Phase::cpuMicrosPerPost),
                median(phases, Phase::garbagePerPost),
                median(phases, phase -> phase.load().latencyMs(99)));
    }

    private static double median(List<Phase> phases, ToDoubleFunction<Phase> figure) {
        return middle(phases.stream().mapToDouble(figure).toArray());
    }

    private static double medianRatio(List<Phase> phases, List<Phase> base, ToDoubleFunction<Phase> figure) {
        double[] ratios = new double[phases.size()];
        for (int run = 0; run < ratios.length; run++) {
            ratios[run] = figure.applyAsDouble(phases.get(run)) / figure.applyAsDouble(base.get(run));
        }
        return middle(ratios);
    }

    private static double middle(double[] figures) {
        Arrays.sort(figures);
        int half = figures.length / 2;
        return figures.length % 2 == 1 ? figures[half] : (figures[half - 1] + figures[half]) / 2;
    }
}

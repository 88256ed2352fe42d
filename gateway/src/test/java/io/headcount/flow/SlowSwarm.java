package io.headcount.flow;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/**
 * Good posts at a steady rate, first alone, then beside swarms of slow peers of every kind, against a gateway of its own: what the
 * attack costs the good ones, and whether each attacker is gone by its deadline. An attack that is not measured comes first.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Dheadcount.jar=gateway/target/headcount.jar \
 *   -cp gateway/target/test-classes:gateway/target/headcount.jar:$HOME/.m2/repository/org/hdrhistogram/HdrHistogram/2.2.2/HdrHistogram-2.2.2.jar \
 *   io.headcount.flow.SlowSwarm [EACH [POSTS_PER_SECOND [SECONDS [KIND]]]]      # 300 1000 60, and every kind
 * </pre>
 */
final class SlowSwarm {
    private static final int CAMERAS = 200;
    private static final long WARM_UP_SEC = 20;
    private static final long TOLERANCE_MS = 1_000;
    private static final long HEADER_MS = 10_000;
    private static final long BODY_MS = 20_000;
    private static final long REPLY_MS = 10_000;
    private static final long DRIP_MS = 500;
    private static final long LONGEST_END_MS = 60_000;

    private final int each;
    private final int postsPerSec;
    private final int seconds;
    private final Predicate<SlowKind> chosen;
    private final PrintStream out;

    private SlowSwarm(int each, int postsPerSec, int seconds, Predicate<SlowKind> chosen, PrintStream out) {
        this.each = each;
        this.postsPerSec = postsPerSec;
        this.seconds = seconds;
        this.chosen = chosen;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        int each = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        int postsPerSec = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 60;
        Predicate<SlowKind> chosen =
                kind -> arguments.length <= 3 || kind.name().equals(arguments[3]);
        Path dir = Files.createTempDirectory("headcount-swarm");
        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            new SlowSwarm(each, postsPerSec, seconds, chosen, System.out).run(gateway);
        }
    }

    private void run(GatewayProcess gateway) throws IOException, InterruptedException {
        List<SlowKind> kinds = SlowKind.all(gateway.httpPort(), HEADER_MS, BODY_MS, REPLY_MS, DRIP_MS).stream()
                .filter(chosen)
                .toList();
        try (SteadyCameras cameras = new SteadyCameras(gateway.httpPort(), CAMERAS, postsPerSec);
                SlowPeers attackers = new SlowPeers(kinds, each, HEADER_MS, TOLERANCE_MS)) {
            cameras.start();
            rehearse(kinds);
            GatewayVitals before = GatewayVitals.of(gateway);
            TimeUnit.SECONDS.sleep(1);
            cameras.latencies();
            TimeUnit.SECONDS.sleep(seconds);
            Histogram quiet = cameras.latencies();
            attackers.start();
            TimeUnit.SECONDS.sleep(seconds);
            Histogram attacked = cameras.latencies();
            List<SlowPeers.Fate> fates = attackers.stop(LONGEST_END_MS);
            GatewayVitals after = GatewayVitals.of(gateway);
            cameras.stop(LONGEST_END_MS);

            report("quiet", quiet);
            report("attacked", attacked);
            reportRatios(quiet, attacked);
            out.printf("good posts: %d accepted, %d refused%n", cameras.accepted(), cameras.refused());
            fates.forEach(this::report);
            out.printf("before: %s%nafter:  %s%n", before, after);
        }
    }

    // both machines would compile what only an attack runs in its first second, which is more than one percent of the
    // posts
    private void rehearse(List<SlowKind> kinds) throws IOException, InterruptedException {
        try (SlowPeers attackers = new SlowPeers(kinds, each, HEADER_MS, TOLERANCE_MS)) {
            attackers.start();
            TimeUnit.SECONDS.sleep(WARM_UP_SEC);
            attackers.stop(LONGEST_END_MS);
        }
    }

    private void report(String name, Histogram latencies) {
        out.printf(
                Locale.ROOT,
                "%-9s %7d posts, ms: p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f  max %.2f%n",
                name,
                latencies.getTotalCount(),
                ms(latencies, 50),
                ms(latencies, 90),
                ms(latencies, 99),
                ms(latencies, 99.9),
                ms(latencies, 100));
    }

    private void reportRatios(Histogram quiet, Histogram attacked) {
        out.printf(
                Locale.ROOT,
                "ratio: p50 %.2f  p99 %.2f  max %.2f%n",
                ms(attacked, 50) / ms(quiet, 50),
                ms(attacked, 99) / ms(quiet, 99),
                ms(attacked, 100) / ms(quiet, 100));
    }

    private static double ms(Histogram latencies, double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1000.0;
    }

    private void report(SlowPeers.Fate fate) {
        out.printf(
                Locale.ROOT,
                "%-13s %6d opened, %6d gone, %d later than %d ms; longest %d ms%n",
                fate.kind().name(),
                fate.opened(),
                fate.gone(),
                fate.late(),
                fate.kind().goneWithinMs() + TOLERANCE_MS,
                fate.longestMs());
    }
}

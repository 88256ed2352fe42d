package io.headcount.flow;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A force that fails: strace lets the K-th fdatasync, fsync or msync of each thread fail with EIO, under {@code power}, while cameras
 * post. From then on nothing may be acknowledged (in the journal all that was stands before all that was not), the health page has
 * to fail, the gateway has to end with 1 and one clear line, and every acknowledged post must be readable in the next life, which is not traced. How
 * long the ends take is printed beside what is promised, and decides nothing: on a busy machine, and traced, it says little. Needs
 * strace; without it the campaign says so and ends with 3.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Dheadcount.jar=gateway/target/headcount.jar -cp gateway/target/test-classes:gateway/target/headcount.jar \
 *   io.headcount.flow.FailedForceCampaign [SEED [ROUNDS]]      # 1 50
 * </pre>
 */
final class FailedForceCampaign {
    private static final int NOT_RUN = 3;
    private static final int CAMERAS = 32;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final int MOST_FORCES = 200;
    private static final long MOST_WAIT_SEC = 60;
    private static final int ROUNDS_PER_LINE = 10;
    private static final long PROMISED_MS = 2_000;
    private static final String CALLS = "fdatasync,fsync,msync";

    private FailedForceCampaign() {}

    /**
     * What came out.
     *
     * @param acknowledged posts
     * @param lost posts that were acknowledged and are not readable
     * @param others duplicated, damaged or sent by nobody
     * @param late200 posts acknowledged although the force of their batch, or of one before it, had failed; one for a round that left no
     *     journaled post unacknowledged, as that batch must
     * @param healthy rounds in which the health page said live after a post was refused
     * @param unclear rounds that did not end with 1, or without one clear line
     * @param slowestMs longest time from the first refused post to the end
     * @param late rounds that took longer than is promised
     */
    record Outcome(
            long acknowledged,
            long lost,
            long others,
            long late200,
            int healthy,
            int unclear,
            long slowestMs,
            int late) {
        static final Outcome NONE = new Outcome(0, 0, 0, 0, 0, 0, 0, 0);

        boolean holds() {
            return lost + others + late200 + healthy + unclear == 0;
        }

        Outcome and(Outcome more) {
            return new Outcome(
                    acknowledged + more.acknowledged,
                    lost + more.lost,
                    others + more.others,
                    late200 + more.late200,
                    healthy + more.healthy,
                    unclear + more.unclear,
                    Math.max(slowestMs, more.slowestMs),
                    late + more.late);
        }
    }

    public static void main(String[] arguments) throws Exception {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
        if (!canRun()) {
            System.out.println("not run: needs strace, and the right to trace");
            System.exit(NOT_RUN);
        }
        System.out.printf("seed %d, %d failed forces%n", seed, rounds);
        Random random = new Random(seed);
        Outcome all = Outcome.NONE;
        for (int round = 1; round <= rounds; round++) {
            Path dir = Files.createTempDirectory("headcount-force");
            Outcome outcome = run(dir, 1 + random.nextInt(MOST_FORCES));
            Tools.need("rm", "-rf", dir.toString());
            all = all.and(outcome);
            if (!outcome.holds() || round % ROUNDS_PER_LINE == 0) {
                System.out.printf("round %d: %s; all: %s%n", round, outcome, all);
            }
        }
        System.out.println(all);
        System.exit(all.holds() ? 0 : 1);
    }

    /** Whether calls can be made to fail here. */
    static boolean canRun() throws IOException, InterruptedException {
        return Tools.run("sh", "-c", "strace -f --seccomp-bpf -qq -e trace=fsync -e inject=fsync:error=EIO:when=1 true")
                == 0;
    }

    /** One gateway whose force number {@code when} fails. */
    static Outcome run(Path dir, int when) throws Exception {
        BusyCameras cameras = new BusyCameras(CAMERAS, PAUSE_NS);
        List<String> strace = List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + CALLS,
                "-e",
                "inject=" + CALLS + ":error=EIO:when=" + when);
        boolean healthy;
        boolean clear;
        long tookMs;
        try (GatewayProcess gateway = GatewayProcess.startUnder(strace, dir, "journal.durability=power")) {
            cameras.start(gateway.httpPort());
            awaitRefusal(gateway, cameras);
            long began = System.nanoTime();
            healthy = isLive(gateway.adminPort());
            int exit = gateway.awaitExit();
            tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            cameras.stop();
            long lines = gateway.log()
                    .lines()
                    .filter(line -> line.contains(" ERROR ") && line.contains("The pipeline has failed"))
                    .count();
            clear = exit == 1 && lines == 1 && gateway.log().contains("the disk did not take ");
            if (!clear) {
                System.out.printf("exit %d: %s%n", exit, gateway.log());
            }
        }
        JournalOracle first = JournalOracle.compare(dir.resolve("journal"), cameras);
        postInNextLife(dir, cameras);
        JournalOracle journal = JournalOracle.compare(dir.resolve("journal"), cameras);
        return new Outcome(
                journal.acknowledged(),
                first.lost() + journal.lost(),
                journal.duplicated() + journal.phantoms() + journal.faults(),
                first.mixed() + (first.unanswered() == 0 ? 1 : 0),
                healthy ? 1 : 0,
                clear ? 0 : 1,
                tookMs,
                tookMs > PROMISED_MS ? 1 : 0);
    }

    private static void awaitRefusal(GatewayProcess gateway, BusyCameras cameras) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_WAIT_SEC);
        while (cameras.refusals() == 0 && gateway.isAlive()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("no post is refused within " + MOST_WAIT_SEC + " s\n" + gateway.log());
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Whether the health page still says that all is well; one that is gone does not. */
    private static boolean isLive(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/live"))
                .timeout(Duration.ofSeconds(MOST_WAIT_SEC))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException gone) {
            return false;
        }
    }

    private static void postInNextLife(Path dir, BusyCameras cameras) throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(dir, "journal.durability=power")) {
            long before = cameras.answers();
            cameras.start(gateway.httpPort());
            while (cameras.answers() < before + CAMERAS) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            cameras.stop();
            gateway.kill();
        }
    }
}

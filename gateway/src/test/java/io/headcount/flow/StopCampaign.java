package io.headcount.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM again and again, on one journal, while cameras post: the gateway has to end with 0, every post that it journaled has to be
 * answered 200, and every acknowledged post must be readable, once. How long the stops take is printed beside what is promised, and
 * decides nothing: on a busy machine it says little.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Dheadcount.jar=gateway/target/headcount.jar -cp gateway/target/test-classes:gateway/target/headcount.jar \
 *   io.headcount.flow.StopCampaign [SEED [ROUNDS [process|power]]]      # 1 50 process
 * </pre>
 */
final class StopCampaign {
    private static final int CAMERAS = 100;
    private static final int POSTS_PER_SEC = 2_000;
    private static final int LEAST_MS = 50;
    private static final int MOST_MS = 2_000;
    private static final int ROUNDS_PER_LINE = 10;
    private static final long PROMISED_MS = 5_000;

    private StopCampaign() {}

    /**
     * What came out.
     *
     * @param journal after the last stop
     * @param cutOff posts that were journaled and not answered, after any stop
     * @param wrongExits stops that did not end with 0
     * @param slowestMs longest time from the signal to the end
     * @param late stops that took longer than is promised
     */
    record Outcome(JournalOracle journal, long cutOff, int wrongExits, long slowestMs, int late) {
        boolean holds() {
            return journal.holds() && cutOff == 0 && wrongExits == 0;
        }
    }

    public static void main(String[] arguments) throws Exception {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
        String durability = arguments.length > 2 ? arguments[2] : "process";
        Path dir = Files.createTempDirectory("headcount-stops");
        System.out.printf("seed %d, %d stops, %s, in %s%n", seed, rounds, durability, dir);
        Outcome outcome = run(dir, new Random(seed), rounds, durability);
        System.out.println(outcome);
        System.exit(outcome.holds() ? 0 : 1);
    }

    /** Stops so many gateways on one journal. */
    static Outcome run(Path dir, Random random, int rounds, String durability) throws Exception {
        BusyCameras cameras = new BusyCameras(CAMERAS, TimeUnit.SECONDS.toNanos(1) * CAMERAS / POSTS_PER_SEC);
        Outcome all = new Outcome(null, 0, 0, 0, 0);
        for (int round = 1; round <= rounds; round++) {
            try (GatewayProcess gateway = GatewayProcess.start(dir, "journal.durability=" + durability)) {
                cameras.start(gateway.httpPort());
                TimeUnit.MILLISECONDS.sleep(LEAST_MS + random.nextInt(MOST_MS - LEAST_MS));
                long began = System.nanoTime();
                gateway.terminate();
                int exit = gateway.awaitExit();
                long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                cameras.stop();
                JournalOracle journal = JournalOracle.compare(dir.resolve("journal"), cameras);
                all = new Outcome(
                        journal,
                        all.cutOff + journal.unanswered(),
                        all.wrongExits + (exit == 0 ? 0 : 1),
                        Math.max(all.slowestMs, tookMs),
                        all.late + (tookMs > PROMISED_MS ? 1 : 0));
            }
            if (round % ROUNDS_PER_LINE == 0) {
                System.out.printf("%d stops: %s%n", round, all);
            }
        }
        return all;
    }
}

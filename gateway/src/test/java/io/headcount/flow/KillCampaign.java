package io.headcount.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * kill -9 again and again, on one journal, while cameras post; afterwards every acknowledged post must be readable, once. Half of
 * the rounds write a file a minute, so that kills meet rolls.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Dheadcount.jar=gateway/target/headcount.jar -cp gateway/target/test-classes:gateway/target/headcount.jar \
 *   io.headcount.flow.KillCampaign [SEED [ROUNDS [process|power]]]      # 1 200 process
 * </pre>
 */
final class KillCampaign {
    private static final int CAMERAS = 100;
    private static final int POSTS_PER_SEC = 2_000;
    private static final int LEAST_MS = 50;
    private static final int MOST_MS = 3_000;
    private static final int ROUNDS_PER_LINE = 20;

    private KillCampaign() {}

    public static void main(String[] arguments) throws Exception {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        String durability = arguments.length > 2 ? arguments[2] : "process";
        Path dir = Files.createTempDirectory("headcount-kills");
        System.out.printf("seed %d, %d kills, %s, in %s%n", seed, rounds, durability, dir);
        boolean hourly = run(dir, seed, rounds / 2, durability, "hourly");
        boolean minutely = run(dir, seed + 1, rounds / 2, durability, "minutely");
        System.exit(hourly && minutely ? 0 : 1);
    }

    private static boolean run(Path dir, long seed, int rounds, String durability, String roll) throws Exception {
        Path journal = Files.createDirectories(dir.resolve(roll));
        JournalOracle outcome = run(journal, new Random(seed), rounds, durability, roll);
        System.out.println(roll + ": " + outcome);
        return outcome.holds();
    }

    /** Kills so many gateways on one journal, then looks. */
    static JournalOracle run(Path dir, Random random, int rounds, String durability, String roll) throws Exception {
        BusyCameras cameras = new BusyCameras(CAMERAS, TimeUnit.SECONDS.toNanos(1) * CAMERAS / POSTS_PER_SEC);
        for (int round = 1; round <= rounds; round++) {
            try (GatewayProcess gateway =
                    GatewayProcess.start(dir, "journal.durability=" + durability, "journal.roll=" + roll)) {
                cameras.start(gateway.httpPort());
                TimeUnit.MILLISECONDS.sleep(LEAST_MS + random.nextInt(MOST_MS - LEAST_MS));
                gateway.kill();
                cameras.stop();
            }
            if (round % ROUNDS_PER_LINE == 0) {
                System.out.printf("%d kills, %d posts acknowledged%n", round, cameras.answers());
            }
        }
        return JournalOracle.compare(dir.resolve("journal"), cameras);
    }
}

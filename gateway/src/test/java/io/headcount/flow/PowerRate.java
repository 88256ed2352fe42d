package io.headcount.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Acknowledged posts a second under {@code process} and {@code power}, alternating in one run, each against a gateway of its own.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Dheadcount.jar=gateway/target/headcount.jar -cp gateway/target/test-classes:gateway/target/headcount.jar \
 *   io.headcount.flow.PowerRate [CAMERAS [SECONDS [ROUNDS]]]            # 256 10 3
 * </pre>
 */
final class PowerRate {
    private static final int WARM_UP_SEC = 5;

    private PowerRate() {}

    public static void main(String[] arguments) throws Exception {
        int cameras = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 256;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        double[] process = new double[rounds];
        double[] power = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            process[round] = rate("process", cameras, seconds);
            power[round] = rate("power", cameras, seconds);
            System.out.printf("round %d: process %.0f/s, power %.0f/s%n", round + 1, process[round], power[round]);
        }
        Arrays.sort(process);
        Arrays.sort(power);
        double ratio = power[rounds / 2] / process[rounds / 2];
        System.out.printf(
                "%d cameras, medians: process %.0f/s, power %.0f/s, ratio %.2f%n",
                cameras, process[rounds / 2], power[rounds / 2], ratio);
    }

    private static double rate(String durability, int number, int seconds) throws Exception {
        Path dir = Files.createTempDirectory("headcount-rate");
        BusyCameras cameras = new BusyCameras(number, 0);
        try (GatewayProcess gateway = GatewayProcess.start(dir, "journal.durability=" + durability)) {
            cameras.start(gateway.httpPort());
            TimeUnit.SECONDS.sleep(WARM_UP_SEC);
            long before = cameras.answers();
            long began = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double rate = (cameras.answers() - before) * 1e9 / (System.nanoTime() - began);
            cameras.stop();
            return rate;
        }
    }
}

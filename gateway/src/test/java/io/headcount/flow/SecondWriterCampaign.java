package io.headcount.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * While cameras post, a second gateway is started on the same journal again and again, every other one as process 1 of a namespace of
 * its own, as in a second container: each has to end with 1 and say who has the journal, and no camera may notice. How long
 * they take is printed beside what is promised, and decides nothing: most of it is the virtual machine's start. Without root and
 * unshare there are no namespaces, which is said.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Dheadcount.jar=gateway/target/headcount.jar -cp gateway/target/test-classes:gateway/target/headcount.jar \
 *   io.headcount.flow.SecondWriterCampaign [ROUNDS]      # 50
 * </pre>
 */
final class SecondWriterCampaign {
    private static final int CAMERAS = 100;
    private static final int POSTS_PER_SEC = 1_000;
    private static final int ROUNDS_PER_LINE = 10;
    private static final long PROMISED_MS = 1_000;

    private SecondWriterCampaign() {}

    /**
     * What came out.
     *
     * @param journal at the end
     * @param namespaces second gateways that were in a namespace of their own
     * @param unclear those that did not end with 1, or did not say why
     * @param disturbed posts that the first gateway refused or left without an answer
     * @param slowestMs longest time from the start of a second one to its end
     * @param late those that took longer than is promised
     */
    record Outcome(JournalOracle journal, int namespaces, int unclear, long disturbed, long slowestMs, int late) {
        boolean holds() {
            return journal.holds() && unclear == 0 && disturbed == 0;
        }
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50;
        Path dir = Files.createTempDirectory("headcount-second");
        System.out.printf("%d second writers in %s%n", rounds, dir);
        Outcome outcome = run(dir, rounds);
        System.out.println(outcome);
        System.exit(outcome.holds() ? 0 : 1);
    }

    /** Starts so many second gateways beside one. */
    static Outcome run(Path dir, int rounds) throws Exception {
        boolean canNamespace = GatewayProcess.canStartAsProcessOne();
        BusyCameras cameras = new BusyCameras(CAMERAS, TimeUnit.SECONDS.toNanos(1) * CAMERAS / POSTS_PER_SEC);
        int namespaces = 0;
        int unclear = 0;
        int late = 0;
        long slowestMs = 0;
        long disturbed;
        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            cameras.start(gateway.httpPort());
            for (int round = 1; round <= rounds; round++) {
                boolean namespace = canNamespace && round % 2 == 0;
                long began = System.nanoTime();
                GatewayProcess.Output second = second(dir, namespace);
                long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                String said = " is in use by process " + gateway.pid() + ": one gateway per journal";
                boolean clear = second.exitCode() == 1
                        && second.lines().isEmpty()
                        && second.errors().contains(said);
                if (!clear) {
                    System.out.printf("exit %d: %s%n", second.exitCode(), second.errors());
                }
                unclear += clear ? 0 : 1;
                namespaces += namespace ? 1 : 0;
                late += tookMs > PROMISED_MS ? 1 : 0;
                slowestMs = Math.max(slowestMs, tookMs);
                if (round % ROUNDS_PER_LINE == 0) {
                    System.out.printf("%d second writers, %d posts acknowledged%n", round, cameras.answers());
                }
            }
            cameras.stop(); // while the gateway runs: so that none is cut off by its end
            disturbed = cameras.refusals() + cameras.cutOff();
            gateway.terminate();
            unclear += gateway.awaitExit() == 0 ? 0 : 1;
        }
        JournalOracle journal = JournalOracle.compare(dir.resolve("journal"), cameras);
        return new Outcome(journal, namespaces, unclear, disturbed, slowestMs, late);
    }

    private static GatewayProcess.Output second(Path dir, boolean namespace) throws Exception {
        String[] command = {
            "serve",
            "--set",
            "http.host=127.0.0.1",
            "--set",
            "http.port=0",
            "--set",
            "admin.port=0",
            "--set",
            "journal.dir=" + dir.resolve("journal"),
            "--set",
            "journal.quarantine.dir=" + dir.resolve("second-quarantine"),
            "--set",
            "journal.min-free=1 MiB"
        };
        return namespace ? GatewayProcess.runAsProcessOne(command) : GatewayProcess.run(command);
    }
}

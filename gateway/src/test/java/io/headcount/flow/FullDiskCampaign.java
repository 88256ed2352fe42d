package io.headcount.flow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Somebody else fills the journal's disk to its last byte while cameras post, and frees it again, three times a round; then the
 * gateway is stopped or killed. The disk is an ext4 of 64 MB on a loop device, every fourth a tmpfs. Needs root, loop devices and
 * mkfs.ext4; without them it says so and ends with 3.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Dheadcount.jar=gateway/target/headcount.jar -cp gateway/target/test-classes:gateway/target/headcount.jar \
 *   io.headcount.flow.FullDiskCampaign [SEED [ROUNDS]]  # 1 20
 * </pre>
 */
final class FullDiskCampaign {
    private static final int NOT_RUN = 3;
    private static final int CAMERAS = 16;
    private static final int FILLINGS = 3;
    private static final int TMPFS_EVERY = 4;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long MOST_WAIT_SEC = 30;
    private static final int MOST_FULL_MS = 2_000;
    private static final int MOST_BETWEEN_MS = 500;

    private final Path disk;
    private final BusyCameras cameras = new BusyCameras(CAMERAS, PAUSE_NS);
    private final Random random;
    private long slowestMs;

    private FullDiskCampaign(Path disk, Random random) {
        this.disk = disk;
        this.random = random;
    }

    public static void main(String[] arguments) throws Exception {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        if (!canRun()) {
            System.out.println("not run: needs root, loop devices and mkfs.ext4");
            System.exit(NOT_RUN);
        }
        System.out.printf("seed %d, %d rounds of %d fillings%n", seed, rounds, FILLINGS);
        Random random = new Random(seed);
        boolean holds = true;
        long acknowledged = 0;
        long lost = 0;
        long others = 0;
        long slowestMs = 0;
        for (int round = 1; round <= rounds; round++) {
            Outcome outcome = run(random, round % TMPFS_EVERY == 0, FILLINGS);
            System.out.printf("round %d: %s%n", round, outcome);
            holds &= outcome.journal().holds();
            acknowledged += outcome.journal().acknowledged();
            lost += outcome.journal().lost();
            others += outcome.journal().duplicated()
                    + outcome.journal().phantoms()
                    + outcome.journal().faults();
            slowestMs = Math.max(slowestMs, outcome.slowestMs());
        }
        System.out.printf(
                "%d fillings: %d posts acknowledged, %d lost, %d duplicated, damaged or sent by nobody; 200 again after %d ms at the latest%n",
                rounds * FILLINGS, acknowledged, lost, others, slowestMs);
        System.exit(holds ? 0 : 1);
    }

    /** What came out; {@code slowestMs} is the longest time from room on the disk to an accepted post. */
    record Outcome(JournalOracle journal, long slowestMs) {}

    /** Whether disks can be made here. */
    static boolean canRun() throws IOException, InterruptedException {
        return Tools.run("sh", "-c", "[ $(id -u) = 0 ] && command -v mkfs.ext4 && losetup -f") == 0;
    }

    /** One gateway on a disk of its own, which is filled so often. */
    static Outcome run(Random random, boolean tmpfs, int fillings) throws Exception {
        Path dir = Files.createTempDirectory("headcount-full");
        Path disk = Files.createDirectory(dir.resolve("mounted"));
        mount(dir, disk, tmpfs);
        try {
            FullDiskCampaign one = new FullDiskCampaign(disk, random);
            JournalOracle journal = one.fill(dir, fillings);
            return new Outcome(journal, one.slowestMs);
        } finally {
            Tools.run("umount", disk.toString());
            Tools.need("rm", "-rf", dir.toString());
        }
    }

    private static void mount(Path dir, Path disk, boolean tmpfs) throws IOException, InterruptedException {
        if (tmpfs) {
            Tools.need("mount", "-t", "tmpfs", "-o", "size=64m", "headcount", disk.toString());
            return;
        }
        String image = dir.resolve("disk").toString();
        Tools.need("truncate", "-s", "64M", image);
        Tools.need("mkfs.ext4", "-q", image);
        Tools.need("mount", "-o", "loop", image, disk.toString());
    }

    private JournalOracle fill(Path dir, int fillings) throws Exception {
        try (GatewayProcess gateway =
                GatewayProcess.start(dir, "journal.dir=" + disk.resolve("journal"), "journal.min-free=2 MiB")) {
            cameras.start(gateway.httpPort());
            awaitMoreAnswers(gateway);
            awaitRoomAhead(gateway);
            for (int filling = 0; filling < fillings; filling++) {
                fillOnce(gateway);
            }
            if (random.nextBoolean()) {
                gateway.kill();
                cameras.stop();
            } else {
                cameras.stop();
                gateway.terminate();
                int exit = gateway.awaitExit();
                if (exit != 0) {
                    throw new AssertionError("exit " + exit + "\n" + gateway.log());
                }
            }
        }
        return JournalOracle.compare(disk.resolve("journal"), cameras);
    }

    private void fillOnce(GatewayProcess gateway) throws Exception {
        awaitMoreAnswers(gateway);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_BETWEEN_MS));
        Path filler = disk.resolve("filler");
        long refusals = cameras.refusals();
        fillToTheLastByte(filler);
        await("no post is refused on a full disk", gateway, () -> cameras.refusals() > refusals);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_FULL_MS));
        Files.delete(filler);
        long freed = System.nanoTime();
        awaitMoreAnswers(gateway);
        slowestMs = Math.max(slowestMs, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - freed));
    }

    private void awaitMoreAnswers(GatewayProcess gateway) throws Exception {
        long answers = cameras.answers() + CAMERAS; // more than may be on their way
        await("no post is accepted", gateway, () -> cameras.answers() > answers);
    }

    /** Before, a full disk stops the gateway, as JOURNAL.md says. */
    private static void awaitRoomAhead(GatewayProcess gateway) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_WAIT_SEC);
        while (GatewayVitals.metric(gateway, "headcount_journal_reserved_bytes") == 0) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("no room is taken ahead within " + MOST_WAIT_SEC + " s\n" + gateway.log());
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static void fillToTheLastByte(Path filler) throws IOException {
        int size = 1 << 20;
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (size > 0) {
                try {
                    out.write(new byte[size]);
                } catch (IOException full) {
                    size /= 2;
                }
            }
        } catch (IOException fullAtClose) {
            // full is what it should be
        }
    }

    private static void await(String otherwise, GatewayProcess gateway, BooleanSupplier condition)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_WAIT_SEC);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError(otherwise + " within " + MOST_WAIT_SEC + " s\n" + gateway.log());
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}

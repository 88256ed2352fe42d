package io.headcount.flow;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Power cuts: the journal on a file system of its own in a file, which is shut down without writing what is in memory while cameras
 * post; then it is mounted again and read. Needs root, loop devices, mkfs.ext4 and python3; without them it says so and ends with 3.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Dheadcount.jar=gateway/target/headcount.jar -cp gateway/target/test-classes:gateway/target/headcount.jar \
 *   io.headcount.flow.PowerCutCampaign [SEED [ROUNDS [process|power]]]  # 1 100 power
 * </pre>
 *
 * <p>What was being written at the cut and was not acknowledged may be left torn: readers tell it and go around it.
 *
 * <p>Every fourth cut comes within the first moments of a new directory. Under {@code process} losses are to be expected; they are
 * what this campaign must be able to see.
 */
final class PowerCutCampaign {
    private static final int CAMERAS = 64;
    private static final int NOT_RUN = 3;
    private static final int LEAST_MS = 300;
    private static final int MOST_MS = 2_000;
    private static final int FIRST_MOMENTS_MS = 100;
    private static final String DISK_BYTES = "192M";
    /** EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: nothing that is in memory is written any more. */
    private static final String CUT =
            "import fcntl,os,struct,sys;d=os.open(sys.argv[1],os.O_RDONLY);print('ready',flush=True);"
                    + "sys.stdin.readline();fcntl.ioctl(d,0x8004587d,struct.pack('I',2))";

    private final Path dir;
    private final String durability;
    private final Random random;

    private PowerCutCampaign(Path dir, String durability, Random random) {
        this.dir = dir;
        this.durability = durability;
        this.random = random;
    }

    public static void main(String[] arguments) throws Exception {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        String durability = arguments.length > 2 ? arguments[2] : "power";
        if (!canMount()) {
            System.out.println("not run: needs root, loop devices, mkfs.ext4 and python3");
            System.exit(NOT_RUN);
        }
        System.out.printf("seed %d, %d power cuts, %s%n", seed, rounds, durability);
        Random random = new Random(seed);
        long acknowledged = 0;
        long lost = 0;
        long others = 0;
        long torn = 0;
        for (int round = 1; round <= rounds; round++) {
            Path dir = Files.createTempDirectory("headcount-cut");
            JournalOracle outcome = new PowerCutCampaign(dir, durability, random).cut(round % 4 == 0);
            acknowledged += outcome.acknowledged();
            lost += outcome.lost();
            others += outcome.duplicated() + outcome.phantoms();
            torn += outcome.faults();
            if (outcome.lost() + outcome.duplicated() + outcome.phantoms() > 0 || round % 10 == 0) {
                System.out.printf("cut %d: %s%n", round, outcome);
            }
        }
        System.out.printf(
                "%d cuts: %d posts acknowledged, %d lost, %d duplicated or sent by nobody; %d torn ends, told%n",
                rounds, acknowledged, lost, others, torn);
        System.exit(lost + others == 0 ? 0 : 1);
    }

    private static boolean canMount() throws IOException, InterruptedException {
        return Tools.run("sh", "-c", "[ $(id -u) = 0 ] && command -v mkfs.ext4 python3 && losetup -f") == 0;
    }

    private JournalOracle cut(boolean atOnce) throws Exception {
        Path image = dir.resolve("disk");
        Path disk = Files.createDirectory(dir.resolve("mounted"));
        Tools.need("truncate", "-s", DISK_BYTES, image.toString());
        Tools.need("mkfs.ext4", "-q", image.toString());
        Tools.need("mount", "-o", "loop", image.toString(), disk.toString());
        BusyCameras cameras = new BusyCameras(CAMERAS, 0);
        try {
            postUntilCut(disk, cameras, atOnce);
            Tools.need("umount", disk.toString());
            Tools.need("mount", "-o", "loop", image.toString(), disk.toString());
            JournalOracle outcome = JournalOracle.compare(disk.resolve("journal"), cameras);
            postInNextLife(disk, cameras);
            JournalOracle later = JournalOracle.compare(disk.resolve("journal"), cameras);
            return outcome.lost() > 0 ? outcome : later;
        } finally {
            Tools.run("umount", disk.toString());
            Tools.need("rm", "-rf", dir.toString());
        }
    }

    private void postUntilCut(Path disk, BusyCameras cameras, boolean atOnce) throws Exception {
        try (GatewayProcess gateway = start(disk)) {
            cameras.start(gateway.httpPort());
            int afterMs = atOnce ? random.nextInt(FIRST_MOMENTS_MS) : LEAST_MS + random.nextInt(MOST_MS - LEAST_MS);
            TimeUnit.MILLISECONDS.sleep(afterMs);
            cutPower(disk, cameras);
            gateway.kill();
            cameras.stop();
        }
    }

    /** A force that is under way at that moment may still say yes and be wrong: an answer counts only when it came before. */
    private static void cutPower(Path disk, BusyCameras cameras) throws IOException, InterruptedException {
        Process cut = new ProcessBuilder("python3", "-c", CUT, disk.toString()).start();
        cut.inputReader().readLine();
        cameras.powerIsCut();
        try (Writer go = cut.outputWriter()) {
            go.write("\n");
        }
        if (cut.waitFor() != 0) {
            throw new IOException("the file system could not be shut down");
        }
    }

    private void postInNextLife(Path disk, BusyCameras cameras) throws Exception {
        try (GatewayProcess gateway = start(disk)) {
            long before = cameras.answers();
            cameras.start(gateway.httpPort());
            while (cameras.answers() < before + CAMERAS) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            cameras.stop();
            gateway.kill();
        }
    }

    private GatewayProcess start(Path disk) throws IOException {
        return GatewayProcess.start(dir, "journal.durability=" + durability, "journal.dir=" + disk.resolve("journal"));
    }
}

package io.headcount.bench.load;

import io.headcount.config.InvalidSetting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code force}: what a disk takes to force a few records, with nothing else going on: the measure for {@code journal.durability =
 * power}. Beside it what that means for posts that come at any moment and share forces, each answered when the first force that began
 * after it has ended: no gateway that answers only what is forced does so sooner on this disk.
 */
@Command(
        name = "force",
        mixinStandardHelpOptions = true,
        description =
                "Appends to a file and forces it to the disk, again and again, and prints how long that takes. Room for the"
                        + " file is taken ahead, as it is for the journal's.")
final class ForceCommand implements Callable<Integer> {
    private static final long FILE_BYTES = 64L << 20;
    private static final long LONGEST_NS = TimeUnit.MINUTES.toNanos(1);
    private static final double NS_PER_SEC = 1e9;
    private static final int MOST_SECONDS = 86_400;
    private static final int MOST_PER_SEC = 1_000_000_000;
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double PER_MILLE = 99.9;
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    @Option(names = "--work", description = "A directory on the disk. Default: that for temporary files")
    private Path work = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--cores", defaultValue = "0", description = "As taskset takes them. Default: ${DEFAULT-VALUE}")
    private String cores = "";

    @Option(names = "--seconds", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--bytes",
            defaultValue = "640",
            description = "Before each force. Default: ${DEFAULT-VALUE}, four posts")
    private int bytes;

    @Option(
            names = "--rate",
            defaultValue = "10000",
            description = "Posts a second that share the forces. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Override
    public Integer call() throws IOException {
        Pinning.moveHere(cores);
        InvalidSetting.inRange("--seconds", seconds, 1, MOST_SECONDS);
        InvalidSetting.inRange("--bytes", bytes, 1, FILE_BYTES);
        InvalidSetting.inRange("--rate", rate, 1, MOST_PER_SEC);
        FileStore disk = Files.getFileStore(Files.createDirectories(work));
        if (IN_MEMORY.contains(disk.type())) {
            throw new InvalidSetting(
                    "--work",
                    work + " is in memory, on " + disk.type(),
                    "a directory on the disk that the journal is to be on");
        }
        Path file = Files.createTempFile(work, "headcount-force", ".tmp");
        Times times = new Times(Math.round(NS_PER_SEC / rate));
        try (FileChannel opened = FileChannel.open(file, StandardOpenOption.WRITE)) {
            Pinning.allocate(file, FILE_BYTES);
            opened.force(true);
            force(opened, times);
        } finally {
            Files.delete(file);
        }
        System.out.printf("%s, %s%n", disk.name(), disk.type());
        System.out.printf("%d forces of %d B  %s%n", times.forces.getTotalCount(), bytes, line(times.forces));
        System.out.printf("%d posts/s that share them  %s%n", rate, line(times.posts));
        return 0;
    }

    private void force(FileChannel channel, Times times) throws IOException {
        ByteBuffer records = ByteBuffer.allocateDirect(bytes);
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long position = 0;
        while (System.nanoTime() < endNs) {
            position = position + bytes > FILE_BYTES ? 0 : position;
            position += channel.write(records.clear(), position);
            long begunNs = System.nanoTime();
            channel.force(false);
            times.add(System.nanoTime() - begunNs);
        }
    }

    private static String line(Histogram ns) {
        return String.format(
                "p50 %.2f p99 %.2f p99.9 %.2f max %.1f ms",
                ns.getValueAtPercentile(50) / 1e6,
                ns.getValueAtPercentile(99) / 1e6,
                ns.getValueAtPercentile(PER_MILLE) / 1e6,
                ns.getMaxValue() / 1e6);
    }

    /** Forces, and posts that come evenly: a force begins as soon as the one before has ended and a post waits for it. */
    static final class Times {
        private final Histogram forces = new Histogram(LONGEST_NS, SIGNIFICANT_DIGITS);
        private final Histogram posts = new Histogram(LONGEST_NS, SIGNIFICANT_DIGITS);
        private final long postsApartNs;
        private long nextPostNs;
        private long endedNs;

        Times(long postsApartNs) {
            this.postsApartNs = postsApartNs;
        }

        void add(long tookNs) {
            forces.recordValue(Math.min(LONGEST_NS, tookNs));
            long beginNs = Math.max(endedNs, nextPostNs);
            endedNs = beginNs + tookNs;
            while (nextPostNs <= beginNs) {
                posts.recordValue(Math.min(LONGEST_NS, endedNs - nextPostNs));
                nextPostNs += postsApartNs;
            }
        }

        Histogram forces() {
            return forces;
        }

        Histogram posts() {
            return posts;
        }
    }
}

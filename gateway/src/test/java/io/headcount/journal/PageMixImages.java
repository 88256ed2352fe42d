package io.headcount.journal;

import io.headcount.config.JournalConfig;
import io.headcount.config.JournalConfig.Durability;
import io.headcount.config.JournalConfig.Roll;
import io.headcount.model.Post;
import io.headcount.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Power cuts in user space: what a disk may hold when the machine stops. Each 4 KiB page that has changed since its file was forced
 * last is as it was then or as it is now, whichever the operating system happened to write; so is a file's length, and the name
 * of a file whose directory was not forced. Whatever was forced must be readable in every such image, once.
 *
 * <pre>
 * mvn package -DskipTests
 * java OPENINGS -cp gateway/target/test-classes:gateway/target/headcount.jar io.headcount.journal.PageMixImages [SEED [IMAGES]] # 1 10000
 * </pre>
 *
 * OPENINGS are those of {@code ClockJumps}: the journal is written in this process.
 */
final class PageMixImages {
    private static final int IMAGES_PER_CUT = 25;
    private static final int CUTS_PER_LINE = 40;
    private static final int MOST_BATCHES = 6;
    private static final int MOST_POSTS = 20;
    private static final int MOST_SECONDS = 40;
    private static final int POSTS_BEHIND = 2;
    private static final int MOST_STUMBLES = 4;

    /**
     * What came out.
     *
     * @param images disks looked at
     * @param stumbles writers that did not go on with an image and stopped; the next one did
     * @param acknowledged posts that had been forced, over all images
     * @param lost of these, those that were not readable
     * @param duplicated sequences delivered twice
     * @param foreign records delivered that were not written so
     * @param told damaged places told, of what was not acknowledged
     */
    record Outcome(int images, int stumbles, long acknowledged, long lost, long duplicated, long foreign, long told) {
        boolean holds() {
            return lost == 0 && duplicated == 0 && foreign == 0;
        }

        private Outcome plus(Outcome other) {
            return new Outcome(
                    images + other.images,
                    stumbles + other.stumbles,
                    acknowledged + other.acknowledged,
                    lost + other.lost,
                    duplicated + other.duplicated,
                    foreign + other.foreign,
                    told + other.told);
        }
    }

    private final Path live;
    private final Path imageDir;
    private final Random random;
    private final boolean forced;
    private final HandClock clock = new HandClock("2022-11-07T07:42:00Z");
    private final Map<String, FilePages> forcedFiles = new HashMap<>();
    private final Set<String> forcedNames = new HashSet<>();

    private PageMixImages(Path work, Random random, boolean forced) throws IOException {
        this.live = Files.createDirectories(work.resolve("live"));
        this.imageDir = Files.createDirectories(work.resolve("image"));
        this.random = random;
        this.forced = forced;
    }

    public static void main(String[] arguments) throws Exception {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int images = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        Path work = Files.createTempDirectory("headcount-images");
        System.out.printf("seed %d, %d images, in %s%n", seed, images, work);
        Outcome outcome = run(work, seed, images, true);
        System.out.println(outcome);
        System.exit(outcome.holds() ? 0 : 1);
    }

    /**
     * Looks at so many images.
     *
     * @param forced false: the files are never really forced, which must be seen
     */
    static Outcome run(Path work, long seed, int images, boolean forced) throws IOException {
        Outcome all = new Outcome(0, 0, 0, 0, 0, 0, 0);
        Random random = new Random(seed);
        for (int cut = 1; all.images() < images; cut++) {
            PageMixImages one = new PageMixImages(work, random, forced);
            all = all.plus(one.cut(Math.min(IMAGES_PER_CUT, images - all.images())));
            if (cut % CUTS_PER_LINE == 0) {
                System.out.println(all);
            }
        }
        return all;
    }

    private Outcome cut(int images) throws IOException {
        empty(live);
        Outcome all = new Outcome(0, 0, 0, 0, 0, 0, 0);
        try (JournalWriter writer = open(live, Durability.POWER, new Recorder())) {
            int batches = 1 + random.nextInt(MOST_BATCHES);
            for (int batch = 0; batch < batches; batch++) {
                appendBatch(writer);
                writer.onBatchEnd();
            }
            long acknowledged = writer.lastSequence();
            if (random.nextInt(4) != 0) {
                appendBatch(writer);
            }
            Map<String, FilePages> now = FilePages.ofAll(live);
            for (int image = 0; image < images; image++) {
                writeImage(now);
                all = all.plus(look(acknowledged, writer.lastSequence()));
            }
        }
        return all;
    }

    private void appendBatch(JournalWriter writer) {
        int posts = 1 + random.nextInt(MOST_POSTS);
        for (int i = 0; i < posts; i++) {
            if (random.nextInt(8) == 0) {
                clock.pass(Duration.ofSeconds(random.nextInt(MOST_SECONDS)));
            }
            append(writer);
        }
    }

    // a record can be told from any other by what it counts
    private void append(JournalWriter writer) {
        writer.onPost(Posts.total("camera", clock.millis(), (int) writer.lastSequence() + 1));
    }

    private JournalWriter open(Path dir, Durability durability, ForceCalls calls) {
        JournalConfig config = new JournalConfig(dir, durability, Roll.MINUTELY, 0, 0);
        return JournalWriter.open(config, clock, clock::nanos, new Telemetry(), calls);
    }

    private void writeImage(Map<String, FilePages> now) throws IOException {
        empty(imageDir);
        double share = random.nextDouble();
        for (Map.Entry<String, FilePages> file : now.entrySet()) {
            String name = file.getKey();
            if (forcedNames.contains(name) || random.nextDouble() < share) {
                FilePages before = forcedFiles.getOrDefault(name, FilePages.EMPTY);
                before.mixedWith(file.getValue(), random, share).write(imageDir.resolve(name));
            }
        }
    }

    private Outcome look(long acknowledged, long appended) throws IOException {
        Reading before = Reading.of(imageDir);
        int stumbles = 0;
        while (!goesOn()) {
            if (++stumbles == MOST_STUMBLES) {
                throw new AssertionError("no writer goes on with " + keepImage());
            }
        }
        Reading after = Reading.of(imageDir);
        long lost = Math.max(before.missing(acknowledged), after.missing(acknowledged));
        long foreign = before.foreign(appended) + after.foreign(appended + POSTS_BEHIND);
        long duplicated = before.duplicated + after.duplicated;
        return new Outcome(1, stumbles, acknowledged, lost, duplicated, foreign, before.faults);
    }

    /** Whether a writer opened the image and appended to it; if not, the gateway stops and the next life begins another file. */
    private boolean goesOn() {
        try (JournalWriter next = open(imageDir, Durability.PROCESS, ForceCalls.SYSTEM)) {
            for (int i = 0; i < POSTS_BEHIND; i++) {
                append(next);
            }
            next.onBatchEnd();
            return true;
        } catch (RuntimeException stopsTheGateway) {
            return false;
        }
    }

    private Path keepImage() throws IOException {
        return Files.move(imageDir, imageDir.resolveSibling("failed"));
    }

    private static void empty(Path dir) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(dir)) {
            for (Path path : old) {
                Files.delete(path);
            }
        }
    }

    /** What a reader says of an image. */
    private static final class Reading {
        private final Set<Long> sequences = new HashSet<>();
        private long duplicated;
        private long wrong;
        private long faults;

        static Reading of(Path dir) {
            Reading reading = new Reading();
            Post post = new Post();
            try (JournalReader reader = JournalReader.open(dir, fault -> reading.faults++)) {
                while (reader.nextBeforeEnd()) {
                    reading.duplicated += reading.sequences.add(reader.sequence()) ? 0 : 1;
                    boolean asWritten =
                            reader.decode(post) == Decoded.POST && post.rows().value(0, 0) == reader.sequence();
                    reading.wrong += asWritten ? 0 : 1;
                }
            }
            return reading;
        }

        long missing(long acknowledged) {
            long missing = 0;
            for (long sequence = 1; sequence <= acknowledged; sequence++) {
                missing += sequences.contains(sequence) ? 0 : 1;
            }
            return missing;
        }

        long foreign(long appended) {
            return wrong
                    + sequences.stream().filter(sequence -> sequence > appended).count();
        }
    }

    /** Keeps what the disk has for certain. */
    private final class Recorder implements ForceCalls {
        @Override
        public OpenFile open(Path file) {
            return new OpenFile() {
                @Override
                public void force() throws IOException {
                    if (forced) {
                        forcedFiles.put(file.getFileName().toString(), FilePages.of(file));
                    }
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };
        }

        @Override
        public void forceDirectory(Path dir) throws IOException {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
                files.forEach(file -> forcedNames.add(file.getFileName().toString()));
            }
        }
    }
}

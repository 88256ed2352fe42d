package io.headcount.journal;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.config.RetentionConfig;
import io.headcount.model.Post;
import io.headcount.telemetry.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Clocks that are set while posts come, in both directions, by seconds to a year, with restarts in between: everything appended must be
 * read once, in order, by a reader that follows and by one that comes later; retention must delete nothing on the day of the jumps, and
 * everything but the newest file once twice its time has passed.
 *
 * <pre>
 * mvn package -DskipTests
 * java --add-opens=java.base/java.lang.reflect=ALL-UNNAMED --add-exports=java.base/sun.nio.ch=ALL-UNNAMED \
 *   --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED \
 *   -cp gateway/target/test-classes:gateway/target/headcount.jar io.headcount.journal.ClockJumps [SEED [JUMPS]]   # 1 100
 * </pre>
 */
final class ClockJumps {
    private static final List<Duration> JUMPS = List.of(
            Duration.ofSeconds(-1),
            Duration.ofSeconds(-59),
            Duration.ofMinutes(-2),
            Duration.ofHours(-3),
            Duration.ofDays(-1),
            Duration.ofDays(-365),
            Duration.ofSeconds(1),
            Duration.ofSeconds(61),
            Duration.ofHours(3),
            Duration.ofDays(1),
            Duration.ofDays(365));
    private static final int MOST_POSTS = 20;
    private static final int MOST_SECONDS = 90;
    private static final Duration RETENTION = Duration.ofDays(30);

    /**
     * What came of it.
     *
     * @param appended records
     * @param misread places at which one of the two readers got another record than the next, or none
     * @param faults that they and {@code verify} told
     * @param files roll files at the end
     * @param early files that retention deleted on the first day
     * @param left files that it left at the end
     */
    record Outcome(long appended, long misread, long faults, int files, int early, int left) {
        boolean clean() {
            return misread == 0 && faults == 0 && early == 0 && left == 1;
        }
    }

    private final Path dir;
    private final Random random;
    private final JournalFixture journal;
    private final Post post = new Post();
    private long appended;
    private long followed;
    private long misread;
    private long faults;
    private Retention retention;
    private int early;

    private ClockJumps(Path dir, long seed) {
        this.dir = dir;
        this.random = new Random(seed);
        this.journal = new JournalFixture(dir, Roll.MINUTELY);
    }

    public static void main(String[] arguments) throws Exception {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int jumps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        Path dir = Files.createTempDirectory("headcount-clock");
        Outcome outcome = run(dir, seed, jumps);
        System.out.printf("seed %d, %d clock jumps, in %s: %s%n", seed, jumps, dir, outcome);
        System.exit(outcome.clean() ? 0 : 1);
    }

    /** Appends to a new journal in this directory while the clock jumps so many times. */
    static Outcome run(Path dir, long seed, int jumps) {
        return new ClockJumps(dir, seed).run(jumps);
    }

    private Outcome run(int jumps) {
        try (JournalReader follower = JournalReader.open(dir, fault -> faults++)) {
            JournalWriter writer = start();
            for (int jump = 0; jump < jumps; jump++) {
                append(writer);
                follow(follower);
                journal.clock().step(JUMPS.get(random.nextInt(JUMPS.size())));
                if (random.nextInt(3) == 0) {
                    writer.close();
                    writer = start();
                }
                early += isFirstDay() ? retention.run().deletions().size() : 0;
            }
            append(writer);
            writer.close();
            follow(follower);
        }
        misread += appended - followed;
        readAgain();
        VerifyReport report = Verify.run(dir);
        return new Outcome(appended, misread, faults + report.faults().size(), report.files(), early, age());
    }

    private JournalWriter start() {
        RetentionTime time =
                new RetentionTime(journal.clock(), journal.clock()::nanos, RollFile.lengthMs(Roll.MINUTELY));
        retention = new Retention(
                dir,
                new RetentionConfig(RETENTION.toMillis(), 0),
                Duration.ofHours(2).toMillis(),
                0,
                time,
                () -> Long.MAX_VALUE,
                new Telemetry());
        return journal.open();
    }

    // a jump ahead is believed after a day
    private boolean isFirstDay() {
        return journal.clock().nanos() < Duration.ofDays(1).toNanos();
    }

    /** How many files are left after twice the retention's time. */
    private int age() {
        retention.run();
        journal.clock().pass(RETENTION.multipliedBy(2));
        retention.run();
        return journal.files().size();
    }

    private void append(JournalWriter writer) {
        int posts = 1 + random.nextInt(MOST_POSTS);
        for (int i = 0; i < posts; i++) {
            appended++;
            writer.onPost(Posts.total("camera" + appended, journal.clock().millis(), 1));
            writer.onBatchEnd();
            journal.clock().pass(Duration.ofSeconds(random.nextInt(MOST_SECONDS)));
        }
    }

    private void follow(JournalReader reader) {
        while (reader.nextBeforeEnd()) {
            followed++;
            expect(reader, followed);
        }
    }

    private void readAgain() {
        long read = 0;
        try (JournalReader reader = JournalReader.open(dir, fault -> faults++)) {
            while (reader.nextBeforeEnd()) {
                read++;
                expect(reader, read);
            }
        }
        misread += appended - read;
    }

    private void expect(JournalReader reader, long sequence) {
        boolean right = reader.decode(post) == Decoded.POST
                && reader.sequence() == sequence
                && post.deviceId().equals("camera" + sequence);
        misread += right ? 0 : 1;
    }
}

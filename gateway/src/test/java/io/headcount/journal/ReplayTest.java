package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.model.Post;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayTest {
    private static final Duration WINDOW = Duration.ofHours(2);

    private final List<Long> replayed = new ArrayList<>();

    @TempDir
    private Path dir;

    private JournalFixture journal;
    private ReplayReport report;

    @BeforeEach
    void setUp() {
        journal = new JournalFixture(dir, Roll.HOURLY);
    }

    private JournalWriter reopen() {
        JournalWriter writer = journal.open();
        replayed.clear();
        report = writer.replay(
                journal.clock().millis(), WINDOW.toMillis(), post -> replayed.add(post.sequence()), () -> false);
        return writer;
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void shouldReplayNothingFromAnEmptyJournal() {
        try (JournalWriter writer = reopen()) {
            assertThat(writer.lastSequence()).isZero();
        }
        assertThat(replayed).isEmpty();
        assertThat(report.posts()).isZero();
    }

    @Test
    void shouldReplayPostsWithTheirRowsAndVerdicts() {
        try (JournalWriter writer = journal.open()) {
            Post post = Posts.vendor();
            post.receivedAtMs(journal.clock().millis());
            writer.onPost(post);
        }
        List<List<String>> posts = new ArrayList<>();
        try (JournalWriter writer = journal.open()) {
            report = writer.replay(
                    journal.clock().millis(),
                    WINDOW.toMillis(),
                    post -> posts.add(RecordCodecTest.describe(post)),
                    () -> false);
        }
        Post expected = Posts.withoutNames(Posts.vendor());
        expected.receivedAtMs(journal.clock().millis());
        assertThat(posts).containsExactly(RecordCodecTest.describe(expected));
        assertThat(report.rows()).isEqualTo(3);
    }

    @Test
    void shouldReplayWhatWasReceivedInTheWindow() {
        journal.write(6, 10);
        journal.clock().pass(Duration.ofHours(-1));

        // 12:42: the window begins 10:42
        reopen().close();

        assertThat(replayed).isEqualTo(range(31, 60));
    }

    @Test
    void shouldReplayWhatWasReceivedTenMinutesBeforeTheWindow() {
        journal.write(6, 10);
        journal.clock().pass(Duration.ofMinutes(-60 - 52));

        // 11:50: the window begins 09:50
        reopen().close();

        assertThat(replayed).isEqualTo(range(21, 60));
    }

    /** A post of a camera whose clock is ahead by this much. */
    private void writeOneAhead(JournalWriter writer, Duration by) {
        Post ahead = Posts.total("ahead", journal.clock().millis(), 1);
        ahead.rows().window(0, journal.clock().millis() / 1000 + by.toSeconds(), 60);
        writer.onPost(ahead);
    }

    @Test
    void shouldReplayARowThatCameHoursBeforeItsWindow() {
        try (JournalWriter writer = journal.open()) {
            writeOneAhead(writer, Duration.ofHours(5));
        }
        journal.clock().pass(Duration.ofHours(1));
        journal.write(5, 10);

        // 13:42: the window begins 11:42, the row starts 12:42
        reopen().close();

        assertThat(replayed).startsWith(1L, 32L);
        assertThat(replayed.subList(1, replayed.size())).isEqualTo(range(32, 51));
    }

    /** A post of a real-time camera with windows of so many hours, received when its window begins. */
    private void writeOneOfHours(JournalWriter writer, int hours) {
        Post post = Posts.total("hours", journal.clock().millis(), 1);
        post.rows().window(0, journal.clock().millis() / 1000, hours * 3600);
        writer.onPost(post);
    }

    @Test
    void shouldReplayARowWhoseWindowEndsInTheLedgersWindow() {
        try (JournalWriter writer = journal.open()) {
            writeOneOfHours(writer, 4);
        }
        journal.clock().pass(Duration.ofHours(1));
        journal.write(5, 10);

        // 13:42: the window begins 11:42, the row's ends 11:42
        reopen().close();
        assertThat(replayed).startsWith(1L);
        assertThat(replayed.subList(1, replayed.size())).isEqualTo(range(32, 51));

        journal.clock().pass(Duration.ofSeconds(1));
        reopen().close();
        assertThat(replayed).isEqualTo(range(32, 51));
    }

    @Test
    void shouldReplayTheRowsOfADayThatBeginsTomorrow() {
        try (JournalWriter writer = journal.open()) {
            Post post = Posts.total("ahead", journal.clock().millis(), 1);
            post.rows().window(0, journal.clock().millis() / 1000 + 86_400, 86_400);
            writer.onPost(post);
        }
        journal.clock().pass(Duration.ofHours(1));
        journal.write(49, 1);

        // two days later 09:42: the window begins when the row's ends
        reopen().close();

        assertThat(replayed).startsWith(1L);
    }

    @Test
    void shouldNotReadBackFurtherForWindowsThatEndedBeforeTheLedgersWindow() throws IOException {
        try (JournalWriter writer = journal.open()) {
            for (int hour = 0; hour < 8; hour++) {
                writeOneOfHours(writer, 1);
                journal.append(writer, 10);
                journal.clock().pass(Duration.ofHours(1));
            }
        }
        damageFile(3); // of 10:42
        damageFile(4); // of 11:42, with rows that end 12:42

        // 15:42: the window begins 13:42
        reopen().close();

        assertThat(report.faults()).isZero();
        assertThat(replayed).startsWith(56L);
        assertThat(replayed.subList(1, replayed.size())).isEqualTo(range(67, 88));
    }

    private void damageFile(int number) throws IOException {
        Path file = journal.files().get(number);
        long first = journal.places().stream()
                .filter(place -> place.file().equals(file))
                .findFirst()
                .orElseThrow()
                .offset();
        JournalFixture.flip(file, first + 40, 2);
    }

    /** An hourly file each of 07:42 to 19:42 with a camera whose clock is ahead by eight hours; now is 20:42. */
    private void writeHalfADayWithOneAhead() {
        try (JournalWriter writer = journal.open()) {
            for (int hour = 0; hour < 13; hour++) {
                journal.append(writer, 10);
                writeOneAhead(writer, Duration.ofHours(8));
                journal.append(writer, 10);
                journal.clock().pass(Duration.ofHours(1));
            }
        }
    }

    @Test
    void shouldReadBackNoFurtherThanACameraIsAhead() throws IOException {
        writeHalfADayWithOneAhead();
        damageFile(2); // of 09:42
        damageFile(3); // of 10:42, before which no row was journaled that ends after 18:42

        reopen().close();

        assertThat(report.faults()).isEqualTo(1);
    }

    @Test
    void shouldReplayOfTheHoursBeforeTheWindowOnlyTheCameraThatIsAhead() {
        writeHalfADayWithOneAhead();

        // 20:42: the window begins 18:42
        reopen().close();

        // 10:42 to 17:42, of which the windows end 18:43 to 01:43
        List<Long> expected = new ArrayList<>();
        for (int hour = 3; hour < 11; hour++) {
            expected.add(hour * 21L + 11);
        }
        expected.addAll(range(11 * 21 + 1, 13 * 21));
        assertThat(replayed).isEqualTo(expected);
    }

    @Test
    void shouldNotReadBackEverythingSinceTheClockWasAhead() throws IOException {
        journal.write(1, 10);
        journal.clock().step(Duration.ofDays(365));
        try (JournalWriter writer = journal.open()) {
            // of a camera whose clock was right
            Post post = Posts.total("camera", journal.clock().millis(), 1);
            post.rows().window(0, journal.clock().millis() / 1000 - 365 * 86_400, 60);
            writer.onPost(post);
        }
        journal.clock().step(Duration.ofDays(-365));
        journal.write(6, 10);
        assertThat(journal.files().get(1).getFileName()).hasToString("20231107-08F.cq4");
        damageFile(1);

        // 14:42: the window begins 12:42
        reopen().close();

        assertThat(report.faults()).isZero();
        assertThat(replayed).isEqualTo(range(52, 71));
    }

    @Test
    void shouldRememberTheNewestStartThoughNoFileIsInTheWindow() {
        try (JournalWriter writer = journal.open()) {
            Post ahead = Posts.total("ahead", journal.clock().millis(), 1);
            ahead.rows().window(0, journal.clock().millis() / 1000 + 5 * 3600, 60);
            writer.onPost(ahead);
        }
        journal.clock().pass(Duration.ofHours(6));

        try (JournalWriter writer = reopen()) {
            assertThat(writer.lastSequence()).isEqualTo(1);
        }

        assertThat(replayed).isEqualTo(range(1, 1));
    }

    @Test
    void shouldGoOnNumberingThoughNoRecordIsInTheWindow() {
        journal.write(2, 10);
        journal.clock().pass(Duration.ofDays(30));

        try (JournalWriter writer = reopen()) {
            assertThat(replayed).isEmpty();
            assertThat(writer.lastSequence()).isEqualTo(20);
            journal.append(writer, 1);
        }
        assertThat(Verify.run(dir)).isEqualTo(new VerifyReport(3, 21, 0, 1, 21, List.of(), List.of()));
    }

    @Test
    void shouldReplayWhatWasReceivedWhileTheClockWasBehind() {
        journal.write(2, 10);
        journal.clock().step(Duration.ofHours(-5));
        try (JournalWriter writer = journal.open()) {
            writeOneAhead(writer, Duration.ofHours(5)); // of a camera whose clock was right
            journal.append(writer, 1);
        }
        journal.clock().pass(Duration.ofHours(1));
        journal.clock().step(Duration.ofHours(5));

        // 10:42: the window begins 08:42
        reopen().close();

        assertThat(replayed).isEqualTo(range(11, 21));
    }

    @Test
    void shouldGoAroundDamageAndGoOnBehindTheGreatestNumber() throws IOException {
        journal.write(1, 100);
        JournalFixture.Place fifth = journal.places().get(4);
        JournalFixture.flip(fifth.file(), fifth.offset() + 40, 2);

        try (JournalWriter writer = reopen()) {
            assertThat(replayed).hasSize(99).doesNotContain(5L);
            assertThat(report.faults()).isPositive();
            assertThat(writer.lastSequence()).isEqualTo(100);
            journal.append(writer, 10);
        }
        assertThat(Verify.run(dir).lastSequence()).isEqualTo(110);
        assertThat(Verify.run(dir).records()).isEqualTo(109);
    }

    @Test
    void shouldLeaveADamagedNewestFileAsItIs() throws IOException {
        journal.write(1, 100);
        journal.clock().pass(Duration.ofHours(-1));
        Path damaged = journal.files().get(0);
        JournalFixture.zero(damaged, 0, 4096);
        byte[] before = Files.readAllBytes(damaged);

        try (JournalWriter writer = reopen()) {
            journal.append(writer, 10);
        }

        Path setAside = damaged.resolveSibling(damaged.getFileName() + ".damaged");
        assertThat(Files.readAllBytes(setAside)).isEqualTo(before);
        assertThat(journal.files()).hasSize(2);
        assertThat(Verify.run(dir).records()).isEqualTo(110);
        assertThat(Verify.run(dir).lastSequence()).isEqualTo(110);
    }

    @Test
    void shouldSurviveSeededDamageOfTheNewestFileAndAppendBehindIt() throws IOException {
        for (int seed = 0; seed < Integer.getInteger("seeds", 30); seed++) {
            Path seeded = Files.createDirectory(dir.resolve("seed" + seed));
            journal = new JournalFixture(seeded, Roll.HOURLY);
            journal.write(1, 200);
            journal.clock().pass(Duration.ofHours(-1));
            Damage.random(journal.files().get(0), seed);
            int readable = journal.places().size();

            try (JournalWriter writer = reopen()) {
                assertThat(replayed).as("seed %d", seed).hasSize(readable);
                journal.append(writer, 10);
            }

            assertThat(journal.places()).as("seed %d", seed).hasSize(readable + 10);
        }
    }

    /** 250 posts a minute from 07:42 to 09:00, and one of a camera whose clock is three hours ahead at 08:05. */
    private void writeMinutes(boolean withOneAhead) {
        try (JournalWriter writer = journal.open()) {
            for (int minute = 0; minute < 78; minute++) {
                if (withOneAhead && minute == 23) {
                    writeOneAhead(writer, Duration.ofHours(3));
                }
                journal.append(writer, 250);
                journal.clock().pass(Duration.ofMinutes(1));
            }
        }
        journal.clock().pass(Duration.ofMinutes(100));
    }

    @Test
    void shouldLeaveOutTheFilesBeginning() {
        writeMinutes(false);

        // 10:40: the window begins 08:40, the margin 08:30, the file 08:00
        reopen().close();

        assertThat(replayed).isEqualTo(range(49 * 250 + 1, 78 * 250));
    }

    @Test
    void shouldNotLeaveOutARowOfTheWindowThatCameEarly() {
        writeMinutes(true);

        reopen().close();

        assertThat(replayed.get(0)).isEqualTo(23 * 250 + 1);
        assertThat(replayed.subList(1, replayed.size())).isEqualTo(range(49 * 250 + 2, 78 * 250 + 1));
    }

    @Test
    void shouldEndWhenAStopIsAskedFor() {
        journal.write(1, 10_000);
        Replay replay = new Replay(dir);

        report = replay.run(
                journal.clock().millis(),
                WINDOW.toMillis(),
                post -> replayed.add(post.sequence()),
                () -> !replayed.isEmpty());

        assertThat(replayed).isEqualTo(range(1, 256));
        assertThat(isReading()).isFalse();
    }

    private static boolean isReading() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("hc-replay"));
    }

    @Test
    void shouldPassOnThatAFileCannotBeRead() {
        journal.write(1, 3_000);
        PostVisitor visitor = post -> {
            replayed.add(post.sequence());
            if (post.sequence() == 1) {
                makeUnreadable("20221107-08F.cq4");
            }
        };
        Replay replay = new Replay(dir);
        assertThatThrownBy(() -> replay.run(journal.clock().millis(), WINDOW.toMillis(), visitor, () -> false))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("20221107-08F.cq4 at 0: can't be read from the disk");
        assertThat(replayed).isEqualTo(range(1, 11 * 256));
        assertThat(isReading()).isFalse();
    }

    private void makeUnreadable(String file) {
        try {
            Files.createDirectory(dir.resolve(file));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void shouldEndTheReadingWhenThePostsAreNotTaken() {
        journal.write(1, 10_000);
        Replay replay = new Replay(dir);
        PostVisitor broken = post -> {
            throw new IllegalStateException("post " + post.sequence());
        };
        assertThatThrownBy(() -> replay.run(journal.clock().millis(), WINDOW.toMillis(), broken, () -> false))
                .hasMessage("post 1");
        assertThat(isReading()).isFalse();
    }
}

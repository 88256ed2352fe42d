package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headcount.config.JournalConfig.Roll;
import io.headcount.model.Post;
import java.io.IOException;
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
        report = writer.replay(journal.clock().millis(), WINDOW.toMillis(), post -> replayed.add(post.sequence()));
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
                    journal.clock().millis(), WINDOW.toMillis(), post -> posts.add(RecordCodecTest.describe(post)));
        }
        Post expected = Posts.vendor();
        expected.receivedAtMs(journal.clock().millis());
        assertThat(posts).containsExactly(RecordCodecTest.describe(expected));
        assertThat(report.rows()).isEqualTo(3);
    }

    @Test
    void shouldBeginWithTheFileOfTheWindowsStart() {
        journal.write(6, 10);
        journal.clock().pass(Duration.ofHours(-1));

        // 12:42: the window begins 10:42, the margin 10:32, in the fourth file
        reopen().close();

        assertThat(replayed).isEqualTo(range(31, 60));
    }

    @Test
    void shouldBeginOneFileEarlierWhenTheMarginReachesIt() {
        journal.write(6, 10);
        journal.clock().pass(Duration.ofMinutes(-60 - 35));

        // 12:07: the margin begins 09:57, in the third file
        reopen().close();

        assertThat(replayed).isEqualTo(range(21, 60));
    }

    @Test
    void shouldBeginADayEarlierWhenARowOfThenStartsInsideTheWindow() {
        try (JournalWriter writer = journal.open()) {
            Post ahead = Posts.total("ahead", journal.clock().millis(), 1);
            ahead.rows().window(0, journal.clock().millis() / 1000 + 5 * 3600, 60);
            writer.onPost(ahead);
        }
        journal.clock().pass(Duration.ofHours(1));
        journal.write(5, 10);

        reopen().close();

        assertThat(replayed).isEqualTo(range(1, 51));
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
        assertThat(Verify.run(dir)).isEqualTo(new VerifyReport(3, 21, 0, 1, 21, List.of()));
    }

    @Test
    void shouldReplayWhatWasReceivedWhileTheClockWasBehind() {
        journal.write(2, 10);
        journal.clock().step(Duration.ofHours(-5));
        journal.write(1, 10);
        journal.clock().step(Duration.ofHours(5));

        reopen().close();

        assertThat(replayed).endsWith(range(21, 30).toArray(Long[]::new));
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
                    Post ahead = Posts.total("ahead", journal.clock().millis(), 1);
                    ahead.rows().window(0, journal.clock().millis() / 1000 + 3 * 3600, 60);
                    writer.onPost(ahead);
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

        long firstOfTheFile = 18 * 250 + 1;
        long firstOfTheMargin = 48 * 250 + 1;
        assertThat(replayed.get(0)).isBetween(firstOfTheFile + 1, firstOfTheMargin);
        assertThat(replayed).isEqualTo(range(replayed.get(0), 78 * 250));
    }

    @Test
    void shouldNotLeaveOutARowOfTheWindowThatCameEarly() {
        writeMinutes(true);

        reopen().close();

        assertThat(replayed.get(0)).isLessThanOrEqualTo(23 * 250 + 1);
        assertThat(replayed).isEqualTo(range(replayed.get(0), 78 * 250 + 1));
    }

    private static boolean isReading() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("hc-replay"));
    }

    @Test
    void shouldPassOnThatAFileCannotBeRead() throws IOException {
        journal.write(1, 600);
        Files.createDirectory(dir.resolve("20221107-08F.cq4"));
        Replay replay = new Replay(dir, RecordLayout.NO_START);
        assertThatThrownBy(() ->
                        replay.run(journal.clock().millis(), WINDOW.toMillis(), post -> replayed.add(post.sequence())))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("20221107-08F.cq4 at 0: can't be read from the disk");
        assertThat(replayed).isEqualTo(range(1, 512));
        assertThat(isReading()).isFalse();
    }

    @Test
    void shouldEndTheReadingWhenThePostsAreNotTaken() {
        journal.write(1, 10_000);
        Replay replay = new Replay(dir, RecordLayout.NO_START);
        PostVisitor broken = post -> {
            throw new IllegalStateException("post " + post.sequence());
        };
        assertThatThrownBy(() -> replay.run(journal.clock().millis(), WINDOW.toMillis(), broken))
                .hasMessage("post 1");
        assertThat(isReading()).isFalse();
    }
}

package io.headcount.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.aggregate.Ledger;
import io.headcount.config.JournalConfig.Roll;
import io.headcount.config.LedgerConfig;
import io.headcount.model.Post;
import io.headcount.model.RowFlag;
import io.headcount.model.RowKind;
import io.headcount.model.RowSource;
import io.headcount.model.Rows;
import io.headcount.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gateway that is started again and again, over its journal, decides every row as one does that runs all the time: as long as
 * nothing is sent again behind the ledger's window, because only what was journaled is remembered over a start.
 */
final class RestartTest {
    private static final long WINDOW_MS = Duration.ofHours(2).toMillis();
    private static final int MINUTES = 20 * 60;
    private static final int MOST_MINUTES_BETWEEN_STARTS = 200;

    /** What cameras report, so many seconds long windows that begin so many seconds from the last full one on. */
    private enum Fleet {
        MINUTES(60, -60),
        BEHIND(60, -3600),
        AHEAD(60, 5 * 3600),
        HOURS(3600, 0),
        DAYS(86_400, 0),
        HOURS_AHEAD(3600, 8 * 3600);

        private final int seconds;
        private final int from;

        Fleet(int seconds, int from) {
            this.seconds = seconds;
            this.from = from;
        }
    }

    /** One row that was sent. */
    private record Sent(Fleet fleet, int camera, long start, int value, long journaledMs) {
        boolean isHeld(long nowMs) {
            return Math.max((start + fleet.seconds) * 1000, journaledMs) >= nowMs - WINDOW_MS;
        }
    }

    private final List<Sent> sent = new ArrayList<>();
    private final Ledger steady = ledger();
    private Ledger restarted = ledger();

    @TempDir
    private Path dir;

    private JournalFixture journal;
    private JournalWriter writer;

    @BeforeEach
    void setUp() {
        journal = new JournalFixture(dir, Roll.HOURLY);
        writer = journal.open();
    }

    private static Ledger ledger() {
        return new Ledger(new LedgerConfig(WINDOW_MS, 100_000, 1_000), new Telemetry());
    }

    private void restart() {
        writer.close();
        writer = journal.open();
        restarted = ledger();
        long nowMs = journal.clock().millis();
        writer.replay(nowMs, WINDOW_MS, post -> restarted.restore(post, nowMs), () -> false);
        restarted.restored(nowMs - WINDOW_MS);
    }

    private Post post(Sent row) {
        Post post = Posts.total(row.fleet + "" + row.camera, journal.clock().millis(), 0);
        post.serialNumber(row.camera % 2 == 0 ? null : "serial" + row.camera);
        post.mac(row.camera % 3 == 0 ? null : "mac" + row.camera);
        Rows rows = post.rows();
        rows.clear();
        int added = rows.add(
                RowKind.COUNT,
                RowSource.REALTIME,
                row.camera % 5 == 0 ? "master" : null,
                "" + row.camera % 2,
                "door",
                row.camera % 4);
        rows.window(added, row.start, row.fleet.seconds);
        rows.value(added, 0, row.value);
        return post;
    }

    private void send(Sent row) {
        Post post = post(row);
        Post same = post(row);
        restarted.onPost(post);
        steady.onPost(same);
        assertThat(decision(post)).as("%s at %d", row, journal.clock().millis()).isEqualTo(decision(same));
        writer.onPost(post);
        if (post.rows().verdict(0).journaled()) {
            sent.add(row);
        }
    }

    private static String decision(Post post) {
        Rows rows = post.rows();
        return rows.verdict(0) + " " + rows.revision(0) + " " + rows.hasDeltas(0) + " " + rows.delta(0, 0) + " "
                + RowFlag.LATE.in(rows.flags(0));
    }

    private void sendNext(Fleet fleet, int camera, Random random) {
        long nowSec = journal.clock().millis() / 1000;
        long start = Math.floorDiv(nowSec, fleet.seconds) * fleet.seconds + fleet.from;
        send(new Sent(fleet, camera, start, random.nextInt(100), journal.clock().millis()));
    }

    private void sendAgain(Random random) {
        Sent row = sent.get(random.nextInt(sent.size()));
        if (row.isHeld(journal.clock().millis())) {
            int more = random.nextInt(2);
            send(new Sent(
                    row.fleet,
                    row.camera,
                    row.start,
                    row.value + more,
                    journal.clock().millis()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldDecideEveryRowAsIfItHadNeverBeenStartedAgain(int seed) {
        Random random = new Random(seed);
        int restartIn = 0;
        for (int minute = 0; minute < MINUTES; minute++) {
            if (restartIn-- == 0) {
                restart();
                restartIn = random.nextInt(MOST_MINUTES_BETWEEN_STARTS);
            }
            for (Fleet fleet : Fleet.values()) {
                if (random.nextInt(4) == 0) {
                    sendNext(fleet, random.nextInt(6), random);
                }
            }
            for (int i = 0; i < 10; i++) {
                sendAgain(random);
            }
            writer.onBatchEnd();
            journal.clock().pass(Duration.ofMinutes(1));
        }
        writer.close();
    }
}

package io.headcount.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.config.LedgerConfig;
import io.headcount.model.Post;
import io.headcount.model.RowKind;
import io.headcount.model.Rows;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ledger makes of rows, in the order in which they come. Times are in seconds from the window's start at T. */
class LedgerTest {
    private static final long T = 1_667_806_020L;
    private static final long WINDOW = 7200;

    private final Telemetry telemetry = new Telemetry();
    private Ledger ledger = ledger(1000);
    private final List<Post> journal = new ArrayList<>();

    private Ledger ledger(int maxRows) {
        return new Ledger(new LedgerConfig(WINDOW * 1000, maxRows, 100), telemetry);
    }

    private List<String> rows(LedgerPost made) {
        Post post = made.post();
        ledger.onPost(post);
        ledger.onBatchEnd();
        journal.add(LedgerPost.journaled(post));
        List<String> told = new ArrayList<>();
        for (int row = 0; row < post.rows().size(); row++) {
            told.add(LedgerPost.told(post, row));
        }
        return told;
    }

    private String row(LedgerPost made) {
        List<String> told = rows(made);
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    private void restart(int maxRows) {
        ledger = ledger(maxRows);
        long nowMs = journal.isEmpty() ? 0 : journal.get(journal.size() - 1).receivedAtMs();
        journal.forEach(post -> ledger.restore(post, nowMs));
    }

    private static LedgerPost at(long seconds) {
        return LedgerPost.sentAt(T + seconds);
    }

    @Test
    void shouldLetTheOldestGoWhereMemoryEndsBeforeTheBound() {
        AtomicInteger asked = new AtomicInteger();
        RowStore store = new RowStore(bytes -> {
            if (asked.incrementAndGet() > 1) {
                throw new OutOfMemoryError("Cannot reserve direct buffer memory");
            }
            return ByteBuffer.allocate(bytes);
        });
        ledger = new Ledger(new LedgerConfig(WINDOW * 1000, 1_000_000, 100), store, telemetry);
        int room = 8192;

        for (int i = 0; i < room + 10; i++) {
            assertThat(row(at(70).from("camera" + i, null).count(T + i / 1000 * 60L, 1, 0, 0, 0)))
                    .startsWith("NEW 1");
        }

        assertThat(ledger.rowsHeld()).isEqualTo(room);
        assertThat(telemetry.sum(Metric.LEDGER_EVICTED)).isEqualTo(10);
        assertThat(asked).hasValue(2);
        assertThat(row(at(71).from("camera0", null).count(T, 1, 0, 0, 0))).startsWith("LATE 1");
        assertThat(row(at(71).from("camera9", null).count(T, 1, 0, 0, 0))).startsWith("LATE 1");
        assertThat(row(at(71).from("camera8000", null).count(T + 480, 1, 0, 0, 0)))
                .startsWith("NEWER 2");
    }

    @Test
    void shouldCallAFirstRowNew() {
        assertThat(row(at(70).count(T, 2, 1, 0, 3))).isEqualTo("NEW 1 (2 1 0 3)");
        assertThat(telemetry.sum(Metric.ROWS_NEW)).isEqualTo(1);
    }

    @Test
    void shouldTellTheDifferenceToTheVersionBefore() {
        row(at(70).count(T, 2, 1, 0, 0));
        assertThat(row(at(71).count(T, 3, 1, 4, 0))).isEqualTo("NEWER 2 (1 0 4 0)");
        assertThat(row(at(72).count(T, 3, 2, 4, 0))).isEqualTo("NEWER 3 (0 1 0 0)");
        assertThat(telemetry.sum(Metric.ROWS_NEWER)).isEqualTo(2);
    }

    @Test
    void shouldFlagANewerVersionWithSmallerValues() {
        row(at(70).count(T, 2, 1, 0, 0));
        assertThat(row(at(71).count(T, 1, 5, 0, 0))).isEqualTo("NEWER 2 (-1 4 0 0) [decreasing]");
        assertThat(row(at(72).count(T, 0, 0, 0, 0))).isEqualTo("NEWER 3 (-1 -5 0 0) [decreasing]");
    }

    @Test
    void shouldCallTheSameVersionADuplicate() {
        row(at(70).count(T, 2, 1, 0, 0));
        assertThat(row(at(70).receivedAt(T + 500).count(T, 2, 1, 0, 0))).isEqualTo("DUPLICATE");
        assertThat(telemetry.sum(Metric.ROWS_DUPLICATE)).isEqualTo(1);
    }

    @Test
    void shouldCallAnOlderVersionStale() {
        row(at(70).count(T, 2, 1, 0, 0));
        assertThat(row(at(69).receivedAt(T + 71).count(T, 9, 9, 9, 9))).isEqualTo("STALE");
        assertThat(row(at(71).count(T, 3, 1, 0, 0))).isEqualTo("NEWER 2 (1 0 0 0)");
        assertThat(telemetry.sum(Metric.ROWS_STALE)).isEqualTo(1);
    }

    @Test
    void shouldJournalANewerVersionWithTheSameValues() {
        row(at(70).count(T, 2, 1, 0, 0));
        assertThat(row(at(71).count(T, 2, 1, 0, 0))).isEqualTo("NEWER 2 (0 0 0 0)");
    }

    @ParameterizedTest
    @CsvSource({
        "2 1 0 0 s0, 2 2 0 0 s0", "1 1 1 1 s9, 5 0 0 0 s0", "1 2 0 0 s0, 2 1 0 0 s0", "2 1 0 0 s0, 2 1 0 0 s1",
        "2 1 0 0 s-3, 2 1 0 0 s0", "2 1 0 0 none, 2 1 0 0 s-9", "0 0 0 3 s0, 0 0 3 0 s0",
                "2147483647 0 0 0 s0, 2147483647 2147483647 0 0 s0"
    })
    void shouldRankVersionsOfTheSameSecond(String lesser, String greater) {
        row(valued(lesser));
        assertThat(row(valued(greater))).startsWith("NEWER 2");
        assertThat(row(valued(lesser))).isEqualTo("STALE");
        assertThat(row(valued(greater))).isEqualTo("DUPLICATE");
    }

    private static LedgerPost valued(String text) {
        String[] parts = text.split(" ", -1);
        int[] values = new int[4];
        for (int i = 0; i < values.length; i++) {
            values[i] = Integer.parseInt(parts[i]);
        }
        int status = parts[4].equals("none") ? Rows.NO_STATUS : Integer.parseInt(parts[4].substring(1));
        return at(70).countWithStatus(T, status, values);
    }

    @Test
    void shouldTellRowsApartByEveryPartOfTheirKey() {
        row(at(70).count(T, 1));
        assertThat(row(at(70).from("12346", "s1").count(T, 1))).startsWith("NEW 1");
        assertThat(row(at(70).from("12345", "s2").count(T, 1))).startsWith("NEW 1");
        assertThat(row(at(70).fromMac("12345", "s3").count(T, 1))).startsWith("NEW 1");
        assertThat(row(at(70).from("12345", null).count(T, 1))).startsWith("NEW 1");
        assertThat(row(at(70).row(RowKind.COUNT, "d2", "0", 0, T, 60, 0, 1)))
                .isEqualTo("NEW 1 (1 0 0 0) [identity-conflict]");
        assertThat(row(at(70).row(RowKind.COUNT, null, "1", 0, T, 60, 0, 1))).startsWith("NEW 1");
        assertThat(row(at(70).row(RowKind.COUNT, null, "0", 1, T, 60, 0, 1))).startsWith("NEW 1");
        assertThat(row(at(70).row(RowKind.GENDER, null, "0", 0, T, 60, 0, 1))).startsWith("NEW 1");
        assertThat(row(at(70).row(RowKind.COUNT, null, "0", 0, T + 1, 60, 0, 1)))
                .startsWith("NEW 1");
        assertThat(row(at(70).row(RowKind.COUNT, null, "0", 0, T, 61, 0, 1))).startsWith("NEW 1");
        assertThat(ledger.rowsHeld()).isEqualTo(11);
    }

    @Test
    void shouldTellKeysApartThatHashAlike() {
        row(at(70).row(RowKind.COUNT, null, "Aa", 0, T, 91, 0, 1));
        assertThat(row(at(70).row(RowKind.COUNT, null, "BB", 0, T, 91, 0, 1))).startsWith("NEW 1");
        assertThat(row(at(70).row(RowKind.GENDER, null, "Aa", 0, T, 60, 0, 1))).startsWith("NEW 1");
    }

    @Test
    void shouldTakeASerialNumberAndAMacOfTheSameTextForTheSameCamera() {
        row(at(70).from("12345", "s1").count(T, 1));
        assertThat(row(at(70).fromMac("12345", "s1").count(T, 1))).isEqualTo("DUPLICATE");
    }

    @Test
    void shouldCompareAllValuesOfOtherKinds() {
        row(at(70).row(RowKind.AGE, null, "0", 3, T, 1, 0, 0, 0, 0, 0, 0, 0, 1));
        assertThat(row(at(71).row(RowKind.AGE, null, "0", 3, T, 1, 0, 0, 0, 0, 0, 0, 0, 2)))
                .isEqualTo("NEWER 2 (0 0 0 0 0 0 1)");
    }

    @Test
    void shouldCallEqualValuesWithoutTransmitTimeADuplicate() {
        row(LedgerPost.undatedAt(T + 70).count(T, 2, 1));
        assertThat(row(LedgerPost.undatedAt(T + 80).count(T, 2, 1))).isEqualTo("DUPLICATE");
        assertThat(row(LedgerPost.undatedAt(T + 90).count(T, 1, 1))).isEqualTo("NEWER 2 (-1 0 0 0) [decreasing]");
        assertThat(row(LedgerPost.undatedAt(T + 90).count(T, 2, 1))).startsWith("NEWER 3");
    }

    // totals

    private static LedgerPost totals(long sentAt, int enters, int exits) {
        return at(sentAt).row(RowKind.TOTALS, null, "0", 0, T + sentAt, 0, Rows.NO_STATUS, enters, exits);
    }

    @Test
    void shouldCallTotalsOfEveryTimeNewAlsoAfterTheCameraBeganAtZeroAgain() {
        assertThat(row(totals(70, 120, 117))).startsWith("NEW 1").doesNotContain("[");
        assertThat(row(totals(71, 121, 117))).startsWith("NEW 1").doesNotContain("[");
        assertThat(row(totals(500, 1, 0))).startsWith("NEW 1").doesNotContain("[");
    }

    @Test
    void shouldCallTotalsThatComeAgainADuplicateEvenAfterARestart() {
        row(totals(70, 120, 117));
        assertThat(row(totals(70, 120, 117).receivedAt(T + 75))).isEqualTo("DUPLICATE");
        restart(1000);
        assertThat(row(totals(70, 120, 117).receivedAt(T + 80))).isEqualTo("DUPLICATE");
    }

    @Test
    void shouldKeepTheGreaterOfTwoTotalsOfOneSecond() {
        row(totals(70, 120, 117));
        assertThat(row(totals(70, 119, 117))).isEqualTo("STALE");
        assertThat(row(totals(70, 121, 117))).isEqualTo("NEWER 2 (1 0)");
    }

    @Test
    void shouldForgetTotalsAWindowAfterTheirLastArrival() {
        row(totals(70, 120, 117));
        assertThat(row(totals(70, 120, 117).receivedAt(T + 70 + WINDOW))).isEqualTo("DUPLICATE");
        assertThat(row(totals(70, 120, 117).receivedAt(T + 71 + 2 * WINDOW))).isEqualTo("LATE 1 no deltas [late]");
    }

    // late, forgetting and the floor

    @Test
    void shouldCallARowAtTheFloorLate() {
        assertThat(row(at(WINDOW - 1).count(T, 2))).isEqualTo("NEW 1 (2 0 0 0)");
        assertThat(row(at(WINDOW).from("b", "b").count(T, 2))).isEqualTo("LATE 1 no deltas [late]");
        assertThat(row(at(WINDOW + 5).from("b", "b").count(T, 3))).isEqualTo("NEWER 2 (1 0 0 0)");
        assertThat(telemetry.sum(Metric.ROWS_LATE)).isEqualTo(1);
    }

    @Test
    void shouldRememberARowAsLongAsItsWindowAfterItsEnd() {
        row(LedgerPost.sentAt(T - 3600).count(T, 2));
        assertThat(row(at(60 + WINDOW).from("12345", "s1").count(T, 3))).isEqualTo("NEWER 2 (1 0 0 0)");
        row(LedgerPost.sentAt(T - 3600).from("b", "b").count(T, 2));
        assertThat(row(at(61 + WINDOW).from("b", "b").count(T, 3))).isEqualTo("LATE 1 no deltas [late]");
    }

    @Test
    void shouldRememberARowAsLongAsItsWindowAfterItsLastArrival() {
        row(at(1000).count(T, 2));
        row(at(1000).receivedAt(T + 5000).count(T, 2));
        row(at(900).receivedAt(T + 9000).count(T, 1));
        assertThat(row(at(9000 + WINDOW).count(T, 3))).isEqualTo("NEWER 2 (1 0 0 0)");
        assertThat(row(at(9000 + 2 * WINDOW + 1).count(T, 4))).isEqualTo("LATE 1 no deltas [late]");
    }

    @Test
    void shouldLetTheOldestWindowsGoFirst() {
        ledger = ledger(3);
        row(at(70).count(T, 1));
        row(at(70).count(T - 600, 1));
        row(at(70).count(T - 300, 1));
        row(at(130).count(T + 60, 1));
        assertThat(ledger.rowsHeld()).isEqualTo(3);
        assertThat(telemetry.sum(Metric.LEDGER_EVICTED)).isEqualTo(1);
        assertThat(row(at(70).receivedAt(T + 131).count(T, 1))).isEqualTo("DUPLICATE");
        assertThat(row(at(131).count(T - 600, 2))).isEqualTo("LATE 1 no deltas [late]");
    }

    @Test
    void shouldCallEveryRowLateUpToTheNewestWindowThatWasLetGo() {
        ledger = ledger(1);
        row(at(70).count(T, 1));
        row(at(130).count(T + 60, 1));
        assertThat(row(at(131).from("b", "b").count(T, 1))).startsWith("LATE");
        assertThat(row(at(131).from("b", "b").count(T + 120, 1))).startsWith("NEW 1");
        assertThat(row(at(131).from("c", "c").count(T + 60, 1))).startsWith("LATE");
        assertThat(row(at(131).from("c", "c").count(T + 61, 1))).startsWith("NEW 1");
    }

    private static void add(LedgerTable table, Post post) {
        assertThat(table.find(post, 0)).isEqualTo(LedgerTable.NONE);
        table.arrived(table.add(post, 0), post.receivedAtMs());
    }

    @Test
    void shouldLeaveOutAtARestartWhatIsOver() {
        row(at(70).count(T, 2));
        row(at(600).count(T + 540, 3));
        long nowMs = (T + 70 + WINDOW + 1) * 1000;
        ledger = ledger(100);
        journal.forEach(post -> ledger.restore(post, nowMs));
        ledger.restored(nowMs - WINDOW * 1000);
        assertThat(ledger.rowsHeld()).isEqualTo(1);
        assertThat(row(at(70 + WINDOW + 1).count(T, 5))).isEqualTo("LATE 1 no deltas [late]");
        assertThat(row(at(70 + WINDOW + 1).count(T + 540, 5))).isEqualTo("NEWER 2 (2 0 0 0)");
    }

    @Test
    void shouldAddARowToItsOwnSeriesWhenItsLastRowHasJustBeenForgotten() {
        long minute = WINDOW / 120;
        row(at(0).from("D", "D").count(T - minute, 5));
        row(at(0).from("K", "K").count(T - minute, 9));
        row(at(0).from("D", "D").count(T - minute, 5));
        assertThat(row(at(110 * minute).from("K", "K").count(T + 109 * minute, 9)))
                .startsWith("NEW 1");
        assertThat(row(at(121 * minute).from("D", "D").count(T - minute, 5))).startsWith("LATE 1");
        assertThat(row(at(121 * minute).from("K", "K").count(T + 109 * minute, 9)))
                .startsWith("NEWER 2");
        assertThat(row(at(122 * minute).from("D", "D").count(T - minute, 5))).startsWith("NEWER 2");
    }

    @Test
    void shouldCountRevisionsOnBehindARestartAfterAVersionThatSaidNothingNew() {
        row(LedgerPost.undatedAt(T + 70).count(T, 5));
        rows(LedgerPost.undatedAt(T + 80).count(T, 3).count(T, 5));
        restart(1000);
        assertThat(row(LedgerPost.undatedAt(T + 90).count(T, 6))).startsWith("NEWER 3");
    }

    @Test
    void shouldNotTakeForNewWhatAReplayLeftOutWhileOurClockWasAhead() {
        ledger.restored((T + 1) * 1000);
        assertThat(row(at(70).count(T, 2, 1, 0, 0))).startsWith("LATE 1");
        assertThat(row(at(130).count(T + 60, 2, 1, 0, 0))).startsWith("NEW 1");
    }

    @Test
    void shouldNotTakeAForgottenRowForNewWhenOurClockGoesBack() {
        row(at(70).count(T, 2));
        row(at(100_000).count(T + 99_960, 2));
        assertThat(row(at(80).count(T, 3))).isEqualTo("LATE 1 no deltas [late]");
        assertThat(row(at(140).count(T + 60, 3))).isEqualTo("NEW 1 (3 0 0 0)");
    }

    @Test
    void shouldStayWithinItsBound() {
        ledger = ledger(50);
        for (int minute = 0; minute < 5000; minute++) {
            row(at(minute * 60L).from("d" + minute % 7, "s").count(T + minute * 60L, 1));
            assertThat(ledger.rowsHeld()).isLessThanOrEqualTo(50);
        }
    }

    @Test
    void shouldForgetRowsAndSeriesWhoseTimeIsOver() {
        LedgerTable table = new LedgerTable(WINDOW * 1000, 1_000_000, new RowStore());
        for (int minute = 0; minute < 2000; minute++) {
            Post post = at(minute * 60L)
                    .from("d" + minute, "s")
                    .count(T + minute * 60L, 1)
                    .post();
            add(table, post);
            assertThat(table.size()).isLessThan(130);
            assertThat(table.seriesCount()).isEqualTo(table.size());
        }
    }

    @Test
    void shouldForgetOthersWhileARowOfTheFutureStays() {
        LedgerTable table = new LedgerTable(WINDOW * 1000, 1_000_000, new RowStore());
        Post ahead = at(0).from("ahead", "s").count(T + 80_000, 1).post();
        add(table, ahead);
        for (int minute = 0; minute < 1300; minute++) {
            Post post = at(minute * 60L).count(T + minute * 60L, 1).post();
            add(table, post);
            assertThat(table.size()).isLessThan(130);
        }
        assertThat(table.find(at(80_000).from("ahead", "s").count(T + 80_000, 1).post(), 0))
                .isNotEqualTo(LedgerTable.NONE);
    }

    // repeated rows

    @Test
    void shouldKeepTheGreatestOfRepeatedRowsInWhateverOrder() {
        assertThat(rows(at(70).count(T, 1).count(T, 2)))
                .containsExactly("STALE [repeated]", "NEW 1 (2 0 0 0) [repeated]");
        assertThat(rows(at(70).from("b", "b").count(T, 2).count(T, 1)))
                .containsExactly("NEW 1 (2 0 0 0) [repeated]", "STALE [repeated]");
        assertThat(rows(at(70).from("c", "c").count(T, 2).count(T, 2)))
                .containsExactly("NEW 1 (2 0 0 0) [repeated]", "DUPLICATE [repeated]");
        assertThat(rows(at(70).from("d", "d").count(T, 1).count(T, 3).count(T, 2)))
                .containsExactly("STALE [repeated]", "NEW 1 (3 0 0 0) [repeated]", "STALE [repeated]");
        assertThat(rows(at(70).from("e", "e").count(T, 1).count(T, 2).count(T, 3)))
                .containsExactly("STALE [repeated]", "STALE [repeated]", "NEW 1 (3 0 0 0) [repeated]");
    }

    @Test
    void shouldTellRepeatedRowsTheDifferenceToTheVersionBeforeThePost() {
        row(at(70).count(T, 5));
        assertThat(rows(at(71).count(T, 6).count(T, 9)))
                .containsExactly("STALE [repeated]", "NEWER 2 (4 0 0 0) [repeated]");
        assertThat(rows(at(72).count(T, 3).count(T, 10)))
                .containsExactly("STALE [decreasing, repeated]", "NEWER 3 (1 0 0 0) [repeated]");
        assertThat(rows(at(72).count(T, 9).count(T, 11)))
                .containsExactly("STALE [repeated]", "NEWER 4 (1 0 0 0) [repeated]");
        assertThat(rows(at(72).count(T, 11).count(T, 12)))
                .containsExactly("DUPLICATE [repeated]", "NEWER 5 (1 0 0 0) [repeated]");
        assertThat(rows(at(73).count(T, 1).count(T, 2)))
                .containsExactly("STALE [decreasing, repeated]", "NEWER 6 (-10 0 0 0) [decreasing, repeated]");
    }

    @Test
    void shouldKeepARepeatedLateRowLate() {
        assertThat(rows(at(WINDOW + 1).count(T, 1).count(T, 2)))
                .containsExactly("STALE [late, repeated]", "LATE 1 no deltas [late, repeated]");
        assertThat(row(at(WINDOW + 2).count(T, 3))).isEqualTo("NEWER 2 (1 0 0 0)");
    }

    @Test
    void shouldNotTakeTheNextPostsRowForARepetition() {
        row(at(70).count(T, 1));
        assertThat(row(at(71).count(T, 2))).isEqualTo("NEWER 2 (1 0 0 0)");
    }

    // identity conflicts

    @Test
    void shouldFlagTwoCamerasUnderOneDeviceId() {
        assertThat(row(at(70).count(T, 1))).isEqualTo("NEW 1 (1 0 0 0)");
        assertThat(row(at(71).from("12345", "s2").count(T, 5))).isEqualTo("NEW 1 (5 0 0 0) [identity-conflict]");
        assertThat(row(at(72).count(T, 2))).isEqualTo("NEWER 2 (1 0 0 0) [identity-conflict]");
        assertThat(row(at(73).from("other", "s2").count(T, 5))).isEqualTo("NEW 1 (5 0 0 0)");
    }

    @Test
    void shouldStopFlaggingWhenTheOtherCameraHasGone() {
        row(at(70).count(T, 1));
        row(at(71).from("12345", "s2").count(T, 1));
        row(at(72).count(T, 2));
        assertThat(row(at(72 + WINDOW).count(T + WINDOW, 2))).endsWith("[identity-conflict]");
        assertThat(row(at(73 + WINDOW).count(T + WINDOW + 60, 2))).doesNotContain("conflict");
    }

    @Test
    void shouldNotFlagACameraThatWasReplacedLongAgo() {
        row(at(70).count(T, 1));
        assertThat(row(at(71 + WINDOW).from("12345", "s2").count(T + WINDOW, 1)))
                .doesNotContain("conflict");
    }

    @Test
    void shouldRememberIdentitiesOverARestart() {
        row(at(70).count(T, 1));
        restart(1000);
        assertThat(row(at(71).from("12345", "s2").count(T, 1))).endsWith("[identity-conflict]");
    }

    // restart

    @Test
    void shouldGoOnAfterARestart() {
        row(at(70).count(T, 1));
        row(at(71).count(T, 2));
        row(at(72).from("b", "b").count(T, 7));
        restart(1000);
        assertThat(ledger.rowsHeld()).isEqualTo(2);
        assertThat(row(at(71).receivedAt(T + 80).count(T, 2))).isEqualTo("DUPLICATE");
        assertThat(row(at(70).receivedAt(T + 80).count(T, 1))).isEqualTo("STALE");
        assertThat(row(at(81).count(T, 4))).isEqualTo("NEWER 3 (2 0 0 0)");
        assertThat(row(at(81).from("b", "b").count(T, 8))).isEqualTo("NEWER 2 (1 0 0 0)");
    }

    @Test
    void shouldNotTakeRestoredRowsForRepetitions() {
        row(at(70).count(T, 1));
        restart(1000);
        assertThat(row(at(71).count(T, 2))).isEqualTo("NEWER 2 (1 0 0 0)");
    }

    @Test
    void shouldKnowItsFloorAfterARestart() {
        ledger = ledger(2);
        row(at(70).count(T, 1));
        row(at(130).count(T + 60, 1));
        row(at(190).count(T + 120, 1));
        restart(2);
        assertThat(ledger.rowsHeld()).isEqualTo(2);
        assertThat(row(at(191).count(T, 1))).isEqualTo("LATE 1 no deltas [late]");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldSettleALateRowLikeAnyOtherAfterARestart(int enters) {
        row(at(WINDOW + 1).count(T, 2));
        restart(1000);
        String expected = enters == 1 ? "STALE" : enters == 2 ? "DUPLICATE" : "NEWER 2 (1 0 0 0)";
        assertThat(row(at(WINDOW + 1).count(T, enters))).isEqualTo(expected);
    }

    @Test
    void shouldTakeAPostWithoutRows() {
        assertThat(rows(at(70))).isEmpty();
        assertThat(ledger.rowsHeld()).isZero();
    }
}

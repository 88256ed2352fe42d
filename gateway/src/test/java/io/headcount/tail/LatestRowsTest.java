package io.headcount.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.headcount.model.Post;
import io.headcount.model.RowKind;
import io.headcount.model.RowSource;
import io.headcount.model.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LatestRowsTest {
    private static RowVersion version(long version, int status, Integer... values) {
        return new RowVersion(version, List.of(values), status);
    }

    @Test
    void shouldPreferTheLaterVersionWhateverItCounts() {
        assertThat(version(2, 0, 0, 0, 0, 0)).isGreaterThan(version(1, 9, 9, 9, 9, 9));
    }

    @Test
    void shouldPreferTheGreaterSumOfOneVersion() {
        assertThat(version(1, 0, 0, 0, 0, 6)).isGreaterThan(version(1, 9, 5, 0, 0, 0));
    }

    @Test
    void shouldSumBeyondAnInt() {
        assertThat(version(1, 0, Integer.MAX_VALUE, 1, 0, 0)).isGreaterThan(version(1, 0, Integer.MAX_VALUE, 0, 0, 0));
    }

    @Test
    void shouldCompareValuesFromLeftToRightAtEqualSums() {
        assertThat(version(1, 0, 3, 2, 0, 0)).isGreaterThan(version(1, 9, 2, 3, 0, 0));
        assertThat(version(1, 0, 3, 2, 1, 0)).isGreaterThan(version(1, 9, 3, 2, 0, 1));
    }

    @Test
    void shouldPreferTheGreaterStatusLastAndAnyOverNone() {
        assertThat(version(1, 4, 1, 1, 1, 1)).isGreaterThan(version(1, 0, 1, 1, 1, 1));
        assertThat(version(1, 0, 1, 1, 1, 1)).isGreaterThan(version(1, Rows.NO_STATUS, 1, 1, 1, 1));
    }

    @Test
    void shouldRankNegativeStatusesByTheirValue() {
        assertThat(version(1, -1, 1, 1, 1, 1)).isGreaterThan(version(1, -3, 1, 1, 1, 1));
        assertThat(version(1, -3, 1, 1, 1, 1)).isGreaterThan(version(1, Rows.NO_STATUS, 1, 1, 1, 1));
    }

    @Test
    void shouldTakeEqualVersionsForEqual() {
        assertThat(version(1, 0, 1, 2, 3, 4)).isEqualByComparingTo(version(1, 0, 1, 2, 3, 4));
    }

    @Test
    void shouldEndInTheSameTableWhateverTheOrderAndRepetition() {
        Random random = new Random(6);
        List<CountRow> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            rows.add(row(random));
        }
        Map<RowKey, RowVersion> expected = table(rows);
        for (int i = 0; i < 50; i++) {
            List<CountRow> shuffled = new ArrayList<>(rows);
            shuffled.addAll(rows.subList(0, random.nextInt(rows.size())));
            Collections.shuffle(shuffled, random);

            assertThat(table(shuffled)).isEqualTo(expected);
        }
    }

    private static Map<RowKey, RowVersion> table(List<CountRow> rows) {
        LatestRows latest = new LatestRows();
        rows.forEach(latest::onCount);
        Map<RowKey, RowVersion> table = new java.util.HashMap<>();
        latest.countsByKey().forEach((key, row) -> table.put(key, RowVersion.of(row)));
        return table;
    }

    private static CountRow row(Random random) {
        RecordHead head = new RecordHead(
                1, null, null, "d" + random.nextInt(3), null, null, null, 0, random.nextInt(3), Post.NO_OFFSET, 0);
        RowHead row = new RowHead(
                RowSource.INTERVAL, null, "0", null, 0, random.nextInt(3) * 60L, 60, random.nextInt(3) - 1, 1, 0);
        Counts counts = new Counts(random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3));
        return new CountRow(head, row, counts, Optional.empty());
    }

    @Test
    void shouldKeepTheGreaterOfTwoReadingsOfOneTimeAndReadingsOfOtherTimes() {
        LatestRows latest = new LatestRows();
        latest.onTotals(totals(60, 5, 5));
        latest.onTotals(totals(60, 7, 5));
        latest.onTotals(totals(60, 6, 5));
        latest.onTotals(totals(61, 0, 0));

        assertThat(latest.totalsByKey().values())
                .extracting(row -> row.time().getEpochSecond() + ": " + row.enters() + " " + row.exits())
                .containsExactly("60: 7 5", "61: 0 0");
        latest.forgetBefore(61);
        assertThat(latest.totalsByKey()).hasSize(1);
    }

    private static TotalsRow totals(long timeSec, int enters, int exits) {
        RecordHead head = new RecordHead(1, null, null, "d", null, null, null, timeSec, timeSec, 3600, 0);
        RowHead row = new RowHead(RowSource.REALTIME, null, "0", null, 0, timeSec, 0, Rows.NO_STATUS, 1, 0);
        return new TotalsRow(head, row, enters, exits);
    }

    @Test
    void shouldTellTheTimeOfTotalsOnTheCamerasClock() {
        assertThat(totals(60, 0, 0).localTime()).hasToString("Optional[1970-01-01T01:01+01:00]");
    }

    @Test
    void shouldTellRowsApartByEveryPartOfTheKey() {
        RowKey key = new RowKey("d", "s", null, "0", 0, RowKind.COUNT, 60, 60);
        assertThat(List.of(
                        new RowKey("e", "s", null, "0", 0, RowKind.COUNT, 60, 60),
                        new RowKey("d", "t", null, "0", 0, RowKind.COUNT, 60, 60),
                        new RowKey("d", "s", "x", "0", 0, RowKind.COUNT, 60, 60),
                        new RowKey("d", "s", null, "1", 0, RowKind.COUNT, 60, 60),
                        new RowKey("d", "s", null, "0", 1, RowKind.COUNT, 60, 60),
                        new RowKey("d", "s", null, "0", 0, RowKind.GENDER, 60, 60),
                        new RowKey("d", "s", null, "0", 0, RowKind.COUNT, 120, 60),
                        new RowKey("d", "s", null, "0", 0, RowKind.COUNT, 60, 1)))
                .doesNotContain(key)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldForgetOldWindows() {
        LatestRows latest = new LatestRows();
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            latest.onCount(row(random));
        }
        latest.forgetBefore(120);

        assertThat(latest.counts()).isNotEmpty().allMatch(row -> row.row().startSec() == 120);
    }
}

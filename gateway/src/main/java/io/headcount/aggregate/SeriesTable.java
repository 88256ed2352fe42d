package io.headcount.aggregate;

import io.headcount.model.Post;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.IntArrayList;

/**
 * Numbers the series that have rows in the ledger; a series without rows is forgotten and its number given out again.
 * hc-pipeline.
 */
final class SeriesTable {
    private static final class Series {
        private final SeriesKey key;
        private final int id;
        private int rows;
        // which was looked for behind this one the last time; it may have no rows any more
        private Series following;

        Series(SeriesKey key, int id) {
            this.key = key;
            this.id = id;
        }
    }

    static final int NONE = -1;

    private final SeriesKey probe = new SeriesKey();
    private final Map<SeriesKey, Series> byKey = new HashMap<>();
    private final List<Series> byId = new ArrayList<>();
    private final IntArrayList freeIds = new IntArrayList();
    // what find() found, null when nothing
    private Series found;

    /** The number of a row's series, or {@link #NONE}. A camera's rows come in one order, post after post: that is tried first. */
    int find(Post post, int row) {
        Series before = found;
        Series expected = before == null ? null : before.following;
        if (expected != null && expected.rows > 0 && expected.key.isOf(post, row)) {
            found = expected;
            return found.id;
        }
        found = byKey.get(probe.of(post, row));
        if (before != null) {
            before.following = found;
        }
        return found == null ? NONE : found.id;
    }

    /** Counts a row into its series, which {@link #find} was asked for last; returns the series' number. */
    int addRow(Post post, int row) {
        if (found == null) {
            probe.of(post, row); // find() may have done without, and the series' last row was forgotten since
            found = newSeries();
        }
        found.rows++;
        return found.id;
    }

    private Series newSeries() {
        boolean reused = !freeIds.isEmpty();
        int id = reused ? freeIds.popInt() : byId.size();
        Series series = new Series(probe.copy(), id);
        byKey.put(series.key, series);
        if (reused) {
            byId.set(id, series);
        } else {
            byId.add(series);
        }
        return series;
    }

    /** Counts a row out of its series. */
    void removeRow(int id) {
        Series series = byId.get(id);
        series.rows--;
        if (series.rows == 0) {
            byKey.remove(series.key);
            byId.set(id, null);
            freeIds.pushInt(id);
            found = found == series ? null : found;
            series.following = null; // or series without rows would hold each other
        }
    }

    /** Length of the series' windows, seconds. */
    int seconds(int id) {
        return byId.get(id).key.seconds();
    }

    int size() {
        return byKey.size();
    }
}

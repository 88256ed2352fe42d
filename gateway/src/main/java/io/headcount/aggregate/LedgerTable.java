package io.headcount.aggregate;

import io.headcount.model.Post;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that the ledger remembers: finds them by key, forgets them when their time is over, and lets the oldest windows go
 * when there are too many. Bounded, hc-pipeline.
 *
 * <p>Rows are in two lists: all of them by arrival, because that is roughly the order in which their time ends; and those of
 * one start minute, because the oldest windows go first when room is short.
 */
final class LedgerTable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerTable.class);
    static final int NONE = RowStore.NONE;

    private static final int EXPIRIES_PER_ROW = 4;
    private static final int WAITING_SHARE = 4;
    private static final long MS = 1000;

    private final long windowMs;
    private final RowStore store;
    private final SeriesTable series = new SeriesTable();
    private final RowIndex index;
    private final RowList arrivals;
    private final TreeMap<Long, RowMinute> minutes = new TreeMap<>();
    private int maxRows; // less than was asked for once there is no memory for more
    // the minute used last
    private RowMinute minute;

    // of the rows let go early; of those whose time was over, too, because our clock may go back
    private long newestForgottenStart = Long.MIN_VALUE;
    private long evicted;

    LedgerTable(long windowMs, int maxRows, RowStore store) {
        this.windowMs = windowMs;
        this.maxRows = maxRows;
        this.store = store;
        this.index = new RowIndex(store);
        this.arrivals = RowList.byArrival(store);
    }

    RowStore store() {
        return store;
    }

    /** Rows let go before their time. */
    long evicted() {
        return evicted;
    }

    int size() {
        return store.size();
    }

    int seriesCount() {
        return series.size();
    }

    /** A row that is not here and starts at or before this may have been here (epoch milliseconds). */
    long floorMs(long nowMs) {
        return Math.max(
                nowMs - windowMs,
                newestForgottenStart == Long.MIN_VALUE ? nowMs - windowMs : newestForgottenStart * MS);
    }

    /** The slot of a row that is remembered, or {@link #NONE}. */
    int find(Post post, int row) {
        int id = series.find(post, row);
        if (id == SeriesTable.NONE) {
            return NONE;
        }
        int slot = index.find(id, post.rows().start(row));
        if (slot != NONE && isOver(slot, post.receivedAtMs())) {
            remove(slot);
            return NONE;
        }
        return slot;
    }

    /** Adds the row that {@link #find} has just not found; what it holds is the caller's to set. */
    int add(Post post, int row) {
        long start = post.rows().start(row);
        int id = series.addRow(post, row);
        int slot = allocate();
        store.key(slot, id, start);
        index.add(slot);
        if (minuteOf(start) == null) {
            minute = new RowMinute(store, RowMinute.number(start));
            minutes.put(minute.number(), minute);
        }
        minute.add(slot);
        forgetSome(post.receivedAtMs());
        arrivals.append(slot);
        return slot;
    }

    /** Where memory ends before {@code ledger.max-rows} does, what would happen there happens here. */
    private int allocate() {
        int slot = store.allocate();
        if (slot == RowStore.NONE && store.size() > 0) {
            boundByMemory();
            evictOldest();
            slot = store.allocate();
        }
        if (slot == RowStore.NONE) {
            throw new OutOfMemoryError("no memory for rows of the ledger outside of the heap");
        }
        return slot;
    }

    private void boundByMemory() {
        if (store.size() < maxRows) {
            maxRows = store.size();
            LOG.error(
                    "ledger.max-rows: there is no memory for more than {} rows; beyond, the oldest windows go first and are late when they come"
                            + " again. Give the JVM more (-XX:MaxDirectMemorySize, by default as much as -Xmx), or lower the key",
                    maxRows);
        }
    }

    /** The minute of a start, or null when it has no rows. */
    private RowMinute minuteOf(long start) {
        long number = RowMinute.number(start);
        if (minute == null || minute.number() != number) {
            minute = minutes.get(number);
        }
        return minute;
    }

    /** A row has come again: it is remembered from now on. */
    void arrived(int slot, long nowMs) {
        store.arrivalMs(slot, nowMs);
        if (arrivals.last() != slot) {
            arrivals.remove(slot);
            arrivals.append(slot);
        }
    }

    /** Whether the time of a row that came with this post, and never again, is over. */
    boolean isOver(Post post, int row, long nowMs) {
        long end = post.rows().start(row) + post.rows().seconds(row);
        return nowMs - Math.max(end * MS, post.receivedAtMs()) > windowMs;
    }

    /** What starts at or before this (epoch milliseconds) may have been here once. */
    void raiseFloor(long toMs) {
        newestForgottenStart = Math.max(newestForgottenStart, Math.floorDiv(toMs, MS));
    }

    /** Lets go of the oldest windows while there are more rows than allowed. */
    void evictBeyondBound() {
        while (store.size() > maxRows) {
            evictOldest();
        }
    }

    private void evictOldest() {
        evicted++;
        remove(minutes.firstEntry().getValue().first());
    }

    /** Forgets the rows whose time is over, a few at a time, so that no post pays for many. */
    private void forgetSome(long nowMs) {
        for (int i = 0; i < EXPIRIES_PER_ROW && !arrivals.isEmpty(); i++) {
            int slot = arrivals.first();
            if (isOver(slot, nowMs)) {
                remove(slot);
            } else if (isKeptByItsEnd(slot, nowMs)) {
                arrivals.remove(slot);
                arrivals.append(slot);
            } else {
                return;
            }
        }
    }

    /**
     * Whether only its window's end keeps a row, and for so long that the others must not wait for it: it is looked at again
     * after them. Rows of real-time cameras come before their windows end; putting them all last would keep them twice as long.
     */
    private boolean isKeptByItsEnd(int slot, long nowMs) {
        boolean byArrival = nowMs - store.arrivalMs(slot) <= windowMs;
        return !byArrival && endMs(slot) + windowMs - nowMs > windowMs / WAITING_SHARE;
    }

    private boolean isOver(int slot, long nowMs) {
        return nowMs - Math.max(endMs(slot), store.arrivalMs(slot)) > windowMs;
    }

    private long endMs(int slot) {
        return (store.start(slot) + series.seconds(store.series(slot))) * MS;
    }

    private void remove(int slot) {
        long start = store.start(slot);
        newestForgottenStart = Math.max(newestForgottenStart, start);
        arrivals.remove(slot);
        index.remove(slot);
        RowMinute of = minuteOf(start);
        of.remove(slot);
        if (of.isEmpty()) {
            minutes.remove(of.number());
            minute = null;
        }
        series.removeRow(store.series(slot));
        store.free(slot);
    }
}

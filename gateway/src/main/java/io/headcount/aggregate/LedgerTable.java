package io.headcount.aggregate;

import io.headcount.model.Post;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.collections.Long2LongHashMap;

/**
 * The rows that the ledger remembers: finds them by key, forgets them when their time is over, and lets the oldest windows go
 * when there are too many. Bounded, hc-pipeline.
 *
 * <p>Rows are in two lists: all of them by arrival, because that is roughly the order in which their time ends; and those of
 * one start minute, because the oldest windows go first when room is short.
 */
final class LedgerTable {
    static final int NONE = RowStore.NONE;

    private static final long BUCKET_SEC = 60;
    private static final int EXPIRIES_PER_ROW = 4;
    private static final int WAITING_SHARE = 4;
    private static final long MS = 1000;

    private final long windowMs;
    private final int maxRows;
    private final RowStore store = new RowStore();
    private final SeriesTable series = new SeriesTable();
    private final Long2LongHashMap slots = new Long2LongHashMap(NONE);
    private final RowList arrivals = RowList.byArrival(store);
    private final TreeMap<Long, RowList> buckets = new TreeMap<>();
    // keeps a sender from choosing windows that collide in the map
    private final long seed = ThreadLocalRandom.current().nextLong();

    // of the rows let go early; of those whose time was over, too, because our clock may go back
    private long newestForgottenStart = Long.MIN_VALUE;
    private long evicted;

    LedgerTable(long windowMs, int maxRows) {
        this.windowMs = windowMs;
        this.maxRows = maxRows;
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
        int slot = (int) slots.get(key(id, post.rows().start(row)));
        if (slot != NONE && isOver(slot, post.receivedAtMs())) {
            remove(slot);
            return NONE;
        }
        return slot;
    }

    /** Adds a row that is not remembered; what it holds is the caller's to set. */
    int add(Post post, int row) {
        forgetSome(post.receivedAtMs());
        long start = post.rows().start(row);
        int id = series.addRow(post, row);
        int slot = store.allocate();
        store.key(slot, id, start);
        slots.put(key(id, start), slot);
        arrivals.append(slot);
        buckets.computeIfAbsent(bucket(start), minute -> RowList.ofBucket(store))
                .append(slot);
        return slot;
    }

    /** A row has come again: it is remembered from now on. */
    void arrived(int slot, long nowMs) {
        store.arrivalMs(slot, nowMs);
        arrivals.remove(slot);
        arrivals.append(slot);
    }

    /** What starts at or before this (epoch milliseconds) may have been here once. */
    void raiseFloor(long toMs) {
        newestForgottenStart = Math.max(newestForgottenStart, Math.floorDiv(toMs, MS));
    }

    /** Lets go of the oldest windows while there are more rows than allowed. */
    void evictBeyondBound() {
        while (store.size() > maxRows) {
            int slot = buckets.firstEntry().getValue().first();
            evicted++;
            remove(slot);
        }
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
        RowList bucket = buckets.get(bucket(start));
        bucket.remove(slot);
        if (bucket.isEmpty()) {
            buckets.remove(bucket(start));
        }
        slots.remove(key(store.series(slot), start));
        series.removeRow(store.series(slot));
        store.free(slot);
    }

    private static Long bucket(long start) {
        return Math.floorDiv(start, BUCKET_SEC);
    }

    /** Starts are between 2000 and 2106: 32 bits hold them. */
    private long key(int seriesId, long start) {
        return (((long) seriesId << Integer.SIZE) | (start & 0xFFFF_FFFFL)) ^ seed;
    }
}

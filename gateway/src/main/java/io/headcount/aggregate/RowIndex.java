package io.headcount.aggregate;

import java.util.Random;

/**
 * Finds rows by series and start: a hash table whose chains run through the rows, and which grows by two buckets a row (linear hashing,
 * Litwin 1980), so that no post waits for the table to be built anew. hc-pipeline.
 *
 * <p>Series of one start are in buckets side by side: cameras report the same minute all at once, so what is looked up is in the
 * processor's caches. Where a start's buckets begin is drawn by lot for each process: nobody can choose rows that share one.
 */
final class RowIndex {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final RowStore store;
    private final long seed;
    private int buckets;

    RowIndex(RowStore store) {
        this(store, new Random().nextLong());
    }

    RowIndex(RowStore store, long seed) {
        this.store = store;
        this.seed = seed;
    }

    /** The slot of a row, or {@link RowStore#NONE}. */
    int find(int series, long start) {
        if (buckets == 0) {
            return RowStore.NONE;
        }
        int slot = store.bucket(bucket(hash(series, start)));
        while (slot != RowStore.NONE && (store.series(slot) != series || store.start(slot) != start)) {
            slot = store.nextInBucket(slot);
        }
        return slot;
    }

    /** Adds a row whose key is set. */
    void add(int slot) {
        for (int i = 0; i < RowStore.BUCKETS_PER_ROW && buckets < store.buckets(); i++) {
            addBucket();
        }
        putFirst(bucket(hashOf(slot)), slot);
    }

    void remove(int slot) {
        int bucket = bucket(hashOf(slot));
        int before = RowStore.NONE;
        for (int each = store.bucket(bucket); each != slot; each = store.nextInBucket(each)) {
            before = each;
        }
        int next = store.nextInBucket(slot);
        if (before == RowStore.NONE) {
            store.bucket(bucket, next);
        } else {
            store.nextInBucket(before, next);
        }
    }

    /** The new bucket takes over its share of the one that has stood for it as well. */
    private void addBucket() {
        int added = buckets;
        int slot = added == 0 ? RowStore.NONE : takeAll(added ^ Integer.highestOneBit(added));
        buckets++;
        while (slot != RowStore.NONE) {
            int next = store.nextInBucket(slot);
            putFirst(bucket(hashOf(slot)), slot);
            slot = next;
        }
    }

    private int takeAll(int bucket) {
        int slot = store.bucket(bucket);
        store.bucket(bucket, RowStore.NONE);
        return slot;
    }

    private void putFirst(int bucket, int slot) {
        store.nextInBucket(slot, store.bucket(bucket));
        store.bucket(bucket, slot);
    }

    private int bucket(int hash) {
        int half = Integer.highestOneBit(buckets);
        int bucket = hash & (2 * half - 1);
        return bucket < buckets ? bucket : bucket ^ half;
    }

    private int hashOf(int slot) {
        return hash(store.series(slot), store.start(slot));
    }

    private int hash(int series, long start) {
        long mixed = (start ^ seed) * MIX;
        mixed = (mixed ^ (mixed >>> 32)) * MIX;
        return (int) (mixed >>> 32) + series;
    }
}

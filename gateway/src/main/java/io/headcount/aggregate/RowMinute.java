package io.headcount.aggregate;

import org.agrona.collections.Int2IntHashMap;

/**
 * The rows of one start minute: in the order in which they came, and by series and start. hc-pipeline.
 *
 * <p>A minute with few rows has no map and is looked through: somebody who sends each row for another minute would otherwise
 * make us keep as many maps as rows.
 */
final class RowMinute {
    private static final int SECONDS = 60;
    private static final int SECOND_BITS = 6;
    private static final int LOOKED_THROUGH = 8;
    private static final int MIX = 0x9E3779B1;

    private final RowStore store;
    private final long number;
    private final RowList rows;
    private int size;
    private Int2IntHashMap slots;

    RowMinute(RowStore store, long number) {
        this.store = store;
        this.number = number;
        this.rows = RowList.ofMinute(store);
    }

    /** The minute in which a window starts (epoch seconds), counted from the epoch. */
    static long number(long start) {
        return Math.floorDiv(start, SECONDS);
    }

    long number() {
        return number;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The row that came first. */
    int first() {
        return rows.first();
    }

    /** The slot of a row, or {@link RowStore#NONE}. */
    int find(int series, long start) {
        if (slots != null) {
            return slots.get(key(series, start));
        }
        int slot = rows.first();
        while (slot != RowStore.NONE && (store.series(slot) != series || store.start(slot) != start)) {
            slot = rows.after(slot);
        }
        return slot;
    }

    void add(int slot) {
        rows.append(slot);
        size++;
        if (slots != null) {
            put(slot);
        } else if (size > LOOKED_THROUGH) {
            slots = new Int2IntHashMap(RowStore.NONE);
            for (int each = rows.first(); each != RowStore.NONE; each = rows.after(each)) {
                put(each);
            }
        }
    }

    private void put(int slot) {
        slots.put(key(store.series(slot), store.start(slot)), slot);
    }

    void remove(int slot) {
        rows.remove(slot);
        size--;
        if (slots != null) {
            slots.remove(key(store.series(slot), store.start(slot)));
        }
    }

    /**
     * One number for each series and second: series are fewer than 2^26, {@code ledger.max-rows} being at most 50 million. Mixed,
     * because nearly all windows start with the minute, and the map's own hash leaves numbers that 64 divides close together.
     */
    private static int key(int series, long start) {
        int key = ((series << SECOND_BITS) | Math.floorMod(start, SECONDS)) * MIX;
        return key ^ (key >>> 16);
    }
}

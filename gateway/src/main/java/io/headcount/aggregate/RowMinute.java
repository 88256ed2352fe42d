package io.headcount.aggregate;

/** The rows of one start minute, in the order in which they came. hc-pipeline. */
final class RowMinute {
    private static final int SECONDS = 60;

    private final long number;
    private final RowList rows;

    RowMinute(RowStore store, long number) {
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
        return rows.isEmpty();
    }

    /** The row that came first. */
    int first() {
        return rows.first();
    }

    void add(int slot) {
        rows.append(slot);
    }

    void remove(int slot) {
        rows.remove(slot);
    }
}

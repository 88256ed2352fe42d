package io.headcount.aggregate;

import io.headcount.model.RowKind;
import java.util.Arrays;

/**
 * The ledger's rows as columns of primitives, by slot. Memory is taken a segment at a time and never copied; freed slots are
 * used again. Holds what is known of a row and the links of the two lists it is in. hc-pipeline.
 */
final class RowStore {
    static final int NONE = -1;

    private static final int SEGMENT_BITS = 13;
    private static final int SEGMENT_ROWS = 1 << SEGMENT_BITS;
    private static final int SEGMENT_MASK = SEGMENT_ROWS - 1;

    /** Columns of {@link #SEGMENT_ROWS} rows; about 88 bytes a row. */
    private static final class Segment {
        private final long[] starts = new long[SEGMENT_ROWS];
        private final int[] series = new int[SEGMENT_ROWS];
        private final long[] versions = new long[SEGMENT_ROWS];
        private final int[] values = new int[SEGMENT_ROWS * RowKind.MAX_VALUES];
        private final int[] statuses = new int[SEGMENT_ROWS];
        private final int[] revisions = new int[SEGMENT_ROWS];
        private final long[] arrivalsMs = new long[SEGMENT_ROWS];
        private final int[] lastPosts = new int[SEGMENT_ROWS];
        private final int[] lastRows = new int[SEGMENT_ROWS];
        private final int[] links = new int[SEGMENT_ROWS * Link.COUNT];
    }

    /** The lists that a row is in: all rows by arrival, and the rows of one minute. */
    enum Link {
        ARRIVAL_BEFORE(0),
        ARRIVAL_AFTER(1),
        MINUTE_BEFORE(2),
        MINUTE_AFTER(3);

        static final int COUNT = 4;

        private final int offset;

        Link(int offset) {
            this.offset = offset;
        }
    }

    private static final Link[] LINKS = Link.values();

    private Segment[] segments = new Segment[0];
    private int used;
    private int free = NONE;
    private int size;

    /** A slot for a new row, unlinked, with no post. */
    int allocate() {
        int slot = free;
        if (slot == NONE) {
            slot = used++;
            if (slot >> SEGMENT_BITS == segments.length) {
                segments = Arrays.copyOf(segments, segments.length + 1);
                segments[segments.length - 1] = new Segment();
            }
        } else {
            free = link(slot, Link.ARRIVAL_AFTER);
        }
        size++;
        for (Link link : LINKS) {
            link(slot, link, NONE);
        }
        lastPost(slot, 0, 0);
        return slot;
    }

    void free(int slot) {
        link(slot, Link.ARRIVAL_AFTER, free);
        free = slot;
        size--;
    }

    int size() {
        return size;
    }

    private Segment segment(int slot) {
        return segments[slot >> SEGMENT_BITS];
    }

    long start(int slot) {
        return segment(slot).starts[slot & SEGMENT_MASK];
    }

    int series(int slot) {
        return segment(slot).series[slot & SEGMENT_MASK];
    }

    void key(int slot, int series, long start) {
        Segment segment = segment(slot);
        segment.series[slot & SEGMENT_MASK] = series;
        segment.starts[slot & SEGMENT_MASK] = start;
    }

    long version(int slot) {
        return segment(slot).versions[slot & SEGMENT_MASK];
    }

    void version(int slot, long version) {
        segment(slot).versions[slot & SEGMENT_MASK] = version;
    }

    int value(int slot, int index) {
        return segment(slot).values[(slot & SEGMENT_MASK) * RowKind.MAX_VALUES + index];
    }

    void value(int slot, int index, int value) {
        segment(slot).values[(slot & SEGMENT_MASK) * RowKind.MAX_VALUES + index] = value;
    }

    int status(int slot) {
        return segment(slot).statuses[slot & SEGMENT_MASK];
    }

    void status(int slot, int status) {
        segment(slot).statuses[slot & SEGMENT_MASK] = status;
    }

    int revision(int slot) {
        return segment(slot).revisions[slot & SEGMENT_MASK];
    }

    void revision(int slot, int revision) {
        segment(slot).revisions[slot & SEGMENT_MASK] = revision;
    }

    long arrivalMs(int slot) {
        return segment(slot).arrivalsMs[slot & SEGMENT_MASK];
    }

    void arrivalMs(int slot, long epochMs) {
        segment(slot).arrivalsMs[slot & SEGMENT_MASK] = epochMs;
    }

    /** The post that touched the row last. */
    int lastPost(int slot) {
        return segment(slot).lastPosts[slot & SEGMENT_MASK];
    }

    /** The row of that post which stands for this one. */
    int lastRow(int slot) {
        return segment(slot).lastRows[slot & SEGMENT_MASK];
    }

    void lastPost(int slot, int post, int row) {
        Segment segment = segment(slot);
        segment.lastPosts[slot & SEGMENT_MASK] = post;
        segment.lastRows[slot & SEGMENT_MASK] = row;
    }

    int link(int slot, Link link) {
        return segment(slot).links[(slot & SEGMENT_MASK) * Link.COUNT + link.offset];
    }

    void link(int slot, Link link, int other) {
        segment(slot).links[(slot & SEGMENT_MASK) * Link.COUNT + link.offset] = other;
    }
}

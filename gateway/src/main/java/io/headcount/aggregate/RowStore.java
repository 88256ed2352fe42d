package io.headcount.aggregate;

import io.headcount.model.RowKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The ledger's rows by slot, each in one piece. Memory is taken a segment at a time, outside of the heap, and never copied nor given
 * back; freed slots are used again. Holds what is known of a row, the links of the two lists it is in, and the buckets of the
 * {@link RowIndex}. hc-pipeline.
 *
 * <p>Outside of the heap because rows live for hours and come by the thousand: the collector would copy each once or more, and whoever
 * waits for an answer would wait for that. In one piece because most of what a row costs is the wait for its memory.
 */
final class RowStore {
    static final int NONE = -1;

    private static final int SEGMENT_BITS = 13;
    private static final int SEGMENT_ROWS = 1 << SEGMENT_BITS;
    private static final int SEGMENT_MASK = SEGMENT_ROWS - 1;

    // where a row's fields are, bytes from its beginning
    private static final int START = 0;
    private static final int VERSION = 8;
    private static final int ARRIVAL_MS = 16;
    private static final int SERIES = 24;
    private static final int STATUS = 28;
    private static final int REVISION = 32;
    private static final int LAST_POST = 36;
    private static final int LAST_ROW = 40;
    private static final int LINKS = 44;
    private static final int VALUES = LINKS + Link.COUNT * Integer.BYTES;
    private static final int NEXT_IN_BUCKET = VALUES + RowKind.MAX_VALUES * Integer.BYTES;
    private static final int ROW_BYTES = NEXT_IN_BUCKET + Integer.BYTES;

    /** Buckets that come with the memory for one row; they stand behind a segment's rows. */
    static final int BUCKETS_PER_ROW = 2;

    private static final int SEGMENT_BUCKETS = SEGMENT_ROWS * BUCKETS_PER_ROW;
    private static final int SEGMENT_BYTES = SEGMENT_ROWS * ROW_BYTES + SEGMENT_BUCKETS * Integer.BYTES;

    /** The lists that a row is in: all rows by arrival, and the rows of one minute. */
    enum Link {
        ARRIVAL_BEFORE(0),
        ARRIVAL_AFTER(1),
        MINUTE_BEFORE(2),
        MINUTE_AFTER(3);

        static final int COUNT = 4;

        private final int offset;

        Link(int number) {
            this.offset = LINKS + number * Integer.BYTES;
        }
    }

    private final IntFunction<ByteBuffer> memory;

    private ByteBuffer[] segments = new ByteBuffer[0];
    private boolean exhausted;
    private int used;
    private int free = NONE;
    private int size;

    RowStore() {
        this(ByteBuffer::allocateDirect);
    }

    /** A store without rows that takes its segments, of so many bytes, from here; no more once that fails with an OutOfMemoryError. */
    RowStore(IntFunction<ByteBuffer> memory) {
        this.memory = memory;
    }

    /** A slot for a new row with no post, to be put into both lists; {@link #NONE} when there is no memory for one. */
    int allocate() {
        int slot = free;
        if (slot == NONE) {
            if (used >> SEGMENT_BITS == segments.length && !grow()) {
                return NONE;
            }
            slot = used++;
        } else {
            free = link(slot, Link.ARRIVAL_AFTER);
        }
        size++;
        lastPost(slot, 0, 0);
        return slot;
    }

    private boolean grow() {
        if (exhausted) {
            return false;
        }
        ByteBuffer segment;
        try {
            segment = memory.apply(SEGMENT_BYTES);
        } catch (OutOfMemoryError noneOutsideOfTheHeap) {
            exhausted = true; // asked again, the JDK would collect garbage and wait for half a second each time
            return false;
        }
        segments = Arrays.copyOf(segments, segments.length + 1);
        segments[segments.length - 1] = segment.order(ByteOrder.nativeOrder());
        return true;
    }

    void free(int slot) {
        link(slot, Link.ARRIVAL_AFTER, free);
        free = slot;
        size--;
    }

    int size() {
        return size;
    }

    private ByteBuffer segment(int slot) {
        return segments[slot >> SEGMENT_BITS];
    }

    private static int at(int slot, int field) {
        return (slot & SEGMENT_MASK) * ROW_BYTES + field;
    }

    long start(int slot) {
        return segment(slot).getLong(at(slot, START));
    }

    int series(int slot) {
        return segment(slot).getInt(at(slot, SERIES));
    }

    void key(int slot, int series, long start) {
        ByteBuffer segment = segment(slot);
        segment.putInt(at(slot, SERIES), series);
        segment.putLong(at(slot, START), start);
    }

    long version(int slot) {
        return segment(slot).getLong(at(slot, VERSION));
    }

    void version(int slot, long version) {
        segment(slot).putLong(at(slot, VERSION), version);
    }

    int value(int slot, int index) {
        return segment(slot).getInt(at(slot, VALUES + index * Integer.BYTES));
    }

    void value(int slot, int index, int value) {
        segment(slot).putInt(at(slot, VALUES + index * Integer.BYTES), value);
    }

    int status(int slot) {
        return segment(slot).getInt(at(slot, STATUS));
    }

    void status(int slot, int status) {
        segment(slot).putInt(at(slot, STATUS), status);
    }

    int revision(int slot) {
        return segment(slot).getInt(at(slot, REVISION));
    }

    void revision(int slot, int revision) {
        segment(slot).putInt(at(slot, REVISION), revision);
    }

    long arrivalMs(int slot) {
        return segment(slot).getLong(at(slot, ARRIVAL_MS));
    }

    void arrivalMs(int slot, long epochMs) {
        segment(slot).putLong(at(slot, ARRIVAL_MS), epochMs);
    }

    /** The post that touched the row last. */
    int lastPost(int slot) {
        return segment(slot).getInt(at(slot, LAST_POST));
    }

    /** The row of that post which stands for this one. */
    int lastRow(int slot) {
        return segment(slot).getInt(at(slot, LAST_ROW));
    }

    void lastPost(int slot, int post, int row) {
        ByteBuffer segment = segment(slot);
        segment.putInt(at(slot, LAST_POST), post);
        segment.putInt(at(slot, LAST_ROW), row);
    }

    int link(int slot, Link link) {
        return segment(slot).getInt(at(slot, link.offset));
    }

    void link(int slot, Link link, int other) {
        segment(slot).putInt(at(slot, link.offset), other);
    }

    /** The row behind this one in its bucket, or {@link #NONE}. */
    int nextInBucket(int slot) {
        return segment(slot).getInt(at(slot, NEXT_IN_BUCKET));
    }

    void nextInBucket(int slot, int other) {
        segment(slot).putInt(at(slot, NEXT_IN_BUCKET), other);
    }

    /** Buckets that there is memory for. */
    int buckets() {
        return segments.length * SEGMENT_BUCKETS;
    }

    /** The first row of a bucket, or {@link #NONE}, as long as nothing was put there. */
    int bucket(int bucket) {
        return segments[bucket / SEGMENT_BUCKETS].getInt(atBucket(bucket)) - 1;
    }

    void bucket(int bucket, int slot) {
        segments[bucket / SEGMENT_BUCKETS].putInt(atBucket(bucket), slot + 1); // memory comes as zeroes
    }

    private static int atBucket(int bucket) {
        return SEGMENT_ROWS * ROW_BYTES + bucket % SEGMENT_BUCKETS * Integer.BYTES;
    }
}

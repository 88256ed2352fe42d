package io.headcount.model;

import java.util.Arrays;

/**
 * The rows of one post, as columns: what the camera said and, once the ledger has seen them, what it decided. Grows on
 * demand, forgets its rows but keeps its columns on {@link #clear()}. Not thread-safe: owned by whoever owns the post.
 */
public final class Rows {
    /** Status of a row whose camera sent none; ranks below every other (PROTOCOL, decision 8). */
    public static final int NO_STATUS = Integer.MIN_VALUE;

    private static final int INITIAL_CAPACITY = 8;
    private static final int RETAINED_CAPACITY = 64;
    /** With compressed references. */
    private static final int BYTES_PER_ROW = 44 + 2 * Integer.BYTES * RowKind.MAX_VALUES;

    private static final byte UNDECIDED = -1;

    private int size;
    private byte[] kinds;
    private byte[] sources;
    private String[] objectDeviceIds;
    private String[] objectIds;
    private String[] objectNames;
    private int[] objectTypes;
    private long[] starts;
    private int[] seconds;
    private int[] values;
    private int[] statuses;
    private int[] flags;
    private byte[] verdicts;
    private int[] revisions;
    private boolean[] deltasPresent;
    private int[] deltas;

    /** Rows with room for a camera's everyday post. */
    public Rows() {
        allocate(INITIAL_CAPACITY);
    }

    private void allocate(int capacity) {
        kinds = new byte[capacity];
        sources = new byte[capacity];
        objectDeviceIds = new String[capacity];
        objectIds = new String[capacity];
        objectNames = new String[capacity];
        objectTypes = new int[capacity];
        starts = new long[capacity];
        seconds = new int[capacity];
        values = new int[capacity * RowKind.MAX_VALUES];
        statuses = new int[capacity];
        flags = new int[capacity];
        verdicts = new byte[capacity];
        revisions = new int[capacity];
        deltasPresent = new boolean[capacity];
        deltas = new int[capacity * RowKind.MAX_VALUES];
    }

    private void grow() {
        int capacity = kinds.length * 2;
        kinds = Arrays.copyOf(kinds, capacity);
        sources = Arrays.copyOf(sources, capacity);
        objectDeviceIds = Arrays.copyOf(objectDeviceIds, capacity);
        objectIds = Arrays.copyOf(objectIds, capacity);
        objectNames = Arrays.copyOf(objectNames, capacity);
        objectTypes = Arrays.copyOf(objectTypes, capacity);
        starts = Arrays.copyOf(starts, capacity);
        seconds = Arrays.copyOf(seconds, capacity);
        values = Arrays.copyOf(values, capacity * RowKind.MAX_VALUES);
        statuses = Arrays.copyOf(statuses, capacity);
        flags = Arrays.copyOf(flags, capacity);
        verdicts = Arrays.copyOf(verdicts, capacity);
        revisions = Arrays.copyOf(revisions, capacity);
        deltasPresent = Arrays.copyOf(deltasPresent, capacity);
        deltas = Arrays.copyOf(deltas, capacity * RowKind.MAX_VALUES);
    }

    /** Forgets all rows; columns that a large post has grown are given back. */
    public void clear() {
        if (kinds.length > RETAINED_CAPACITY) {
            allocate(INITIAL_CAPACITY);
        } else {
            Arrays.fill(objectDeviceIds, 0, size, null);
            Arrays.fill(objectIds, 0, size, null);
            Arrays.fill(objectNames, 0, size, null);
        }
        size = 0;
    }

    /** How many rows there are. */
    public int size() {
        return size;
    }

    /** Memory that the columns take, bytes, as far as it is more than what is kept between posts; without their texts. */
    public long bytes() {
        return bytesOf(kinds.length);
    }

    /** What {@link #bytes()} is at most for so many rows. */
    public static long mostBytes(int rows) {
        return bytesOf(2 * rows);
    }

    private static long bytesOf(int capacity) {
        return capacity <= RETAINED_CAPACITY ? 0 : (long) capacity * BYTES_PER_ROW;
    }

    /**
     * Adds a row with all values 0, no status, no flags, no verdict.
     *
     * @param kind what it counts
     * @param source how it was reported
     * @param objectDeviceId the object's DeviceId where it differs from the post's, else null
     * @param objectId the object's Id as sent, "0" when it was missing
     * @param objectName the object's Name, or null
     * @param objectType 0 total, 1 adults, 2 children, 3 attributes; others are kept
     * @return the row's position
     */
    public int add(
            RowKind kind, RowSource source, String objectDeviceId, String objectId, String objectName, int objectType) {
        if (size == kinds.length) {
            grow();
        }
        int row = size++;
        kinds[row] = (byte) kind.code();
        sources[row] = (byte) source.code();
        objectDeviceIds[row] = objectDeviceId;
        objectIds[row] = objectId;
        objectNames[row] = objectName;
        objectTypes[row] = objectType;
        starts[row] = 0;
        seconds[row] = 0;
        statuses[row] = NO_STATUS;
        flags[row] = 0;
        verdicts[row] = UNDECIDED;
        revisions[row] = 0;
        deltasPresent[row] = false;
        int base = row * RowKind.MAX_VALUES;
        Arrays.fill(values, base, base + RowKind.MAX_VALUES, 0);
        Arrays.fill(deltas, base, base + RowKind.MAX_VALUES, 0);
        return row;
    }

    /** What the row counts. */
    public RowKind kind(int row) {
        return RowKind.ofCode(kinds[row]);
    }

    /** How the row was reported. */
    public RowSource source(int row) {
        return RowSource.ofCode(sources[row]);
    }

    /** The object's DeviceId where it differs from the post's, else null. */
    public String objectDeviceId(int row) {
        return objectDeviceIds[row];
    }

    /** Sets {@link #objectDeviceId}: known to differ only when the whole post has been read. */
    public void objectDeviceId(int row, String deviceId) {
        objectDeviceIds[row] = deviceId;
    }

    /** The object's Id as sent. */
    public String objectId(int row) {
        return objectIds[row];
    }

    /** The object's Name, or null. */
    public String objectName(int row) {
        return objectNames[row];
    }

    /** 0 total, 1 adults, 2 children, 3 attributes; others as sent. */
    public int objectType(int row) {
        return objectTypes[row];
    }

    /** Start of the row's window, epoch seconds. */
    public long start(int row) {
        return starts[row];
    }

    /** Length of the row's window, seconds. */
    public int seconds(int row) {
        return seconds[row];
    }

    /** Sets the row's window: start in epoch seconds, length in seconds. */
    public void window(int row, long startEpochSec, int lengthSec) {
        starts[row] = startEpochSec;
        seconds[row] = lengthSec;
    }

    /** The row's value number {@code index} in the order of {@link RowKind#valueNames()}. */
    public int value(int row, int index) {
        return values[row * RowKind.MAX_VALUES + index];
    }

    /** Sets the row's value number {@code index}. */
    public void value(int row, int index, int value) {
        values[row * RowKind.MAX_VALUES + index] = value;
    }

    /** The row's Status as sent, or {@link #NO_STATUS}. */
    public int status(int row) {
        return statuses[row];
    }

    /** Sets the row's Status. */
    public void status(int row, int status) {
        statuses[row] = status;
    }

    /** The row's {@link RowFlag} mask. */
    public int flags(int row) {
        return flags[row];
    }

    /** Sets the whole flag mask. */
    public void flags(int row, int mask) {
        flags[row] = mask;
    }

    /** Adds a flag. */
    public void flag(int row, RowFlag flag) {
        flags[row] |= flag.mask();
    }

    /** The ledger's verdict, or null before it. */
    public Verdict verdict(int row) {
        return verdicts[row] == UNDECIDED ? null : Verdict.ofCode(verdicts[row]);
    }

    /** Sets the ledger's verdict. */
    public void verdict(int row, Verdict verdict) {
        verdicts[row] = (byte) verdict.code();
    }

    /** Which version of the row this is for the ledger, from 1. */
    public int revision(int row) {
        return revisions[row];
    }

    /** Sets the revision. */
    public void revision(int row, int revision) {
        revisions[row] = revision;
    }

    /** Whether the row has deltas to the version before; a late row has none. */
    public boolean hasDeltas(int row) {
        return deltasPresent[row];
    }

    /** Difference of value number {@code index} to the version before. */
    public int delta(int row, int index) {
        return deltas[row * RowKind.MAX_VALUES + index];
    }

    /** Says whether the row has deltas. */
    public void hasDeltas(int row, boolean present) {
        deltasPresent[row] = present;
    }

    /** Sets the delta of value number {@code index}; {@link #hasDeltas(int, boolean)} makes it count. */
    public void delta(int row, int index, int delta) {
        deltas[row * RowKind.MAX_VALUES + index] = delta;
    }
}

package io.headcount.journal;

import io.headcount.model.DeviceProperty;
import io.headcount.model.Post;
import io.headcount.model.RowKind;
import io.headcount.model.RowSource;
import io.headcount.model.Rows;
import io.headcount.model.Verdict;
import java.util.Arrays;
import java.util.Objects;

/**
 * Turns a post with the ledger's verdicts into a record. hc-pipeline. Post -> bytes.
 *
 * <pre>
 *  body    shape u8 (bits: see {@link Shape}), received - version (signed), [version - transmit (signed)],
 *          [utc offset s (signed)], flags, siteId, siteName, deviceId, deviceName, serialNumber, mac,
 *          [properties: count, (code, text)…]   a heartbeat's only,
 *          objects: count, (objectDeviceId, objectId, objectName)…,
 *          rows: count, row…
 *  row     shape u8, object, type (signed), start - start of the row before (signed), seconds (signed), flags,
 *          revision, status (signed), values…, [deltas (signed)…]
 * </pre>
 *
 * Numbers are varints, texts are UTF-8 after a varint of length + 1. The first row's start counts from the version.
 */
final class RecordEncoder {
    /** Bits of the shape bytes. Written to the journal: never renumber. */
    static final class Shape {
        static final int REALTIME = 1;
        static final int HEARTBEAT = 2;
        static final int TRANSMIT_TIME = 4;
        static final int VERSION_IS_TRANSMIT_TIME = 8;
        static final int UTC_OFFSET = 16;

        static final int ROW_KIND_MASK = 7;
        static final int ROW_REALTIME = 8;
        static final int ROW_VERDICT_SHIFT = 4;
        static final int ROW_DELTA_SHIFT = 6;
        static final int NO_DELTAS = 0;
        static final int DELTAS_ARE_VALUES = 1;
        static final int DELTAS_FOLLOW = 2;

        private Shape() {}
    }

    // an object's rows stand together, or in turns with two or three others; older ones may be written again
    private static final int OBJECTS_COMPARED = 16;

    private final RecordBytes out = new RecordBytes();
    private int[] journaledRows = new int[16];
    private int[] objectOfRow = new int[16];
    private int[] rowOfObject = new int[16];
    private int rowCount;
    private int objectCount;
    private byte version;

    /** The record's bytes, from 0 to what {@link #encode} returned; valid until the next one. */
    byte[] bytes() {
        return out.array();
    }

    /** Whether a post needs a record at all: a sign of life, or at least one row that changed something. */
    static boolean needsRecord(Post post) {
        if (post.heartbeat()) {
            return true;
        }
        Rows rows = post.rows();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.verdict(row).journaled()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Encodes the post and those of its rows that changed something.
     *
     * @param newestStart greatest window start journaled before, epoch s, or {@link RecordLayout#NO_START}
     * @return the record's length in bytes
     */
    int encode(Post post, long sequence, long newestStart) {
        out.start(RecordLayout.BODY);
        collect(post.rows());
        putPost(post);
        putObjects(post.rows());
        putRows(post);
        return putFrame(post, sequence, newestStart);
    }

    private int putFrame(Post post, long sequence, long newestStart) {
        byte[] b = out.array();
        RecordLayout.intAt(b, RecordLayout.VERSION, 0);
        b[RecordLayout.VERSION] = version;
        b[RecordLayout.KIND] = RecordLayout.POST;
        RecordLayout.longAt(b, RecordLayout.SEQUENCE, sequence);
        RecordLayout.longAt(b, RecordLayout.RECEIVED_AT, post.receivedAtMs());
        RecordLayout.longAt(b, RecordLayout.NEWEST_START, newestStart);
        RecordLayout.seal(b, 0, out.size());
        return out.size();
    }

    private void collect(Rows rows) {
        rowCount = 0;
        objectCount = 0;
        version = RecordLayout.FIRST_VERSION;
        room(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            if (rows.verdict(row).journaled()) {
                journaledRows[rowCount] = row;
                objectOfRow[rowCount++] = objectOf(rows, row);
                version = rows.kind(row) == RowKind.TOTALS ? RecordLayout.TOTALS_VERSION : version;
            }
        }
    }

    private void room(int size) {
        if (journaledRows.length < size) {
            int capacity = Math.max(size, journaledRows.length * 2);
            journaledRows = Arrays.copyOf(journaledRows, capacity);
            objectOfRow = Arrays.copyOf(objectOfRow, capacity);
            rowOfObject = Arrays.copyOf(rowOfObject, capacity);
        }
    }

    private int objectOf(Rows rows, int row) {
        int oldest = Math.max(0, objectCount - OBJECTS_COMPARED);
        for (int object = objectCount - 1; object >= oldest; object--) {
            if (sameObject(rows, row, rowOfObject[object])) {
                return object;
            }
        }
        rowOfObject[objectCount] = row;
        return objectCount++;
    }

    private static boolean sameObject(Rows rows, int row, int other) {
        return Objects.equals(rows.objectId(row), rows.objectId(other))
                && Objects.equals(rows.objectName(row), rows.objectName(other))
                && Objects.equals(rows.objectDeviceId(row), rows.objectDeviceId(other));
    }

    private void putPost(Post post) {
        boolean transmitted = post.transmitTime() != Post.NO_TIME;
        boolean versionIsTransmitTime = post.transmitTime() == post.version();
        out.putByte(shapeOf(post));
        out.putSigned(post.receivedAtMs() / 1000 - post.version());
        if (transmitted && !versionIsTransmitTime) {
            out.putSigned(post.version() - post.transmitTime());
        }
        if (post.utcOffsetSec() != Post.NO_OFFSET) {
            out.putSigned(post.utcOffsetSec());
        }
        out.putVarint(post.flags());
        putIdentity(post);
        if (post.heartbeat()) {
            putProperties(post);
        }
    }

    private static int shapeOf(Post post) {
        int shape = post.source() == RowSource.REALTIME ? Shape.REALTIME : 0;
        shape |= post.heartbeat() ? Shape.HEARTBEAT : 0;
        shape |= post.transmitTime() != Post.NO_TIME ? Shape.TRANSMIT_TIME : 0;
        shape |= post.transmitTime() == post.version() ? Shape.VERSION_IS_TRANSMIT_TIME : 0;
        return shape | (post.utcOffsetSec() != Post.NO_OFFSET ? Shape.UTC_OFFSET : 0);
    }

    private void putIdentity(Post post) {
        out.putText(post.siteId());
        out.putText(post.siteName());
        out.putText(post.deviceId());
        out.putText(post.deviceName());
        out.putText(post.serialNumber());
        out.putText(post.mac());
    }

    private void putProperties(Post post) {
        int count = 0;
        for (int code = 0; code < DeviceProperty.count(); code++) {
            count += post.property(DeviceProperty.ofCode(code)) != null ? 1 : 0;
        }
        out.putVarint(count);
        for (int code = 0; code < DeviceProperty.count(); code++) {
            String text = post.property(DeviceProperty.ofCode(code));
            if (text != null) {
                out.putVarint(code);
                out.putText(text);
            }
        }
    }

    private void putObjects(Rows rows) {
        out.putVarint(objectCount);
        for (int object = 0; object < objectCount; object++) {
            int row = rowOfObject[object];
            out.putText(rows.objectDeviceId(row));
            out.putText(rows.objectId(row));
            out.putText(rows.objectName(row));
        }
    }

    private void putRows(Post post) {
        out.putVarint(rowCount);
        Rows rows = post.rows();
        long startBefore = post.version();
        for (int i = 0; i < rowCount; i++) {
            int row = journaledRows[i];
            putRow(rows, row, objectOfRow[i], startBefore);
            startBefore = rows.start(row);
        }
    }

    private void putRow(Rows rows, int row, int object, long startBefore) {
        int deltaMode = deltaMode(rows, row);
        out.putByte(shapeOf(rows, row, deltaMode));
        out.putVarint(object);
        out.putSigned(rows.objectType(row));
        out.putSigned(rows.start(row) - startBefore);
        out.putSigned(rows.seconds(row));
        out.putVarint(rows.flags(row));
        out.putVarint(rows.revision(row));
        out.putSigned(rows.status(row));
        int valueCount = rows.kind(row).valueCount();
        for (int index = 0; index < valueCount; index++) {
            out.putVarint(rows.value(row, index));
        }
        if (deltaMode == Shape.DELTAS_FOLLOW) {
            for (int index = 0; index < valueCount; index++) {
                out.putSigned(rows.delta(row, index));
            }
        }
    }

    private static int shapeOf(Rows rows, int row, int deltaMode) {
        return rows.kind(row).code()
                | (rows.source(row) == RowSource.REALTIME ? Shape.ROW_REALTIME : 0)
                | codeOf(rows.verdict(row)) << Shape.ROW_VERDICT_SHIFT
                | deltaMode << Shape.ROW_DELTA_SHIFT;
    }

    /** The verdict's number in the journal. */
    static int codeOf(Verdict verdict) {
        return switch (verdict) {
            case NEW -> 0;
            case NEWER -> 1;
            case LATE -> 2;
            case DUPLICATE, STALE -> throw new IllegalArgumentException(verdict + " is not journaled");
        };
    }

    private static int deltaMode(Rows rows, int row) {
        if (!rows.hasDeltas(row)) {
            return Shape.NO_DELTAS;
        }
        for (int index = 0; index < rows.kind(row).valueCount(); index++) {
            if (rows.delta(row, index) != rows.value(row, index)) {
                return Shape.DELTAS_FOLLOW;
            }
        }
        return Shape.DELTAS_ARE_VALUES;
    }
}

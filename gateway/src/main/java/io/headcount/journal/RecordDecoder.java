package io.headcount.journal;

import io.headcount.journal.RecordCursor.Texts;
import io.headcount.journal.RecordEncoder.Shape;
import io.headcount.model.DeviceProperty;
import io.headcount.model.Post;
import io.headcount.model.RowKind;
import io.headcount.model.RowSource;
import io.headcount.model.Rows;
import io.headcount.model.Verdict;
import java.util.Arrays;

/**
 * Turns a record back into a post. One thread. bytes -> Post. Any bytes give a result and never an exception: the checksum is
 * looked at first, and every read of the body stays inside the record.
 */
final class RecordDecoder {
    private static final Verdict[] VERDICTS = {Verdict.NEW, Verdict.NEWER, Verdict.LATE, null};

    private final RecordCursor in = new RecordCursor();
    private final Post windows = new Post();
    private String[] objects = new String[3 * 16];
    private int objectCount;

    /** Decodes {@code b[off, off + len)}; what the post holds is defined for {@link Decoded#POST} only. */
    Decoded decode(byte[] b, int off, int len, Post into) {
        return decode(b, off, len, Texts.ALL, into);
    }

    /** Decodes what the ledger goes by: no names and no properties. Quicker than decoding all. */
    Decoded decodeKeys(byte[] b, int off, int len, Post into) {
        return decode(b, off, len, Texts.KEYS, into);
    }

    private Decoded decode(byte[] b, int off, int len, Texts texts, Post into) {
        in.want(texts);
        into.clear();
        if (RecordLayout.check(b, off, len) != null) {
            return Decoded.DAMAGED_FRAME;
        }
        byte version = b[off + RecordLayout.VERSION];
        if (version < RecordLayout.FIRST_VERSION || version > RecordLayout.CURRENT_VERSION) {
            return Decoded.NEWER_VERSION;
        }
        if (b[off + RecordLayout.KIND] != RecordLayout.POST) {
            return Decoded.UNKNOWN_KIND;
        }
        return decodePost(b, off, len, into);
    }

    /**
     * Whether a window of the record in {@code b[off, off + len)} ends at this time (epoch ms) or later; true as well where
     * it can't be told, because there is no post in it. Quicker than decoding it: no text is read.
     */
    boolean hasWindowUpTo(byte[] b, int off, int len, long timeMs) {
        Decoded decoded = decode(b, off, len, Texts.NONE, windows);
        Rows rows = windows.rows();
        boolean found = decoded != Decoded.POST;
        for (int row = 0; row < rows.size() && !found; row++) {
            found = (rows.start(row) + rows.seconds(row)) * 1000 >= timeMs;
        }
        return found;
    }

    private Decoded decodePost(byte[] b, int off, int len, Post post) {
        in.start(b, off + RecordLayout.BODY, len - RecordLayout.BODY);
        post.sequence(RecordLayout.longAt(b, off + RecordLayout.SEQUENCE));
        post.receivedAtMs(RecordLayout.longAt(b, off + RecordLayout.RECEIVED_AT));
        takePost(post);
        takeObjects();
        takeRows(post);
        Arrays.fill(objects, 0, 3 * objectCount, null);
        return in.finished() ? Decoded.POST : Decoded.DAMAGED_BODY;
    }

    private void takePost(Post post) {
        int shape = in.nextByte();
        post.source((shape & Shape.REALTIME) != 0 ? RowSource.REALTIME : RowSource.INTERVAL);
        post.heartbeat((shape & Shape.HEARTBEAT) != 0);
        post.version(post.receivedAtMs() / 1000 - in.nextSigned());
        if ((shape & Shape.TRANSMIT_TIME) != 0) {
            boolean isVersion = (shape & Shape.VERSION_IS_TRANSMIT_TIME) != 0;
            post.transmitTime(post.version() - (isVersion ? 0 : in.nextSigned()));
        }
        if ((shape & Shape.UTC_OFFSET) != 0) {
            post.utcOffsetSec(in.nextSignedInt());
        }
        post.flags(in.nextInt());
        takeIdentity(post);
        if (post.heartbeat()) {
            takeProperties(post);
        }
    }

    private void takeIdentity(Post post) {
        post.siteId(in.nextText());
        post.siteName(in.nextText());
        post.deviceId(in.nextKey());
        post.deviceName(in.nextText());
        post.serialNumber(in.nextKey());
        post.mac(in.nextKey());
    }

    private void takeProperties(Post post) {
        int count = in.nextCount();
        for (int i = 0; i < count && !in.failed(); i++) {
            DeviceProperty property = DeviceProperty.ofCode(in.nextInt());
            String text = in.nextText();
            if (property == null) {
                in.fail();
            } else {
                post.property(property, text);
            }
        }
    }

    private void takeObjects() {
        objectCount = in.nextCount();
        if (objects.length < 3 * objectCount) {
            objects = new String[3 * objectCount];
        }
        for (int i = 0; i < 3 * objectCount && !in.failed(); i += 3) {
            objects[i] = in.nextKey();
            objects[i + 1] = in.nextKey();
            objects[i + 2] = in.nextText();
        }
    }

    private void takeRows(Post post) {
        int count = in.nextCount();
        long startBefore = post.version();
        for (int i = 0; i < count && !in.failed(); i++) {
            startBefore = takeRow(post.rows(), startBefore);
        }
    }

    private long takeRow(Rows rows, long startBefore) {
        int shape = in.nextByte();
        RowKind kind = RowKind.ofCode(shape & Shape.ROW_KIND_MASK);
        Verdict verdict = VERDICTS[shape >> Shape.ROW_VERDICT_SHIFT & 3];
        int object = in.nextInt();
        if (kind == null || verdict == null || object < 0 || object >= objectCount || deltaModeOf(shape) < 0) {
            return in.fail();
        }
        RowSource source = (shape & Shape.ROW_REALTIME) != 0 ? RowSource.REALTIME : RowSource.INTERVAL;
        int row = rows.add(
                kind,
                source,
                objects[3 * object],
                objects[3 * object + 1],
                objects[3 * object + 2],
                in.nextSignedInt());
        long start = startBefore + in.nextSigned();
        rows.window(row, start, in.nextSignedInt());
        rows.flags(row, in.nextInt());
        rows.verdict(row, verdict);
        rows.revision(row, in.nextInt());
        rows.status(row, in.nextSignedInt());
        takeValues(rows, row, deltaModeOf(shape));
        return start;
    }

    private static int deltaModeOf(int rowShape) {
        int mode = rowShape >> Shape.ROW_DELTA_SHIFT;
        return mode <= Shape.DELTAS_FOLLOW ? mode : -1;
    }

    private void takeValues(Rows rows, int row, int deltaMode) {
        int valueCount = rows.kind(row).valueCount();
        for (int index = 0; index < valueCount; index++) {
            rows.value(row, index, in.nextInt());
        }
        rows.hasDeltas(row, deltaMode != Shape.NO_DELTAS);
        for (int index = 0; index < valueCount && deltaMode != Shape.NO_DELTAS; index++) {
            rows.delta(row, index, deltaMode == Shape.DELTAS_FOLLOW ? in.nextSignedInt() : rows.value(row, index));
        }
    }
}

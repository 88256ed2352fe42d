package io.headcount.aggregate;

import io.headcount.model.DeviceProperty;
import io.headcount.model.Post;
import io.headcount.model.RowFlag;
import io.headcount.model.RowKind;
import io.headcount.model.RowSource;
import io.headcount.model.Rows;
import io.headcount.reference.ReferenceLedger;
import java.util.ArrayList;
import java.util.List;

/** Makes posts as the parser leaves them, and tells what the ledger made of them. */
final class LedgerPost {
    private final Post post = new Post();

    private LedgerPost() {}

    /** A post of camera 12345, serial number s1, sent and received in this second. */
    static LedgerPost sentAt(long epochSec) {
        LedgerPost made = new LedgerPost();
        made.post.deviceId("12345");
        made.post.serialNumber("s1");
        made.post.transmitTime(epochSec);
        made.post.version(epochSec);
        made.post.receivedAtMs(epochSec * 1000);
        return made;
    }

    /** A post without a TransmitTime, received in this second. */
    static LedgerPost undatedAt(long epochSec) {
        LedgerPost made = sentAt(epochSec);
        made.post.transmitTime(Post.NO_TIME);
        return made;
    }

    LedgerPost receivedAt(long epochSec) {
        post.receivedAtMs(epochSec * 1000);
        return this;
    }

    LedgerPost from(String deviceId, String serialNumber) {
        post.deviceId(deviceId);
        post.serialNumber(serialNumber);
        return this;
    }

    LedgerPost fromMac(String deviceId, String mac) {
        from(deviceId, null).post.mac(mac);
        post.property(DeviceProperty.MAC_ADDRESS, mac);
        return this;
    }

    /** A minute's count of object 0, type 0, status 0. */
    LedgerPost count(long start, int... values) {
        return row(RowKind.COUNT, null, "0", 0, start, 60, 0, values);
    }

    LedgerPost countWithStatus(long start, int status, int... values) {
        return row(RowKind.COUNT, null, "0", 0, start, 60, status, values);
    }

    LedgerPost row(
            RowKind kind,
            String objectDevice,
            String objectId,
            int type,
            long start,
            int seconds,
            int status,
            int... values) {
        Rows rows = post.rows();
        int row = rows.add(kind, RowSource.REALTIME, objectDevice, objectId, null, type);
        rows.window(row, start, seconds);
        rows.status(row, status);
        for (int i = 0; i < values.length; i++) {
            rows.value(row, i, values[i]);
        }
        return this;
    }

    Post post() {
        return post;
    }

    /** {@code NEWER 2 [+1 0 0 0] [decreasing]}: verdict, revision, deltas, flags. */
    static String told(Post post, int row) {
        Rows rows = post.rows();
        StringBuilder text = new StringBuilder(rows.verdict(row).name());
        if (rows.verdict(row).journaled()) {
            text.append(' ').append(rows.revision(row)).append(rows.hasDeltas(row) ? deltas(rows, row) : " no deltas");
        }
        return text + (rows.flags(row) == 0 ? "" : " " + RowFlag.labels(rows.flags(row)));
    }

    private static String deltas(Rows rows, int row) {
        List<String> deltas = new ArrayList<>();
        for (int i = 0; i < rows.kind(row).valueCount(); i++) {
            deltas.add(Integer.toString(rows.delta(row, i)));
        }
        return " (" + String.join(" ", deltas) + ")";
    }

    /** What the journal would hold of the post: its rows that changed something. */
    static Post journaled(Post post) {
        Post record = copyOfHead(post);
        Rows rows = post.rows();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.verdict(row).journaled()) {
                copyRow(rows, row, record.rows());
            }
        }
        return record;
    }

    private static Post copyOfHead(Post post) {
        Post copy = new Post();
        copy.deviceId(post.deviceId());
        copy.serialNumber(post.serialNumber());
        copy.mac(post.mac());
        copy.transmitTime(post.transmitTime());
        copy.version(post.version());
        copy.receivedAtMs(post.receivedAtMs());
        return copy;
    }

    /** The post as it was before the ledger saw it, received at another time. */
    static Post fresh(Post post, long receivedAtMs) {
        Post copy = copyOfHead(post);
        copy.receivedAtMs(receivedAtMs);
        for (int row = 0; row < post.rows().size(); row++) {
            int to = copyRow(post.rows(), row, copy.rows());
            copy.rows().flags(to, 0);
        }
        return copy;
    }

    private static int copyRow(Rows from, int row, Rows to) {
        int added = to.add(
                from.kind(row),
                from.source(row),
                from.objectDeviceId(row),
                from.objectId(row),
                from.objectName(row),
                from.objectType(row));
        to.window(added, from.start(row), from.seconds(row));
        to.status(added, from.status(row));
        to.flags(added, from.flags(row));
        to.revision(added, from.revision(row));
        to.hasDeltas(added, from.hasDeltas(row));
        for (int i = 0; i < from.kind(row).valueCount(); i++) {
            to.value(added, i, from.value(row, i));
            to.delta(added, i, from.delta(row, i));
        }
        return added;
    }

    static ReferenceLedger.Key key(Post post, int row) {
        Rows rows = post.rows();
        return new ReferenceLedger.Key(
                post.deviceId(),
                post.identity(),
                rows.objectDeviceId(row),
                rows.objectId(row),
                rows.objectType(row),
                rows.kind(row).label(),
                rows.start(row),
                rows.seconds(row));
    }

    static ReferenceLedger.Version version(Post post, int row) {
        Rows rows = post.rows();
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < rows.kind(row).valueCount(); i++) {
            values.add(rows.value(row, i));
        }
        return new ReferenceLedger.Version(
                post.version(), values, rows.status(row) == Rows.NO_STATUS ? null : rows.status(row));
    }
}

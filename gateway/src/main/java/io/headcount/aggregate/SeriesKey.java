package io.headcount.aggregate;

import io.headcount.model.Post;
import io.headcount.model.Rows;
import java.util.Comparator;
import java.util.Objects;

/**
 * A row's key without its window's start (PROTOCOL, decision 3): what one camera reports window by window. Comparable so that
 * a hash map stays fast when somebody sends colliding ids.
 */
final class SeriesKey implements Comparable<SeriesKey> {
    private static final Comparator<String> ABSENT_FIRST = Comparator.nullsFirst(Comparator.naturalOrder());
    private static final Comparator<SeriesKey> ORDER = Comparator.comparing((SeriesKey key) -> key.deviceId)
            .thenComparing(key -> key.identity)
            .thenComparing(key -> key.objectDeviceId, ABSENT_FIRST)
            .thenComparing(key -> key.objectId)
            .thenComparingInt(key -> key.objectType)
            .thenComparingInt(key -> key.kindCode)
            .thenComparingInt(key -> key.seconds);

    private String deviceId;
    private String identity;
    private String objectDeviceId;
    private String objectId;
    private int objectType;
    private int kindCode;
    private int seconds;

    /** Makes this the key of a row, to look it up with. */
    SeriesKey of(Post post, int row) {
        Rows rows = post.rows();
        deviceId = post.deviceId();
        identity = post.identity();
        objectDeviceId = rows.objectDeviceId(row);
        objectId = rows.objectId(row);
        objectType = rows.objectType(row);
        kindCode = rows.kind(row).code();
        seconds = rows.seconds(row);
        return this;
    }

    /** Whether this is the key of a row. */
    boolean isOf(Post post, int row) {
        Rows rows = post.rows();
        return seconds == rows.seconds(row)
                && kindCode == rows.kind(row).code()
                && objectType == rows.objectType(row)
                && deviceId.equals(post.deviceId())
                && objectId.equals(rows.objectId(row))
                && identity.equals(post.identity())
                && Objects.equals(objectDeviceId, rows.objectDeviceId(row));
    }

    /** A key that stays as it is. */
    SeriesKey copy() {
        SeriesKey copy = new SeriesKey();
        copy.deviceId = deviceId;
        copy.identity = identity;
        copy.objectDeviceId = objectDeviceId;
        copy.objectId = objectId;
        copy.objectType = objectType;
        copy.kindCode = kindCode;
        copy.seconds = seconds;
        return copy;
    }

    int seconds() {
        return seconds;
    }

    @Override
    public int compareTo(SeriesKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesKey key
                && seconds == key.seconds
                && kindCode == key.kindCode
                && objectType == key.objectType
                && deviceId.equals(key.deviceId)
                && objectId.equals(key.objectId)
                && identity.equals(key.identity)
                && Objects.equals(objectDeviceId, key.objectDeviceId);
    }

    @Override
    public int hashCode() {
        int hash = deviceId.hashCode();
        hash = 31 * hash + identity.hashCode();
        hash = 31 * hash + (objectDeviceId == null ? 0 : objectDeviceId.hashCode());
        hash = 31 * hash + objectId.hashCode();
        hash = 31 * hash + objectType;
        hash = 31 * hash + kindCode;
        return 31 * hash + seconds;
    }
}

package io.headcount.xml;

import io.headcount.model.DeviceProperty;
import io.headcount.model.Post;
import io.headcount.model.Refusal;
import io.headcount.model.RefusalReason;

/**
 * The camera's offset from UTC, from its properties Timezone and DST. Needed only where a window has no UnixStartTime: an
 * offset that makes no sense is flagged otherwise, and refused by the name of its field where the window hangs on it. Not
 * thread-safe.
 */
final class CameraZone {
    private static final int LEAST_TIMEZONE_SEC = -12 * 3600;
    private static final int MOST_TIMEZONE_SEC = 14 * 3600;
    private static final int MOST_DST_SEC = 3600;

    private final FieldText field = new FieldText();
    private Refusal refusal;
    private int timezoneSec;
    private int offsetSec;

    /** Reads the post's properties. */
    void read(Post post) {
        long timezone = seconds(post, DeviceProperty.TIMEZONE);
        long dst = seconds(post, DeviceProperty.DST);
        refusal = refusalOf(DeviceProperty.TIMEZONE, timezone, LEAST_TIMEZONE_SEC, MOST_TIMEZONE_SEC);
        refusal = refusal != null ? refusal : refusalOf(DeviceProperty.DST, dst, 0, MOST_DST_SEC);
        boolean known = refusal == null && timezone != FieldText.EMPTY;
        timezoneSec = known ? (int) timezone : Post.NO_OFFSET;
        offsetSec = known ? (int) (timezone + (dst == FieldText.EMPTY ? 0 : dst)) : Post.NO_OFFSET;
    }

    private long seconds(Post post, DeviceProperty property) {
        String sent = post.property(property);
        return field.of(sent == null ? "" : sent).hoursAsSeconds();
    }

    private static Refusal refusalOf(DeviceProperty property, long seconds, int least, int most) {
        if (seconds == FieldText.EMPTY || (seconds >= least && seconds <= most)) {
            return null;
        }
        RefusalReason reason = seconds == FieldText.MALFORMED ? RefusalReason.NOT_A_NUMBER : RefusalReason.OUT_OF_RANGE;
        return new Refusal(reason, "Properties/" + property.xmlName());
    }

    /** Whether the camera sent an offset that makes no sense. */
    boolean senseless() {
        return refusal != null;
    }

    /** Why a window that hangs on the offset can't be accepted, or null where the offset is known. */
    Refusal refusal() {
        boolean missing = refusal == null && offsetSec == Post.NO_OFFSET;
        return missing ? new Refusal(RefusalReason.MISSING, "Properties/Timezone") : refusal;
    }

    /** Timezone alone, seconds east of UTC, or {@link Post#NO_OFFSET}. */
    int timezoneSec() {
        return timezoneSec;
    }

    /** Timezone and DST together, seconds east of UTC, or {@link Post#NO_OFFSET}. */
    int offsetSec() {
        return offsetSec;
    }
}

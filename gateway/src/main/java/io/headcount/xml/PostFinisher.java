package io.headcount.xml;

import io.headcount.model.DeviceProperty;
import io.headcount.model.Post;
import io.headcount.model.Refusal;
import io.headcount.model.RefusalReason;
import io.headcount.model.RowFlag;
import io.headcount.model.Rows;

/**
 * Settles what depends on the whole document: identity, version, time zone, and from them every row's window and flags
 * (PROTOCOL, decisions 2, 4, 5 and 6). Not thread-safe.
 */
final class PostFinisher {
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final long YEAR_2000 = 946_684_800L;
    private static final int CLOCK_TOLERANCE_SEC = 60;
    private static final int MAX_AHEAD_SEC = SECONDS_PER_DAY;
    private static final int MAX_DAYS_AHEAD = 2;

    private final FieldText field = new FieldText();
    private final CameraZone zone = new CameraZone();
    private final TotalsCheck totals = new TotalsCheck();

    private Post post;
    private RawWindows raw;
    private long nowSec;

    /** Completes the post; null when it is acceptable, or why it is not. */
    Refusal finish(Post target, RawWindows windows, Name root, long receivedAtMs) {
        post = target;
        raw = windows;
        nowSec = Math.floorDiv(receivedAtMs, 1000L);
        post.receivedAtMs(receivedAtMs);
        post.heartbeat(root == Name.DIAGS || post.rows().size() == 0);
        Refusal refusal = settleIdentity();
        refusal = refusal != null ? refusal : settleVersion();
        zone.read(post);
        post.utcOffsetSec(zone.offsetSec());
        for (int row = 0; row < post.rows().size() && refusal == null; row++) {
            refusal = settleRow(row);
        }
        if (refusal == null) {
            totals.check(post.rows());
        }
        post = null;
        raw = null;
        return refusal;
    }

    private Refusal settleIdentity() {
        post.serialNumber(post.property(DeviceProperty.SERIAL_NUMBER));
        post.mac(MacAddress.normalised(post.property(DeviceProperty.MAC_ADDRESS)));
        if (post.deviceId() == null) {
            post.deviceId(post.serialNumber() != null ? post.serialNumber() : post.mac());
        }
        return post.deviceId() == null ? new Refusal(RefusalReason.MISSING, "DeviceId") : null;
    }

    private Refusal settleVersion() {
        long sent = read(DeviceProperty.TRANSMIT_TIME).signed();
        if (sent == FieldText.MALFORMED) {
            return new Refusal(RefusalReason.NOT_A_NUMBER, "Properties/TransmitTime");
        }
        boolean believed = sent > 0 && sent <= nowSec + MAX_AHEAD_SEC;
        boolean held = sent > FieldText.BELOW;
        post.transmitTime(held ? sent : Post.NO_TIME);
        post.version(believed ? sent : nowSec);
        if (sent == FieldText.BEYOND || sent > nowSec + CLOCK_TOLERANCE_SEC) {
            post.flag(RowFlag.CLOCK_AHEAD);
        } else if (!believed) {
            post.flag(RowFlag.NO_TRANSMIT_TIME);
        }
        return null;
    }

    private FieldText read(DeviceProperty property) {
        String sent = post.property(property);
        return field.of(sent == null ? "" : sent);
    }

    private Refusal settleRow(int row) {
        Refusal refusal = settleTime(row);
        if (refusal == null) {
            settleObjectDevice(row);
            flag(row);
        }
        return refusal;
    }

    private Refusal settleTime(int row) {
        if (post.rows().kind(row).hasWindow()) {
            return settleWindow(row);
        }
        post.rows().window(row, instant(), 0);
        return null;
    }

    /**
     * When totals held: when they were sent. A camera that lost its clock counts the seconds since its start for the time;
     * our receive time stands in for that, because after the next start the same times come again with lesser totals.
     */
    private long instant() {
        return post.version() < YEAR_2000 ? nowSec : post.version();
    }

    private Refusal settleWindow(int row) {
        int day = raw.epochDay(row);
        boolean dayOdd = day < YEAR_2000 / SECONDS_PER_DAY || day > nowSec / SECONDS_PER_DAY + MAX_DAYS_AHEAD;
        if (day != RawWindows.ABSENT && dayOdd) {
            return new Refusal(RefusalReason.OUT_OF_RANGE, "Report/@Date");
        }
        boolean unixSent = raw.unixStart(row) != 0;
        if (!unixSent && localStart(row) == Post.NO_TIME) {
            return missingStart(row);
        }
        if (!unixSent && zone.refusal() != null) {
            return zone.refusal();
        }
        long start = unixSent ? raw.unixStart(row) : localStart(row) - zone.offsetSec();
        if (start < YEAR_2000 || start > nowSec + MAX_AHEAD_SEC) {
            return new Refusal(RefusalReason.OUT_OF_RANGE, field(row, unixSent ? "UnixStartTime" : "StartTime"));
        }
        return settleLength(row, start);
    }

    private Refusal missingStart(int row) {
        return raw.startSecond(row) == RawWindows.ABSENT
                ? new Refusal(RefusalReason.MISSING, field(row, "UnixStartTime"))
                : new Refusal(RefusalReason.MISSING, "Report/@Date");
    }

    private Refusal settleLength(int row, long start) {
        boolean bothSent = raw.startSecond(row) != RawWindows.ABSENT && raw.endSecond(row) != RawWindows.ABSENT;
        if (!bothSent && raw.interval(row) <= 0) {
            boolean endSent = raw.endSecond(row) != RawWindows.ABSENT;
            return new Refusal(RefusalReason.MISSING, field(row, endSent ? "StartTime" : "EndTime"));
        }
        int length = raw.interval(row) * SECONDS_PER_MINUTE;
        if (bothSent) {
            length = raw.endSecond(row) - raw.startSecond(row);
            length = length < 0 ? length + SECONDS_PER_DAY : length;
        }
        if (length <= 0 || length > SECONDS_PER_DAY) {
            return new Refusal(RefusalReason.OUT_OF_RANGE, field(row, "EndTime"));
        }
        post.rows().window(row, start, length);
        return null;
    }

    private String field(int row, String attribute) {
        return post.rows().kind(row).element() + "/@" + attribute;
    }

    /** The window's start by the camera's wall clock, counted like epoch seconds, or {@link Post#NO_TIME}. */
    private long localStart(int row) {
        boolean sent = raw.epochDay(row) != RawWindows.ABSENT && raw.startSecond(row) != RawWindows.ABSENT;
        return sent ? (long) raw.epochDay(row) * SECONDS_PER_DAY + raw.startSecond(row) : Post.NO_TIME;
    }

    private void settleObjectDevice(int row) {
        Rows rows = post.rows();
        if (rows.objectDeviceId(row) == null) {
            return;
        }
        if (rows.objectDeviceId(row).equals(post.deviceId())) {
            rows.objectDeviceId(row, null);
        } else {
            rows.flag(row, RowFlag.OBJECT_DEVICE);
        }
    }

    private void flag(int row) {
        Rows rows = post.rows();
        long start = rows.start(row);
        if (start > nowSec + CLOCK_TOLERANCE_SEC) {
            rows.flag(row, RowFlag.CLOCK_AHEAD);
        }
        if (post.transmitTime() > 0 && post.transmitTime() < start) {
            rows.flag(row, RowFlag.TRANSMIT_BEFORE_WINDOW);
        }
        if (raw.interval(row) > 0 && rows.seconds(row) != raw.interval(row) * SECONDS_PER_MINUTE) {
            rows.flag(row, RowFlag.INTERVAL_MISMATCH);
        }
        if (timesDisagree(row)) {
            rows.flag(row, RowFlag.TIME_MISMATCH);
        }
    }

    /** Cameras differ in whether DST is part of their wall clock: either reading explains it. */
    private boolean timesDisagree(int row) {
        if (raw.unixStart(row) == 0) {
            return false;
        }
        if (zone.senseless()) {
            return true;
        }
        long local = localStart(row);
        if (local == Post.NO_TIME || zone.offsetSec() == Post.NO_OFFSET) {
            return false;
        }
        long start = raw.unixStart(row);
        return local != start + zone.offsetSec() && local != start + zone.timezoneSec();
    }
}

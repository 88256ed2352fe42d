package io.headcount.journal;

import io.headcount.model.Post;
import io.headcount.model.RowKind;
import io.headcount.model.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What damage cost: which records are missing, and which windows of which devices probably went with them. Fed with all records in
 * order. One thread, used once.
 *
 * <p>Missing sequences are exact. Windows are a conclusion: those that a device reported neither before nor after the gap and that
 * would have come in it, going by the window's length. A backlog that was lost in a gap can't be told so, and a device that was silent for
 * reasons of its own looks the same.
 */
public final class DamageCost {
    /** More gaps than these are counted, but not listed. */
    public static final int MAX_GAPS = 1_000;
    /** More devices than these are not watched, but counted. */
    public static final int MAX_DEVICES = 100_000;
    /** More missing windows than these are not listed. */
    public static final int MAX_WINDOWS = 10_000;

    private static final long NEVER = Long.MAX_VALUE;
    private static final long UNKNOWN = -1;

    /**
     * Records that are missing between two that are there.
     *
     * @param first sequence of the first missing record
     * @param last sequence of the last one
     * @param afterMs when the post before was received, epoch ms; 0 when the journal begins with the gap
     * @param beforeMs when the post behind was received, epoch ms
     */
    public record Gap(long first, long last, long afterMs, long beforeMs) {
        /** How many records are missing. */
        public long records() {
            return last - first + 1;
        }
    }

    /**
     * Windows of one device that probably went with a gap.
     *
     * @param gap the gap
     * @param deviceId the device
     * @param fromSec where the first one begins, epoch s
     * @param toSec where the last one ends, epoch s
     * @param count how many
     */
    public record Windows(Gap gap, String deviceId, long fromSec, long toSec, long count) {}

    private static final class Watched {
        private long endSec = Long.MIN_VALUE;
        private int lengthSec;
        private int gapsSeen;
    }

    private final List<Gap> gaps = new ArrayList<>();
    private final List<Windows> windows = new ArrayList<>();
    private final Map<String, Watched> devices = new HashMap<>();
    private final int maxDevices;
    private long unwatched;
    private long missing;
    private long gapsFound;
    private long windowsNotListed;
    private long lastSequence = UNKNOWN;
    private long lastMs;

    /** Nothing seen yet. */
    public DamageCost() {
        this(MAX_DEVICES);
    }

    DamageCost(int maxDevices) {
        this.maxDevices = maxDevices;
    }

    /** What retention has deleted ends with this record: those behind it ought to be there. Before the first record. */
    void beginBehind(long sequence) {
        lastSequence = sequence;
    }

    /** A record that is there but can't be decoded by this version. */
    void onRecord(long sequence) {
        onRecord(sequence, lastMs);
    }

    /** A record that is there. */
    void onPost(Post post, long sequence) {
        onRecord(sequence, post.receivedAtMs());
        Rows rows = post.rows();
        long from = NEVER;
        long to = Long.MIN_VALUE;
        int length = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (rows.kind(row) == RowKind.COUNT && rows.seconds(row) > 0) {
                length = rows.seconds(row);
                from = Math.min(from, rows.start(row));
                to = Math.max(to, rows.start(row) + length);
            }
        }
        if (from != NEVER) {
            onWindows(post.deviceId(), from, to, length);
        }
    }

    private void onRecord(long sequence, long receivedMs) {
        if (lastSequence != UNKNOWN && sequence > lastSequence + 1) {
            missing += sequence - lastSequence - 1;
            gapsFound++;
            if (gaps.size() < MAX_GAPS) {
                gaps.add(new Gap(lastSequence + 1, sequence - 1, lastMs, receivedMs));
            }
        }
        lastSequence = Math.max(lastSequence, sequence);
        lastMs = receivedMs;
    }

    private void onWindows(String deviceId, long fromSec, long toSec, int lengthSec) {
        Watched device = devices.get(deviceId);
        if (device == null) {
            if (devices.size() == maxDevices) {
                unwatched++;
                return;
            }
            device = new Watched();
            device.gapsSeen = gaps.size();
            devices.put(deviceId, device);
        } else {
            compare(deviceId, device, fromSec);
        }
        device.endSec = Math.max(device.endSec, toSec);
        device.lengthSec = lengthSec;
    }

    private void compare(String deviceId, Watched device, long nextSec) {
        for (; device.gapsSeen < gaps.size(); device.gapsSeen++) {
            addWindows(gaps.get(device.gapsSeen), deviceId, device, nextSec);
        }
    }

    /** A window is reported when it has ended: those that ended in the gap, give or take one. */
    private void addWindows(Gap gap, String deviceId, Watched device, long nextSec) {
        int length = device.lengthSec;
        long earliest = Math.floorDiv(gap.afterMs(), 1000) - 2L * length;
        long skipped = Math.max(0, Math.floorDiv(earliest - device.endSec + length - 1, length));
        long from = device.endSec + skipped * length;
        long end = Math.min(nextSec, Math.floorDiv(gap.beforeMs(), 1000));
        long count = Math.floorDiv(end - from, length);
        if (count <= 0) {
            return;
        }
        if (windows.size() < MAX_WINDOWS) {
            windows.add(new Windows(gap, deviceId, from, from + count * length, count));
        } else {
            windowsNotListed++;
        }
    }

    /** All records have been seen: devices that never came again count, too. */
    void end() {
        devices.forEach((deviceId, device) -> compare(deviceId, device, NEVER));
    }

    /** The gaps, in order; at most {@link #MAX_GAPS}. */
    public List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    /** How many gaps there are. */
    public long gapsFound() {
        return gapsFound;
    }

    /** How many records are missing in all of them. */
    public long missing() {
        return missing;
    }

    /** Windows that probably went with the gaps listed; at most {@link #MAX_WINDOWS}. */
    public List<Windows> windows() {
        return List.copyOf(windows);
    }

    /** How often a device missed windows that are not listed. */
    public long windowsNotListed() {
        return windowsNotListed;
    }

    /** Posts of devices that were not watched, because there are more than {@link #MAX_DEVICES}. */
    public long unwatched() {
        return unwatched;
    }
}

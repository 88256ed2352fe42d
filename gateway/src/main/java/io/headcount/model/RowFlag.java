package io.headcount.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What is odd about a row that was accepted all the same (PROTOCOL, decision 6). A row keeps its flags in the journal as
 * one bit each: never reuse or renumber a bit.
 */
public enum RowFlag {
    /**
     * First version of a row that starts at or before the ledger's floor: an earlier one may have been journaled and
     * forgotten. It has no deltas; settle it with the reader's rule. Normal after a camera was cut off for hours.
     */
    LATE(0, "late"),
    /**
     * The camera's clock is more than a minute ahead of ours, seen by TransmitTime or by the window's start. Beyond 24 hours
     * TransmitTime is not believed and the receive time is the version. Check the camera's NTP server.
     */
    CLOCK_AHEAD(1, "clock-ahead"),
    /**
     * Date, StartTime, Timezone and DST say another time than UnixStartTime, which rules, or make no sense. Check the camera's
     * time zone.
     */
    TIME_MISMATCH(2, "time-mismatch"),
    /**
     * TransmitTime lies before the window's start: the camera's clock was set between the two. On totals: it lies before the
     * year 2000, and they stand at our receive time.
     */
    TRANSMIT_BEFORE_WINDOW(3, "transmit-before-window"),
    /** On a total: it is not the sum of the adults and children of the same object and window in the same post. */
    SUM_MISMATCH(4, "sum-mismatch"),
    /** On adults and children: the post holds no total for their object and window. Do not add them to totals. */
    NO_TOTAL(5, "no-total"),
    /** A newer version has a smaller value than the one before: the camera restarted inside the window and lost counts. */
    DECREASING(6, "decreasing"),
    /** The post held this row more than once; the greatest by the ledger's rule was kept. */
    REPEATED(7, "repeated"),
    /** The object names another device than the post's root: a sensor that reports through a master. */
    OBJECT_DEVICE(8, "object-device"),
    /** Another camera (other serial number or MAC) posts under the same DeviceId. Give one of them an id of its own. */
    IDENTITY_CONFLICT(9, "identity-conflict"),
    /** The window is not as long as ReportData/@Interval says. */
    INTERVAL_MISMATCH(10, "interval-mismatch"),
    /** ObjectType is none of 0 (total), 1 (adults), 2 (children), 3 (attributes). */
    UNKNOWN_TYPE(11, "unknown-type"),
    /** TransmitTime is missing or not positive: our receive time is the version (PROTOCOL, decision 4). */
    NO_TRANSMIT_TIME(12, "no-transmit-time");

    private static final RowFlag[] ALL = values();

    private final int mask;
    private final String label;

    RowFlag(int bit, String label) {
        this.mask = 1 << bit;
        this.label = label;
    }

    /** The flag's bit in a row's flag mask. */
    public int mask() {
        return mask;
    }

    /** The flag's name in JSON lines and CSV. */
    public String label() {
        return label;
    }

    /** Whether {@code flags} has this flag. */
    public boolean in(int flags) {
        return (flags & mask) != 0;
    }

    /** The names of the flags in a mask, in order of their bits; bits of a newer version are left out. */
    public static List<String> labels(int flags) {
        if (flags == 0) {
            return List.of();
        }
        List<String> labels = new ArrayList<>();
        for (RowFlag flag : ALL) {
            if (flag.in(flags)) {
                labels.add(flag.label);
            }
        }
        return labels;
    }
}

package io.headcount.tail;

import io.headcount.model.RowFlag;
import io.headcount.model.RowSource;
import io.headcount.model.Rows;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What count rows, attribute rows and totals share: which object, which window, which version.
 *
 * @param source how the row was reported
 * @param objectDeviceId the object's DeviceId where it differs from the record's, else null
 * @param objectId the object's Id as sent
 * @param objectName the object's Name, or null
 * @param objectType 0 total, 1 adults, 2 children, 3 attributes; others as sent
 * @param startSec start of the window, epoch s
 * @param seconds length of the window, 0 for totals
 * @param status Status as sent, or {@link Rows#NO_STATUS}
 * @param revision which version of the row this is for the gateway, from 1
 * @param flagMask {@link RowFlag} bits
 */
public record RowHead(
        RowSource source,
        String objectDeviceId,
        String objectId,
        String objectName,
        int objectType,
        long startSec,
        int seconds,
        int status,
        int revision,
        int flagMask) {
    static RowHead of(Rows rows, int row) {
        return new RowHead(
                rows.source(row),
                rows.objectDeviceId(row),
                rows.objectId(row),
                rows.objectName(row),
                rows.objectType(row),
                rows.start(row),
                rows.seconds(row),
                rows.status(row),
                rows.revision(row),
                rows.flags(row));
    }

    /** Start of the window. */
    public Instant start() {
        return Instant.ofEpochSecond(startSec);
    }

    /** Start of the window on the camera's own clock, where its offset from UTC is known. */
    public Optional<OffsetDateTime> localStart(RecordHead head) {
        return head.local(startSec);
    }

    /** Whether the row has this flag. */
    public boolean has(RowFlag flag) {
        return flag.in(flagMask);
    }

    /** The names of the row's flags. */
    public List<String> flags() {
        return RowFlag.labels(flagMask);
    }
}

package io.headcount.tail;

import io.headcount.model.Rows;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * One reading of an object's totals since its camera's start. Readings of other times stand beside it and replace nothing.
 * The camera begins at 0 again when it restarts: the difference between two readings counts people only where neither total
 * has fallen.
 *
 * @param head the record
 * @param row object and version; the window begins at {@link #timeSec()} and is 0 s long
 * @param enters all who went from outside to inside, 0 to 2147483647
 * @param exits all who went from inside to outside, 0 to 2147483647
 */
public record TotalsRow(RecordHead head, RowHead row, int enters, int exits) {
    static TotalsRow of(RecordHead head, Rows rows, int row) {
        return new TotalsRow(head, RowHead.of(rows, row), rows.value(row, 0), rows.value(row, 1));
    }

    /** When the totals held, epoch s: TransmitTime, or the receive time where the camera's clock is not set. */
    public long timeSec() {
        return row.startSec();
    }

    /** When the totals held. */
    public Instant time() {
        return row.start();
    }

    /** When the totals held on the camera's own clock, where its offset from UTC is known. */
    public Optional<OffsetDateTime> localTime() {
        return row.localStart(head);
    }

    /** What versions of this reading have in common. */
    public RowKey key() {
        return RowKey.of(this);
    }
}

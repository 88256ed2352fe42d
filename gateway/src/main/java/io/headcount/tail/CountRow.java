package io.headcount.tail;

import io.headcount.model.Rows;
import java.util.Optional;

/**
 * One version of the counts of an object in a window. It replaces the versions before it and is never added to them; to keep
 * a sum, add {@link #deltas()} where they are there, and settle rows without (flag late) with {@link LatestRows}.
 *
 * @param head the record
 * @param row object, window, version
 * @param counts what was counted
 * @param deltas the change to the version before, for the first version the counts themselves; empty for a late row
 */
public record CountRow(RecordHead head, RowHead row, Counts counts, Optional<Counts> deltas) {
    static CountRow of(RecordHead head, Rows rows, int row) {
        Counts counts = new Counts(rows.value(row, 0), rows.value(row, 1), rows.value(row, 2), rows.value(row, 3));
        Optional<Counts> deltas = !rows.hasDeltas(row)
                ? Optional.empty()
                : Optional.of(
                        new Counts(rows.delta(row, 0), rows.delta(row, 1), rows.delta(row, 2), rows.delta(row, 3)));
        return new CountRow(head, RowHead.of(rows, row), counts, deltas);
    }

    /** What versions of this row have in common. */
    public RowKey key() {
        return RowKey.of(this);
    }
}

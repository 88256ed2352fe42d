package io.headcount.tail;

import io.headcount.model.RowKind;
import io.headcount.model.Rows;
import java.util.ArrayList;
import java.util.List;

/**
 * One version of the genders, ages or work cards of an object in a window. It replaces the versions before it.
 *
 * @param head the record
 * @param row object, window, version
 * @param kind gender, age or work card
 * @param values numbers in the order of {@link RowKind#valueNames()}
 */
public record AttributeRow(RecordHead head, RowHead row, RowKind kind, List<Integer> values) {
    /** Makes the list immutable. */
    public AttributeRow {
        values = List.copyOf(values);
    }

    static AttributeRow of(RecordHead head, Rows rows, int row) {
        RowKind kind = rows.kind(row);
        List<Integer> values = new ArrayList<>(kind.valueCount());
        for (int index = 0; index < kind.valueCount(); index++) {
            values.add(rows.value(row, index));
        }
        return new AttributeRow(head, RowHead.of(rows, row), kind, values);
    }

    /** What versions of this row have in common. */
    public RowKey key() {
        return RowKey.of(this);
    }
}

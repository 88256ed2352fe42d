package io.headcount.tail;

import java.util.List;

/**
 * One version of a row, reduced to what decides between two of them: the rule that the gateway's ledger applies and by which
 * readers settle what the ledger no longer knew. The greater version wins.
 *
 * <p>The order is: version (TransmitTime), then the sum of the values, because a window only grows, then the values from left
 * to right, then Status, an absent one below all others. It is total, so the outcome never depends on the order of arrival.
 *
 * @param version the record's version, epoch s
 * @param values the row's values in the order of its kind
 * @param status Status, {@link io.headcount.model.Rows#NO_STATUS} when absent
 */
public record RowVersion(long version, List<Integer> values, int status) implements Comparable<RowVersion> {
    /** Makes the list immutable. */
    public RowVersion {
        values = List.copyOf(values);
    }

    static RowVersion of(CountRow row) {
        Counts counts = row.counts();
        List<Integer> values = List.of(counts.enters(), counts.exits(), counts.passings(), counts.returns());
        return new RowVersion(row.head().version(), values, row.row().status());
    }

    static RowVersion of(AttributeRow row) {
        return new RowVersion(row.head().version(), row.values(), row.row().status());
    }

    static RowVersion of(TotalsRow row) {
        return new RowVersion(
                row.head().version(),
                List.of(row.enters(), row.exits()),
                row.row().status());
    }

    /** Sum of the values. */
    public long sum() {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }

    @Override
    public int compareTo(RowVersion other) {
        int order = Long.compare(version, other.version);
        if (order == 0) {
            order = Long.compare(sum(), other.sum());
        }
        if (order == 0) {
            order = compareValues(other);
        }
        return order != 0 ? order : Integer.compare(status, other.status);
    }

    private int compareValues(RowVersion other) {
        int common = Math.min(values.size(), other.values.size());
        for (int index = 0; index < common; index++) {
            int order = Integer.compare(values.get(index), other.values.get(index));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(values.size(), other.values.size());
    }
}

package io.headcount.tail;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A table of the version that counts of every row, by the reader's rule ({@link RowVersion}): feed it all rows, in any order
 * and as often as you like, and it ends up the same. Keeps every row it has seen until told to forget; one thread.
 */
public final class LatestRows implements TailListener {
    private final Map<RowKey, CountRow> counts = new LinkedHashMap<>();
    private final Map<RowKey, AttributeRow> attributes = new LinkedHashMap<>();
    private final Map<RowKey, TotalsRow> totals = new LinkedHashMap<>();

    @Override
    public void onCount(CountRow row) {
        counts.merge(row.key(), row, LatestRows::greater);
    }

    @Override
    public void onAttributes(AttributeRow row) {
        attributes.merge(row.key(), row, LatestRows::greater);
    }

    @Override
    public void onTotals(TotalsRow row) {
        totals.merge(row.key(), row, LatestRows::greater);
    }

    private static CountRow greater(CountRow held, CountRow other) {
        return RowVersion.of(other).compareTo(RowVersion.of(held)) > 0 ? other : held;
    }

    private static AttributeRow greater(AttributeRow held, AttributeRow other) {
        return RowVersion.of(other).compareTo(RowVersion.of(held)) > 0 ? other : held;
    }

    private static TotalsRow greater(TotalsRow held, TotalsRow other) {
        return RowVersion.of(other).compareTo(RowVersion.of(held)) > 0 ? other : held;
    }

    /** The counts that count, by key; a view. */
    public Map<RowKey, CountRow> countsByKey() {
        return Collections.unmodifiableMap(counts);
    }

    /** The counts that count. Totals, adults and children stand side by side: add rows of one objectType only. */
    public Collection<CountRow> counts() {
        return Collections.unmodifiableCollection(counts.values());
    }

    /** The attributes that count, by key; a view. */
    public Map<RowKey, AttributeRow> attributesByKey() {
        return Collections.unmodifiableMap(attributes);
    }

    /** The readings of totals that count, one for every time, by key; a view. */
    public Map<RowKey, TotalsRow> totalsByKey() {
        return Collections.unmodifiableMap(totals);
    }

    /** Forgets rows whose window starts, and totals that held, before this time, so that a consumer that runs for ever stays small. */
    public void forgetBefore(long startSec) {
        counts.keySet().removeIf(key -> key.startSec() < startSec);
        attributes.keySet().removeIf(key -> key.startSec() < startSec);
        totals.keySet().removeIf(key -> key.startSec() < startSec);
    }
}

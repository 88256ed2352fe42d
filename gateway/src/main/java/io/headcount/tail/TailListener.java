package io.headcount.tail;

import io.headcount.journal.Fault;

/**
 * Takes what a {@link JournalTailer} reads, on its thread and in the journal's order. Every method does nothing by default.
 * An exception leaves the tailer behind the record in which it was thrown.
 */
public interface TailListener {
    /** A new version of a count. */
    default void onCount(CountRow row) {}

    /** A new version of attributes. */
    default void onAttributes(AttributeRow row) {}

    /** A reading of totals since a camera's start. */
    default void onTotals(TotalsRow row) {}

    /** A sign of life. */
    default void onHeartbeat(Heartbeat heartbeat) {}

    /** Damage was met and gone around. Every good record is delivered all the same. */
    default void onDamage(Fault fault) {}

    /**
     * All rows of a record have been delivered, or it was passed over because this version does not know its kind. A consumer
     * that remembers this number together with what it made of the rows, and resumes at the next, misses and repeats nothing.
     */
    default void onRecordEnd(long sequence) {}

    /**
     * Only with a {@link NamedTailer}: its position is about to move behind the last record delivered, so whatever was made of
     * the rows must be safe when this returns. An exception leaves the position where it is.
     */
    default void onBatchEnd() {}
}

package io.headcount.model;

/** What the ledger decided about a row (PROTOCOL, decision 4; DESIGN, section 5). */
public enum Verdict {
    /** First version of a row that starts after the ledger's floor. Journaled, its deltas are its values. */
    NEW(true),
    /** Greater than the version held. Journaled with the deltas to that version. */
    NEWER(true),
    /** First version that the ledger sees of a row at or before its floor. Journaled with flag late, without deltas. */
    LATE(true),
    /** Equal to the version held. Answered 200, changes nothing. */
    DUPLICATE(false),
    /** Less than the version held. Answered 200, changes nothing. */
    STALE(false);

    private final boolean journaled;

    Verdict(boolean journaled) {
        this.journaled = journaled;
    }

    /** Whether a row with this verdict is written to the journal. */
    public boolean journaled() {
        return journaled;
    }
}

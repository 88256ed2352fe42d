package io.headcount.model;

/** What the ledger decided about a row (PROTOCOL, decision 4; DESIGN, section 5). */
public enum Verdict {
    /** First version of a row that starts after the ledger's floor. Journaled, its deltas are its values. */
    NEW(0, true),
    /** Greater than the version held. Journaled with the deltas to that version. */
    NEWER(1, true),
    /** First version that the ledger sees of a row at or before its floor. Journaled with flag late, without deltas. */
    LATE(2, true),
    /** Equal to the version held. Answered 200, changes nothing. */
    DUPLICATE(3, false),
    /** Less than the version held. Answered 200, changes nothing. */
    STALE(4, false);

    private static final Verdict[] BY_CODE = values();

    private final int code;
    private final boolean journaled;

    Verdict(int code, boolean journaled) {
        this.code = code;
        this.journaled = journaled;
    }

    /** The verdict's number: its place in this list. */
    public int code() {
        return code;
    }

    /** The verdict with this {@link #code()}. */
    public static Verdict ofCode(int code) {
        return BY_CODE[code];
    }

    /** Whether a row with this verdict is written to the journal. */
    public boolean journaled() {
        return journaled;
    }
}

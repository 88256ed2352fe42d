package io.headcount.xml;

/** Where a document stands after a call of the parser. */
public enum ParseStatus {
    /** Readable so far; more is expected. */
    READING,
    /** Read whole; the post is complete. */
    ACCEPTED,
    /** Refused; {@link PostParser#refusal()} says why, and nothing more of the document is looked at. */
    REFUSED
}

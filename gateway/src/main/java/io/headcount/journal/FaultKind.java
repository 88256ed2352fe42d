package io.headcount.journal;

/** What can be wrong with a journal. */
public enum FaultKind {
    /** The length within the record is not the length of its document: the document's header or the record was altered. */
    LENGTH("record length is wrong"),
    /** The checksum does not match: a bit flipped, or bytes were overwritten. */
    CHECKSUM("checksum does not match"),
    /** The checksum matches but the body makes no sense: a bug in the version that wrote it. */
    BODY("record can't be decoded"),
    /** A document header that no writer of ours makes. */
    HEADER("document header is damaged"),
    /** Zeros or an unfinished document where good records follow: a page was lost. */
    HOLE("bytes are missing, records follow"),
    /** The file ends inside a document, or where more room is always kept. */
    CUT_OFF("file is cut off"),
    /** Sequence numbers are missing. */
    GAP("records are missing"),
    /** A sequence number comes again. */
    BACKWARDS("sequence goes back"),
    /** A file that is not the journal's. */
    FOREIGN("not a file of this journal"),
    /** A file that Chronicle Queue could not open and put aside. Its records are not read. */
    DISCARDED("file was put aside as unreadable"),
    /** The disk does not give what is there, asked twice. */
    UNREADABLE("can't be read from the disk");

    private final String text;

    FaultKind(String text) {
        this.text = text;
    }

    /** The fault in words. */
    public String text() {
        return text;
    }
}

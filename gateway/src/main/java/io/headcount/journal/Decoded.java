package io.headcount.journal;

/** What became of a record that was to be decoded. */
public enum Decoded {
    /** It is a post, and the post holds it now. */
    POST,
    /** A newer version of the product wrote it: whole, but not for this one. Skip and count it. */
    NEWER_VERSION,
    /** A kind of record that this version does not know. Skip and count it. */
    UNKNOWN_KIND,
    /** Its length or checksum is wrong: damaged. */
    DAMAGED_FRAME,
    /** Its checksum is right but its body makes no sense. */
    DAMAGED_BODY
}

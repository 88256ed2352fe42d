package io.headcount.quarantine;

import java.util.Locale;

/** What of a body was masked. */
public enum Masking {
    /** Nothing: no secret's name occurs in it. */
    NO,
    /** The values of secrets; the document is as well-formed as it was. */
    VALUES,
    /** Everything from the first secret on. */
    REST,
    /** Everything. */
    ALL;

    /** As it stands in the file. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

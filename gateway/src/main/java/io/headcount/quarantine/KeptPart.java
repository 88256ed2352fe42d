package io.headcount.quarantine;

import java.util.Locale;

/** How much of a body is kept. */
public enum KeptPart {
    /** All of it. */
    WHOLE,
    /** Its beginning: it was larger than what is kept, or not read to its end. */
    CUT,
    /** Nothing: what can't be read can't be masked. */
    NONE;

    /** As it stands in the file. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

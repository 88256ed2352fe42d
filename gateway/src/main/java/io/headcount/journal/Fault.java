package io.headcount.journal;

import java.nio.file.Path;

/**
 * Something wrong with a journal, and where.
 *
 * @param file the roll file, or the file in question
 * @param offset byte offset of the document in the file; 0 where the whole file is meant
 * @param kind what is wrong
 * @param expected the sequence number that should stand there, or {@link #UNKNOWN}
 * @param found the sequence number of the record found instead, for gaps and steps back; else {@link #UNKNOWN}
 */
public record Fault(Path file, long offset, FaultKind kind, long expected, long found) {
    /** Stands for a sequence number that is not known. */
    public static final long UNKNOWN = -1;

    /** A fault of a whole file. */
    static Fault ofFile(Path file, FaultKind kind) {
        return new Fault(file, 0, kind, UNKNOWN, UNKNOWN);
    }

    /** One line: {@code 20221107-07F.cq4 at 131532: checksum does not match (expected sequence 17)}. */
    public String message() {
        StringBuilder line = new StringBuilder().append(file.getFileName());
        line.append(" at ").append(offset).append(": ").append(kind.text());
        if (found != UNKNOWN) {
            line.append(" (expected sequence ")
                    .append(expected)
                    .append(", found ")
                    .append(found)
                    .append(')');
        } else if (expected != UNKNOWN) {
            line.append(" (expected sequence ").append(expected).append(')');
        }
        return line.toString();
    }
}

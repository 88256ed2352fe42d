package io.headcount.journal;

import java.nio.file.Path;

/**
 * Records that somebody else than retention took away with a roll file, or with a part of it.
 *
 * @param file the roll file
 * @param what what was done to it, in words
 * @param first the first record's sequence number
 * @param last the last one's
 */
record TakenRecords(Path file, String what, long first, long last) {
    /** One line for an operator. */
    String message() {
        return "journal: " + file + " " + what + ": its records " + first + " to " + last
                + ", which were acknowledged, are lost unless there is a copy. Intake goes on; headcount verify"
                + " --repair-report tells what it cost. To make room: headcount journal prune";
    }
}

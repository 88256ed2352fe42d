package io.headcount.journal;

import io.headcount.journal.RollFileScanner.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One roll file and what is in it.
 *
 * @param path the file
 * @param firstSequence sequence number of its first good record, 0 when it has none
 * @param lastSequence sequence number of its last good record, 0 when it has none
 * @param oldestMs when the first record's post was received, epoch ms, 0 without records
 * @param newestMs when the last record's post was received, epoch ms, 0 without records
 * @param usedBytes up to where it is written: what it takes on the disk, because the rest is sparse
 * @param sizeBytes its length
 */
public record JournalFile(
        Path path,
        long firstSequence,
        long lastSequence,
        long oldestMs,
        long newestMs,
        long usedBytes,
        long sizeBytes) {
    static JournalFile of(RollFile file) throws IOException {
        long size = Files.size(file.path());
        try (RollFileScanner scanner = new RollFileScanner(file)) {
            if (!scanner.moveToRecord()) {
                return new JournalFile(file.path(), 0, 0, 0, 0, scanner.position(), size);
            }
            long first = scanner.sequence();
            long oldestMs = receivedAtMs(scanner);
            scanner.seek(scanner.seek(Long.MAX_VALUE));
            scanner.moveToRecord();
            long last = scanner.sequence();
            long newestMs = receivedAtMs(scanner);
            return new JournalFile(file.path(), first, last, oldestMs, newestMs, usedBytes(scanner), size);
        }
    }

    private static long receivedAtMs(RollFileScanner scanner) {
        return RecordLayout.longAt(scanner.bytes(), scanner.recordAt() + RecordLayout.RECEIVED_AT);
    }

    /** Behind what may follow the last record: an index, an end mark. */
    private static long usedBytes(RollFileScanner scanner) throws IOException {
        while (scanner.next() == Step.RECORD) {
            // appended since
        }
        return scanner.position() + RollFileScanner.HEADER_BYTES;
    }

    /** Whether the end mark follows the last good record: then none was lost behind it. */
    boolean endsWhole() throws IOException {
        try (RollFileScanner scanner = new RollFileScanner(RollFile.of(path))) {
            scanner.seek(lastSequence);
            Step step = scanner.next();
            while (step == Step.RECORD) {
                step = scanner.next();
            }
            return hasRecords() && step == Step.SEALED;
        }
    }

    /** Whether it has a good record. */
    public boolean hasRecords() {
        return lastSequence > 0;
    }

    /** Its records in words: {@code records 11 to 20}. */
    public String extent() {
        return hasRecords() ? "records " + firstSequence + " to " + lastSequence : "no records";
    }

    /** How many records it has, where none is damaged. */
    public long records() {
        return hasRecords() ? lastSequence - firstSequence + 1 : 0;
    }
}

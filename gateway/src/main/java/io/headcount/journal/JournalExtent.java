package io.headcount.journal;

import java.nio.file.Path;

/**
 * From where to where a journal goes.
 *
 * @param first sequence number of the oldest record kept, 0 when there is none
 * @param last sequence number of the last record, 0 when there is none
 */
public record JournalExtent(long first, long last) {
    /**
     * Of the journal in a directory, there or not.
     *
     * @throws java.io.UncheckedIOException when it can't be read
     */
    public static JournalExtent of(Path dir) {
        try (JournalReader reader = JournalReader.open(dir, fault -> {})) {
            if (!reader.nextBeforeEnd()) {
                return new JournalExtent(0, 0);
            }
            long first = reader.sequence();
            reader.seekEnd();
            return new JournalExtent(first, Math.max(first, reader.expectedSequence() - 1));
        }
    }
}

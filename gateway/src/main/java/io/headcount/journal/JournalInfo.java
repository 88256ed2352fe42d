package io.headcount.journal;

import java.nio.file.Path;
import java.util.List;

/**
 * A journal's files and named tailers at one moment.
 *
 * @param files roll files, oldest first
 * @param tailers named tailers, by name
 */
public record JournalInfo(List<JournalFile> files, List<TailerPosition> tailers) {
    /** Makes the lists immutable. */
    public JournalInfo {
        files = List.copyOf(files);
        tailers = List.copyOf(tailers);
    }

    /**
     * Looks at the journal in a directory.
     *
     * @throws JournalException when there is no such directory, or it can't be read
     */
    public static JournalInfo of(Path dir) {
        return new JournalSurvey(dir).look();
    }

    /** Sequence number of the oldest record kept, 0 when there is none. */
    public long firstSequence() {
        for (JournalFile file : files) {
            if (file.hasRecords()) {
                return file.firstSequence();
            }
        }
        return 0;
    }

    /** Sequence number of the last record, 0 when there is none. */
    public long lastSequence() {
        for (int i = files.size() - 1; i >= 0; i--) {
            if (files.get(i).hasRecords()) {
                return files.get(i).lastSequence();
            }
        }
        return 0;
    }

    /** Sequence number of the first record behind a file of these, 0 when there is none. */
    long firstSequenceBehind(JournalFile file) {
        return new JournalInfo(files.subList(files.indexOf(file) + 1, files.size()), tailers).firstSequence();
    }

    /** What all files take on the disk, bytes. */
    public long usedBytes() {
        return files.stream().mapToLong(JournalFile::usedBytes).sum();
    }

    /** How many kept records a tailer has still to read; all where its position can't be read. */
    public long lag(TailerPosition tailer) {
        long from = Math.max(tailer.next(), firstSequence());
        return lastSequence() == 0 ? 0 : Math.max(0, lastSequence() - from + 1);
    }

    /** The files that a tailer has still to read, wholly or in part. */
    public List<JournalFile> heldBy(TailerPosition tailer) {
        return files.stream()
                .filter(file -> file.hasRecords() && tailer.needs(file.lastSequence()))
                .toList();
    }

    /** The tailers that have still to read a file, wholly or in part. */
    public List<TailerPosition> holding(JournalFile file) {
        return tailers.stream()
                .filter(tailer -> file.hasRecords() && tailer.needs(file.lastSequence()))
                .toList();
    }
}

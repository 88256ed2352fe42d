package io.headcount.journal;

import io.headcount.config.RetentionConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What retention would do with a journal: pure rules.
 *
 * <p>Files go oldest first and without a gap, so that a kill at any moment leaves a journal that is only shorter. What may not
 * go keeps everything behind it, too.
 *
 * @param deletions files to delete, oldest first
 * @param held the first file that is due and stays because of named tailers, or null
 * @param holders those tailers' names
 */
public record RetentionPlan(List<Deletion> deletions, JournalFile held, List<String> holders) {
    /** Why a file is deleted. */
    public enum Reason {
        /** Its newest record is older than {@code journal.retention}. */
        AGE,
        /** The journal is larger than {@code journal.max-size}. */
        SIZE
    }

    /**
     * A file to delete.
     *
     * @param file the file
     * @param reason why
     * @param losses what named tailers lose by it; empty unless the disk is short of room
     */
    public record Deletion(JournalFile file, Reason reason, List<Loss> losses) {}

    /**
     * Records that a named tailer has not read and now never will.
     *
     * @param tailer its name
     * @param first the first one's sequence number
     * @param last the last one's
     */
    public record Loss(String tailer, long first, long last) {
        /** How many they are. */
        public long records() {
            return last - first + 1;
        }
    }

    /**
     * What the rules are applied to, besides the journal.
     *
     * @param nowMs the time, epoch ms
     * @param replayMs files whose newest record is not older than this are read at the next start, and stay
     * @param freeBytes room on the disk
     * @param minFreeBytes with less room unread files go, too
     */
    record Circumstances(long nowMs, long replayMs, long freeBytes, long minFreeBytes) {}

    static RetentionPlan of(JournalInfo journal, RetentionConfig config, Circumstances now) {
        List<Deletion> deletions = new ArrayList<>();
        long usedBytes = journal.usedBytes();
        // room is added to it
        long freeBytes = Math.min(now.freeBytes(), Long.MAX_VALUE / 2);
        long[] writeTimes = WriteTimes.of(journal.files(), now.nowMs());
        long[] doubtedTimes = DoubtfulTimes.of(journal.files(), now.nowMs());
        for (int i = 0; i < newestWithRecords(journal); i++) {
            JournalFile file = journal.files().get(i);
            Reason reason = reason(now.nowMs() - writeTimes[i], now.nowMs() - doubtedTimes[i], config, now, usedBytes);
            if (reason == null) {
                break;
            }
            List<TailerPosition> readers = journal.holding(file);
            if (!readers.isEmpty() && freeBytes >= now.minFreeBytes()) {
                List<String> names = readers.stream().map(TailerPosition::name).toList();
                return new RetentionPlan(List.copyOf(deletions), file, names);
            }
            deletions.add(new Deletion(file, reason, losses(file, readers)));
            usedBytes -= file.usedBytes();
            freeBytes += file.usedBytes();
        }
        return new RetentionPlan(List.copyOf(deletions), null, List.of());
    }

    /** That file and those behind it stay: sequence numbers go on from its last record. */
    private static int newestWithRecords(JournalInfo journal) {
        for (int i = journal.files().size() - 1; i >= 0; i--) {
            if (journal.files().get(i).hasRecords()) {
                return i;
            }
        }
        return 0;
    }

    // size is a bound in any case: it goes oldest first, whatever the clock was
    private static Reason reason(
            long ageMs, long leastAgeMs, RetentionConfig config, Circumstances now, long usedBytes) {
        if (ageMs <= now.replayMs()) {
            return null;
        }
        if (leastAgeMs > config.ageMs()) {
            return Reason.AGE;
        }
        return config.maxBytes() > 0 && usedBytes > config.maxBytes() ? Reason.SIZE : null;
    }

    private static List<Loss> losses(JournalFile file, List<TailerPosition> readers) {
        return readers.stream()
                .map(reader ->
                        new Loss(reader.name(), Math.max(reader.next(), file.firstSequence()), file.lastSequence()))
                .toList();
    }
}

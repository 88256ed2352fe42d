package io.headcount.flow;

import io.headcount.journal.Fault;
import io.headcount.tail.CountRow;
import io.headcount.tail.JournalTailer;
import io.headcount.tail.StartAt;
import io.headcount.tail.TailListener;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares a journal with what cameras know.
 *
 * @param acknowledged posts that were answered 200
 * @param readable rows in the journal
 * @param lost posts that were acknowledged and are not readable
 * @param duplicated rows that are readable more than once
 * @param phantoms rows that nobody sent
 * @param faults damaged places
 * @param unanswered posts that are readable and were not acknowledged: of cameras whose last post is pending
 * @param mixed acknowledged posts that stand behind an unanswered one
 */
record JournalOracle(
        long acknowledged,
        long readable,
        long lost,
        long duplicated,
        long phantoms,
        long faults,
        long unanswered,
        long mixed) {
    static JournalOracle compare(Path journal, BusyCameras cameras) {
        Reading reading = new Reading();
        try (JournalTailer tailer = JournalTailer.open(journal, StartAt.start())) {
            tailer.drain(reading);
        }
        long[] counts = new long[2];
        Map<String, Integer> unsent = new HashMap<>(reading.rows);
        cameras.acknowledged(post -> {
            counts[0]++;
            counts[1] += reading.rows.containsKey(post.fingerprint()) ? 0 : 1;
            unsent.remove(post.fingerprint());
        });
        long[] first = {0, Long.MAX_VALUE};
        cameras.pending(post -> {
            unsent.remove(post.fingerprint());
            Long sequence = reading.sequences.get(post.fingerprint());
            first[0] += sequence == null ? 0 : 1;
            first[1] = sequence == null ? first[1] : Math.min(first[1], sequence);
        });
        long[] mixed = new long[1];
        cameras.acknowledged(
                post -> mixed[0] += reading.sequences.getOrDefault(post.fingerprint(), 0L) > first[1] ? 1 : 0);
        long duplicated =
                reading.rows.values().stream().filter(times -> times > 1).count();
        return new JournalOracle(
                counts[0],
                reading.rows.size(),
                counts[1],
                duplicated,
                unsent.size(),
                reading.faults,
                first[0],
                mixed[0]);
    }

    /** Whether every acknowledged post is there once and nothing else is. */
    boolean holds() {
        return lost == 0 && duplicated == 0 && phantoms == 0 && faults == 0;
    }

    private static final class Reading implements TailListener {
        private final Map<String, Integer> rows = new HashMap<>();
        private final Map<String, Long> sequences = new HashMap<>();
        private long faults;

        @Override
        public void onCount(CountRow row) {
            int device = Integer.parseInt(row.head().deviceId().substring("cam-".length()));
            CameraPost post = new CameraPost(
                    device,
                    row.row().startSec(),
                    row.head().version(),
                    row.counts().enters(),
                    row.counts().exits());
            rows.merge(post.fingerprint(), 1, Integer::sum);
            sequences.putIfAbsent(post.fingerprint(), row.head().sequence());
        }

        @Override
        public void onDamage(Fault fault) {
            faults++;
        }
    }
}

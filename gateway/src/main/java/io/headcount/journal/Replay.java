package io.headcount.journal;

import io.headcount.journal.ReadAhead.Batch;
import io.headcount.journal.RollFileScanner.RecordTest;
import io.headcount.model.Post;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the journal's last hours back at start. Used once, by one thread; another one
 * reads ahead of it. directory -> posts.
 *
 * <p>It must deliver every row whose window starts inside the ledger's window, or the ledger would take a repetition for
 * something new. A row is received after its window has begun, so the file of now − window would do, ten minutes earlier for
 * good measure; except when a camera's clock was ahead: its rows may be up to 24 hours older than their windows. Each record
 * carries the greatest window start before it: when that of the first record read lies inside the window, the replay starts
 * 24 hours earlier.
 *
 * <p>The same holds inside the file: its beginning is left out up to a record before which nothing of the window was journaled.
 *
 * <p>Files are chosen by their names, not by what is in them: names never run behind the clock
 * ({@link MonotonicTimeProvider}).
 */
final class Replay {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final long MARGIN_MS = TimeUnit.MINUTES.toMillis(10);
    private static final long MOST_AHEAD_MS = TimeUnit.HOURS.toMillis(24);
    /** How long before the ledger's window a replay may begin, ms. */
    static final long MOST_BEFORE_WINDOW_MS = MARGIN_MS + MOST_AHEAD_MS;

    private static final long PROGRESS_NS = TimeUnit.SECONDS.toNanos(5);

    private final Path dir;
    private final long newestStart;
    private final long startedNs = System.nanoTime();
    private long toldNs = startedNs;
    private long posts;
    private long rows;
    private long skipped;
    private final AtomicLong faults = new AtomicLong(); // hc-replay tells of them

    /**
     * A replay.
     *
     * @param newestStart greatest window start in the whole journal, epoch s, or {@link RecordLayout#NO_START}
     */
    Replay(Path dir, long newestStart) {
        this.dir = dir;
        this.newestStart = newestStart;
    }

    ReplayReport run(long nowMs, long windowMs, PostVisitor visitor) {
        RollFile from = firstFile(nowMs - windowMs);
        if (from != null) {
            try (JournalReader reader = JournalReader.openAt(from, this::log)) {
                reader.leaveOut(beforeWindow(nowMs - windowMs));
                readAll(reader, visitor);
            }
        }
        return new ReplayReport(posts, rows, skipped, faults.get(), elapsedMs());
    }

    private RollFile firstFile(long windowStartMs) {
        List<RollFile> files = JournalDirectory.rollFiles(dir);
        long fromMs = windowStartMs - MARGIN_MS;
        boolean startsInside = newestStartBefore(covering(files, fromMs)) > Math.floorDiv(windowStartMs, 1000);
        return covering(files, startsInside ? fromMs - MOST_AHEAD_MS : fromMs);
    }

    /**
     * Records before which nothing of the window was journaled, and which were received well before it. The first alone would do for
     * rows that start in the window; older rows that came in it are wanted, too.
     */
    private static RecordTest beforeWindow(long windowStartMs) {
        long windowStartSec = Math.floorDiv(windowStartMs, 1000);
        return (b, at) -> RecordLayout.longAt(b, at + RecordLayout.NEWEST_START) <= windowStartSec
                && RecordLayout.longAt(b, at + RecordLayout.RECEIVED_AT) <= windowStartMs - MARGIN_MS;
    }

    private static RollFile covering(List<RollFile> files, long timeMs) {
        for (RollFile file : files) {
            if (file.endMs() > timeMs) {
                return file;
            }
        }
        return null;
    }

    private long newestStartBefore(RollFile file) {
        if (file == null) {
            return newestStart;
        }
        try (JournalReader reader = JournalReader.openAt(file, fault -> {})) {
            return reader.nextBeforeEnd() ? reader.newestStart() : newestStart;
        }
    }

    private void readAll(JournalReader reader, PostVisitor visitor) {
        try (ReadAhead ahead = ReadAhead.start(reader)) {
            for (Batch batch = ahead.take(); batch.size() > 0; batch = ahead.take()) {
                deliver(batch, visitor);
                ahead.giveBack(batch);
                tellProgress();
            }
            skipped = ahead.skipped();
        }
    }

    private void deliver(Batch batch, PostVisitor visitor) {
        for (int i = 0; i < batch.size(); i++) {
            Post post = batch.post(i);
            posts++;
            rows += post.rows().size();
            visitor.onPost(post);
        }
    }

    /** Damage stays as it is, but what can't be read may be there the next time: the ledger must not go without it. */
    private void log(Fault fault) {
        if (fault.kind() == FaultKind.UNREADABLE) {
            throw new JournalException(
                    "journal " + dir + ": " + fault.message()
                            + "; a start needs it. When the disk has lost it for good, replace the file by a copy with zeros in its place");
        }
        faults.incrementAndGet();
        LOG.warn("journal {}: {}", dir, fault.message());
    }

    private void tellProgress() {
        long now = System.nanoTime();
        if (now - toldNs > PROGRESS_NS) {
            toldNs = now;
            LOG.info("replaying journal {}: {} posts, {} rows", dir, posts, rows);
        }
    }

    private long elapsedMs() {
        return (System.nanoTime() - startedNs) / 1_000_000;
    }
}

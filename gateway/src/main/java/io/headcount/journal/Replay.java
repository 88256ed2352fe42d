package io.headcount.journal;

import io.headcount.journal.ReadAhead.Batch;
import io.headcount.journal.RollFileScanner.RecordTest;
import io.headcount.model.Post;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the journal's last hours back at start. Used once, by one thread; another one
 * reads ahead of it. directory -> posts.
 *
 * <p>It must deliver every row that the ledger would still hold, or the ledger would take a repetition for something new or late: those that came in
 * the ledger's window, and those whose window ends in it. It begins with a record before which no window was journaled that ends in it, which each record
 * tells by the greatest window start before it, and which was received before the ledger's window, with ten minutes for good measure. A camera
 * whose clock is ahead by hours, or whose windows end hours after they are reported, makes it begin as many hours earlier; but of what was received
 * before the ledger's window only posts are delivered of which the ledger would still hold a row.
 *
 * <p>The file to begin with is found from the newest one backwards, by its first record: names and receive times may be anything after a jump
 * of the clock, window starts come from the cameras.
 */
final class Replay {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final long MARGIN_MS = TimeUnit.MINUTES.toMillis(10);
    // a window begins at most a day after its post was received, and is at most a day long
    private static final long MOST_AHEAD_MS = TimeUnit.HOURS.toMillis(48);
    /** How long before the ledger's window a replay may begin while no clock was set, ms. */
    static final long MOST_BEFORE_WINDOW_MS = MARGIN_MS + MOST_AHEAD_MS;

    private static final long STOP_ASKED_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PROGRESS_NS = TimeUnit.SECONDS.toNanos(5);

    private final Path dir;
    private final long startedNs = System.nanoTime();
    private long toldNs = startedNs;
    private long posts;
    private long rows;
    private long skipped;
    private final AtomicLong faults = new AtomicLong(); // hc-replay tells of them

    Replay(Path dir) {
        this.dir = dir;
    }

    ReplayReport run(long nowMs, long windowMs, PostVisitor visitor, BooleanSupplier stopAsked) {
        long windowStartMs = nowMs - windowMs;
        RecordTest before = beforeWindow(windowStartMs);
        RollFile from = firstFile(before);
        if (from != null) {
            try (JournalReader reader = JournalReader.openAt(from, this::log)) {
                reader.leaveOut(before);
                readAll(reader, windowStartMs, visitor, stopAsked);
            }
        }
        return new ReplayReport(posts, rows, skipped, faults.get(), elapsedMs());
    }

    private RollFile firstFile(RecordTest before) {
        List<RollFile> files = JournalDirectory.rollFiles(dir);
        for (int i = files.size() - 1; i >= 0; i--) {
            if (begins(files.get(i), before)) {
                return files.get(i);
            }
        }
        return files.isEmpty() ? null : files.get(0);
    }

    private static boolean begins(RollFile file, RecordTest before) {
        try (RollFileScanner scanner = new RollFileScanner(file)) {
            return scanner.moveToRecord() && before.test(scanner.bytes(), scanner.recordAt());
        } catch (NoSuchFileException deletedMeanwhile) {
            return false;
        } catch (IOException broken) {
            throw new UncheckedIOException("journal " + file.path() + " can't be read", broken);
        }
    }

    /**
     * Records before which all windows ended before the ledger's, and which were received well before it. The first alone would do for
     * rows whose windows end in it; older rows that came in it are wanted, too.
     */
    private static RecordTest beforeWindow(long windowStartMs) {
        long lastSec = Math.floorDiv(windowStartMs - 1, 1000) - RecordLayout.LONGEST_COUNTED_SEC;
        return (b, at) -> RecordLayout.longAt(b, at + RecordLayout.NEWEST_START) <= lastSec
                && RecordLayout.longAt(b, at + RecordLayout.RECEIVED_AT) <= windowStartMs - MARGIN_MS;
    }

    /** Records of which the ledger would hold a row, or might: the rest is only passed over. */
    private static Predicate<JournalReader> stillHeld(long windowStartMs) {
        return reader -> reader.receivedAtMs() > windowStartMs - MARGIN_MS || reader.hasWindowUpTo(windowStartMs);
    }

    private void readAll(JournalReader reader, long windowStartMs, PostVisitor visitor, BooleanSupplier stopAsked) {
        try (ReadAhead ahead = ReadAhead.start(reader, stillHeld(windowStartMs))) {
            while (!stopAsked.getAsBoolean()) {
                Batch batch = ahead.poll(STOP_ASKED_NS);
                if (batch != null && batch.size() == 0) {
                    skipped = ahead.skipped();
                    return;
                }
                if (batch != null) {
                    deliver(batch, visitor);
                    ahead.giveBack(batch);
                }
                tellProgress();
            }
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

package io.headcount.journal;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time by which files age: the clock, but a jump ahead is believed only after a day. A clock set to next year by mistake
 * would otherwise cost the whole journal within a minute. A jump back is believed at once: it only keeps files longer. One
 * thread.
 *
 * <p>A clock that is wrong from the start on shows in the journal, as a leap between a receive time and the next, or the clock. One by more than
 * a roll file and an hour is doubted unless records of a day came since; so a gateway that was switched off for that long lets files age by
 * its last record for a day, and one that is started again and again under a wrong clock does not believe it for that.
 */
final class RetentionTime implements ToLongFunction<JournalInfo> {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionTime.class);
    private static final long MOST_DRIFT_MS = TimeUnit.MINUTES.toMillis(10);
    private static final long BELIEVED_AFTER_MS = TimeUnit.HOURS.toMillis(24);
    private static final long MOST_SILENCE_MS = TimeUnit.HOURS.toMillis(1);
    // a week of minutely ones
    private static final int MOST_FILES = 10_000;

    private final Clock clock;
    private final LongSupplier nanos;
    private final long leapMs;
    private boolean begun;
    private long seenMs;
    private long seenNs;
    // elapsed since the clock jumped for the last time, or -1
    private long doubtedMs = -1;
    private long leadMs; // how far it was ahead then

    /**
     * A time that begins with the first look at a journal.
     *
     * @param clock the wall clock
     * @param nanos elapsed time, ns
     * @param rollLengthMs how much time one roll file holds
     */
    RetentionTime(Clock clock, LongSupplier nanos, long rollLengthMs) {
        this.clock = clock;
        this.nanos = nanos;
        this.leapMs = rollLengthMs + MOST_SILENCE_MS;
    }

    /** The time now, epoch ms. The journal matters at the first call only. */
    @Override
    public long applyAsLong(JournalInfo journal) {
        long wallMs = clock.millis();
        if (!begun) {
            begun = true;
            seenNs = nanos.getAsLong();
            seenMs = beginning(journal, wallMs);
        }
        long elapsedMs = (nanos.getAsLong() - seenNs) / 1_000_000;
        seenNs += elapsedMs * 1_000_000;
        seenMs += elapsedMs;
        if (wallMs - seenMs <= MOST_DRIFT_MS || believed(elapsedMs, wallMs)) {
            seenMs = wallMs;
            doubtedMs = -1;
        }
        return seenMs;
    }

    /** Goes back over a day of records, no more than {@link #MOST_FILES}, and to before each leap on the way. Receive times that come later in the journal and are earlier tell nothing. */
    private long beginning(JournalInfo journal, long wallMs) {
        long beginMs = wallMs;
        long laterMs = wallMs;
        long witnessedMs = 0;
        int files = journal.files().size();
        int oldest = Math.max(0, files - MOST_FILES);
        for (int i = 2 * files - 1; i >= 2 * oldest && witnessedMs < BELIEVED_AFTER_MS; i--) {
            JournalFile file = journal.files().get(i / 2);
            long atMs = i % 2 == 1 ? file.newestMs() : file.oldestMs();
            if (file.hasRecords() && atMs <= laterMs) {
                boolean leap = laterMs - atMs > leapMs;
                beginMs = leap ? atMs : beginMs;
                witnessedMs += leap ? 0 : laterMs - atMs;
                laterMs = atMs;
            }
        }
        return beginMs;
    }

    /** Whether the jump has been there for long enough; another one begins that time anew. */
    private boolean believed(long elapsedMs, long wallMs) {
        long nowLeadMs = wallMs - seenMs;
        if (doubtedMs < 0 || nowLeadMs - leadMs > MOST_DRIFT_MS) {
            doubtedMs = 0;
            leadMs = nowLeadMs;
            LOG.warn(
                    "the clock says {} where {} was expected, by the time before and what has passed since: for 24 hours files"
                            + " age by the latter, in case the clock is wrong",
                    Instant.ofEpochMilli(wallMs),
                    Instant.ofEpochMilli(seenMs));
            return false;
        }
        doubtedMs += elapsedMs;
        return doubtedMs >= BELIEVED_AFTER_MS;
    }
}

package io.headcount.journal;

import java.time.Instant;
import java.util.List;

/**
 * When each file of a journal was written to last, by {@link WriteTimes}, but for receive times that a clock behind has given, which would let
 * files go by age that are a day old. Such a file is taken for younger than it is, because what is deleted is gone.
 *
 * <p>The name of a file comes from a time that never goes back ({@link MonotonicTimeProvider}): after the clock was set back it goes on, and no
 * file was written to before its name. A name that is ahead of now tells nothing. A gateway that is started again under a clock behind goes on in the
 * newest file, for as long as that runs: then the file behind it counts. Before the first file there is no such time to go on from: there
 * a time is doubted that was before any gateway, which is where clocks begin that have no battery: there, too.
 */
final class DoubtfulTimes {
    /** No gateway was there to receive anything before. */
    static final long FIRST_GATEWAY_MS = Instant.parse("2022-01-01T00:00:00Z").toEpochMilli();

    private DoubtfulTimes() {}

    /**
     * Of these files, oldest first.
     *
     * @param nowMs the time, epoch ms
     * @return epoch ms, one for each file, none later than now
     */
    static long[] of(List<JournalFile> files, long nowMs) {
        long[] times = WriteTimes.of(files, nowMs);
        long leastMs = nowMs < FIRST_GATEWAY_MS ? Long.MIN_VALUE : FIRST_GATEWAY_MS;
        long behindIt = nowMs;
        for (int i = times.length - 1; i >= 0; i--) {
            RollFile named = RollFile.of(files.get(i).path());
            times[i] = named.startMs() <= nowMs ? Math.max(times[i], named.startMs()) : times[i];
            boolean doubtful = times[i] < leastMs || wentBack(files.get(i), named, nowMs);
            times[i] = doubtful ? behindIt : times[i];
            behindIt = times[i];
        }
        return times;
    }

    // from the future it went back to the right time
    private static boolean wentBack(JournalFile file, RollFile named, long nowMs) {
        return file.oldestMs() <= nowMs && file.oldestMs() - file.newestMs() > named.endMs() - named.startMs();
    }
}

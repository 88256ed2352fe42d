package io.headcount.journal;

import java.util.List;

/**
 * When each file of a journal was written to last: the receive time of its newest record, where that can be. A file's name does not tell:
 * after the clock was ahead names are ahead for as long ({@link MonotonicTimeProvider}).
 *
 * <p>A newest record later than now was received while the clock was ahead: such a file is no younger than the one behind it. A newest record
 * earlier than the first of the same file was received while the clock was behind: then the first counts. In doubt a file is taken for younger
 * than it is, because what is deleted is gone: one whose clock was ahead, and no longer is by now, by as much as the clock was.
 */
final class WriteTimes {
    private WriteTimes() {}

    /**
     * Of these files, oldest first.
     *
     * @param nowMs the time, epoch ms
     * @return epoch ms, one for each file, none later than now
     */
    static long[] of(List<JournalFile> files, long nowMs) {
        long[] times = new long[files.size()];
        long behindIt = nowMs;
        for (int i = times.length - 1; i >= 0; i--) {
            JournalFile file = files.get(i);
            if (file.hasRecords() && file.newestMs() <= nowMs) {
                behindIt = file.oldestMs() <= nowMs ? Math.max(file.oldestMs(), file.newestMs()) : file.newestMs();
            }
            times[i] = behindIt;
        }
        return times;
    }
}

package io.headcount.xml;

import java.util.Arrays;

/**
 * What the rows of one post say about their windows, kept until the whole document is read: the time zone may stand behind
 * the rows. One entry a row of the post, in its order. Not thread-safe.
 */
final class RawWindows {
    /** Stands for a field that is missing. */
    static final int ABSENT = Integer.MIN_VALUE;

    private static final int INITIAL_CAPACITY = 8;
    private static final int RETAINED_CAPACITY = 64;

    private int size;
    private long[] unixStarts = new long[INITIAL_CAPACITY];
    private int[] epochDays = new int[INITIAL_CAPACITY];
    private int[] startSeconds = new int[INITIAL_CAPACITY];
    private int[] endSeconds = new int[INITIAL_CAPACITY];
    private int[] intervals = new int[INITIAL_CAPACITY];

    void clear() {
        size = 0;
        if (unixStarts.length > RETAINED_CAPACITY) {
            resize(INITIAL_CAPACITY);
        }
    }

    private void resize(int capacity) {
        unixStarts = Arrays.copyOf(unixStarts, capacity);
        epochDays = Arrays.copyOf(epochDays, capacity);
        startSeconds = Arrays.copyOf(startSeconds, capacity);
        endSeconds = Arrays.copyOf(endSeconds, capacity);
        intervals = Arrays.copyOf(intervals, capacity);
    }

    /** Adds the window of the next row; {@code unixStart} is 0 where it is missing. */
    void add(long unixStart, int epochDay, int startSecond, int endSecond, int intervalMinutes) {
        if (size == unixStarts.length) {
            resize(size * 2);
        }
        unixStarts[size] = unixStart;
        epochDays[size] = epochDay;
        startSeconds[size] = startSecond;
        endSeconds[size] = endSecond;
        intervals[size] = intervalMinutes;
        size++;
    }

    /** Epoch seconds, 0 where missing. */
    long unixStart(int row) {
        return unixStarts[row];
    }

    /** The report's date, days since 1970-01-01, or {@link #ABSENT}. */
    int epochDay(int row) {
        return epochDays[row];
    }

    /** StartTime, second of the day, or {@link #ABSENT}. */
    int startSecond(int row) {
        return startSeconds[row];
    }

    /** EndTime, second of the day, or {@link #ABSENT}. */
    int endSecond(int row) {
        return endSeconds[row];
    }

    /** ReportData/@Interval, minutes, or {@link #ABSENT}. */
    int interval(int row) {
        return intervals[row];
    }
}

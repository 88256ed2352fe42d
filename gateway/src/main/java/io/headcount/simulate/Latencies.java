package io.headcount.simulate;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** Times in microseconds, three digits of them. Written by an event loop, read by main. */
final class Latencies {
    private static final long MOST_US = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(MOST_US, DIGITS);
    private Histogram spare;

    static Histogram histogram() {
        return new Histogram(MOST_US, DIGITS);
    }

    void record(long ns) {
        recorder.recordValue(Math.min(MOST_US, Math.max(0, ns / 1000)));
    }

    /** Moves what was recorded since the last time. Main. */
    void drainTo(Histogram total) {
        spare = recorder.getIntervalHistogram(spare);
        total.add(spare);
    }
}

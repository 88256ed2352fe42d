package io.headcount.simulate;

import org.HdrHistogram.Histogram;

/**
 * What a run has measured, µs. Main.
 *
 * @param latency from when a post was due to its answer, of posts that were acknowledged
 * @param slow the same of those whose body trickled, or that waited in their connection behind one that did
 * @param refused the same of posts whose last answer was not 2xx
 * @param delay from when a post was due to when the simulator turned to it
 */
record Times(Histogram latency, Histogram slow, Histogram refused, Histogram delay) {
    static Times none() {
        return new Times(Latencies.histogram(), Latencies.histogram(), Latencies.histogram(), Latencies.histogram());
    }

    void add(Times other) {
        latency.add(other.latency);
        slow.add(other.slow);
        refused.add(other.refused);
        delay.add(other.delay);
    }
}

package io.headcount.telemetry;

import io.headcount.model.RefusalReason;
import java.util.concurrent.atomic.LongAdder;

/** The gateway's counters. Any thread may add to one or read it; a sum is exact once its writers rest. */
public final class Telemetry {
    private final LongAdder[] counters = adders(Metric.values().length);
    private final LongAdder[] refusals = adders(RefusalReason.values().length);

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    /** Counts one. */
    public void count(Metric metric) {
        counters[metric.ordinal()].increment();
    }

    /** Counts {@code amount} at once. */
    public void count(Metric metric, long amount) {
        counters[metric.ordinal()].add(amount);
    }

    /** Counts a refused request. */
    public void countRefusal(RefusalReason reason) {
        refusals[reason.ordinal()].increment();
    }

    /** The counter's sum since the start. */
    public long sum(Metric metric) {
        return counters[metric.ordinal()].sum();
    }

    /** Requests refused for this reason since the start. */
    public long refusals(RefusalReason reason) {
        return refusals[reason.ordinal()].sum();
    }
}

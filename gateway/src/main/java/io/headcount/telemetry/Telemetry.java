package io.headcount.telemetry;

import io.headcount.model.RefusalReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** The gateway's counters. Any thread may add to one or read it; a sum is exact once its writers rest. */
public final class Telemetry {
    static {
        // The JVM's metrics bring DoubleAdder along at the first collection behind a scrape. As long as LongAdder is
        // the
        // only heir of its class, compiled code builds on that, and the whole path of a post would be compiled anew
        // then.
        new DoubleAdder().reset();
    }

    private final Map<Metric, LongAdder> counters = adders(Metric.class);
    private final Map<RefusalReason, LongAdder> refusals = adders(RefusalReason.class);

    /** Filled here and never changed, so that any thread may look into it. */
    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        Map<E, LongAdder> adders = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            adders.put(constant, new LongAdder());
        }
        return adders;
    }

    /** Counts one. */
    public void count(Metric metric) {
        counters.get(metric).increment();
    }

    /** Counts {@code amount} at once. */
    public void count(Metric metric, long amount) {
        counters.get(metric).add(amount);
    }

    /** Counts a refused request. */
    public void countRefusal(RefusalReason reason) {
        refusals.get(reason).increment();
    }

    /** The counter's sum since the start. */
    public long sum(Metric metric) {
        return counters.get(metric).sum();
    }

    /** Requests refused for this reason since the start. */
    public long refusals(RefusalReason reason) {
        return refusals.get(reason).sum();
    }
}

package io.headcount.bench;

import io.headcount.config.ConfigException;
import io.headcount.ring.PostRing;
import io.headcount.telemetry.Telemetry;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The way of a post through the ring and back, with no stage behind it: published, taken by hc-pipeline, settled, told on the
 * thread that published it. The scores are time per post as that thread sees it.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar RingBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
public class RingBenchmark extends GatewayFork {
    private static final int BATCH = 256;

    private PostRing ring;
    private Deliveries deliveries;

    /** Starts hc-pipeline. */
    @Setup
    public void setUp() throws ConfigException {
        ring = new PostRing(Samples.config().ring(), 0, List.of(post -> {}), cause -> {}, new Telemetry());
        ring.start();
        deliveries = new Deliveries(BATCH);
    }

    /** One post, alone: mostly two threads waking each other. */
    @Benchmark
    public void single() throws InterruptedException {
        deliveries.publish(ring, 0);
        deliveries.awaitSettled(1);
    }

    /** 256 posts at once, as in a minute's first second; per post. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void batched() throws InterruptedException {
        for (int i = 0; i < BATCH; i++) {
            deliveries.publish(ring, i);
        }
        deliveries.awaitSettled(BATCH);
    }

    /** Stops hc-pipeline. */
    @TearDown
    public void tearDown() {
        ring.close();
    }
}

package io.headcount.ring;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import io.headcount.config.RingConfig;
import io.headcount.telemetry.Metric;
import io.headcount.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ring and the one thread behind it, hc-pipeline, which takes every post through the stages and settles its delivery.
 * Deliveries from any event loop -> stages in order -> back to their event loops, a batch at a time.
 *
 * <p>The ring carries references: a post stays where the parser filled it until it is answered. After an exception the
 * pipeline takes no post any further; all that come are settled as not durable, so that nobody waits.
 */
public final class PostRing implements PostPublisher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostRing.class);
    private static final int MAX_BATCH = 1024;
    private static final long WAIT_MS = 100;

    private static final class Slot {
        private Delivery delivery;
    }

    private final RingBuffer<Slot> buffer;
    private final BatchEventProcessor<Slot> processor;
    private final Thread thread;
    private final List<PostStage> stages;
    private final Consumer<Throwable> onFailure;
    private final Telemetry telemetry;
    private final long settleTimeoutNs;

    // hc-pipeline only
    private final List<Delivery> batch = new ArrayList<>(MAX_BATCH);
    private final List<SettlementLane> lanes = new ArrayList<>();

    // written by hc-pipeline, read by any
    private volatile boolean failed;
    private volatile long batchBeganNs; // 0: no batch is at hand

    /**
     * A ring that is not running yet.
     *
     * @param config its size
     * @param batchIntervalNs between the beginnings of two batches while posts are many, so that not each has to wake hc-pipeline; 0: none
     * @param stages what every post goes through, in order
     * @param onFailure told once, on hc-pipeline, that the pipeline has failed; must stop the gateway
     * @param telemetry counts batches
     */
    public PostRing(
            RingConfig config,
            long batchIntervalNs,
            List<PostStage> stages,
            Consumer<Throwable> onFailure,
            Telemetry telemetry) {
        this.stages = List.copyOf(stages);
        this.onFailure = onFailure;
        this.telemetry = telemetry;
        this.settleTimeoutNs = TimeUnit.MILLISECONDS.toNanos(config.settleTimeoutMs());
        this.buffer = RingBuffer.createMultiProducer(
                Slot::new, config.size(), new PacedWaitStrategy(batchIntervalNs, WAIT_MS));
        this.processor = new BatchEventProcessorBuilder()
                .setMaxBatchSize(Math.min(MAX_BATCH, config.size()))
                .build(buffer, buffer.newBarrier(), new Consuming());
        processor.setExceptionHandler(new Failing());
        buffer.addGatingSequences(processor.getSequence());
        this.thread = new Thread(processor, "hc-pipeline");
    }

    /** Starts hc-pipeline. */
    public void start() {
        thread.start();
    }

    @Override
    public boolean tryPublish(Delivery delivery) {
        if (!buffer.hasAvailableCapacity(1)) {
            return false;
        }
        long sequence;
        try {
            sequence = buffer.tryNext();
        } catch (com.lmax.disruptor.InsufficientCapacityException takenMeanwhile) {
            return false;
        }
        buffer.get(sequence).delivery = delivery;
        buffer.publish(sequence);
        return true;
    }

    @Override
    public boolean tryPublish(List<Delivery> deliveries) {
        int count = deliveries.size();
        if (count > buffer.getBufferSize() || !buffer.hasAvailableCapacity(count)) {
            return false;
        }
        long last;
        try {
            last = buffer.tryNext(count);
        } catch (com.lmax.disruptor.InsufficientCapacityException takenMeanwhile) {
            return false;
        }
        long first = last - count + 1;
        for (int i = 0; i < count; i++) {
            buffer.get(first + i).delivery = deliveries.get(i);
        }
        buffer.publish(first, last);
        return true;
    }

    /** Posts in the ring now, roughly; any thread. */
    public long depth() {
        return Math.max(0, buffer.getCursor() - processor.getSequence().get());
    }

    /** How many posts it can hold. */
    public int capacity() {
        return buffer.getBufferSize();
    }

    /** Whether the pipeline has failed and settles everything as not durable. */
    public boolean failed() {
        return failed;
    }

    /** Whether the batch at hand has taken longer than {@code ring.settle-timeout}: what comes now need not wait for it. Any thread. */
    public boolean stalled() {
        long began = batchBeganNs;
        return began != 0 && System.nanoTime() - began > settleTimeoutNs;
    }

    /**
     * Ends hc-pipeline when it has taken everything published before the call. Close the intake first: what is published
     * afterwards is never settled.
     */
    @Override
    public void close() {
        long last = buffer.getCursor();
        try {
            while (thread.isAlive() && processor.getSequence().get() < last) {
                thread.join(1);
            }
            processor.halt();
            thread.join();
        } catch (InterruptedException hurried) {
            processor.halt();
            Thread.currentThread().interrupt();
        }
    }

    private final class Consuming implements EventHandler<Slot> {
        @Override
        public void onEvent(Slot slot, long sequence, boolean endOfBatch) {
            Delivery delivery = slot.delivery;
            slot.delivery = null;
            if (batch.isEmpty()) {
                batchBeganNs = System.nanoTime() | 1; // never 0
            }
            batch.add(delivery);
            if (!failed) {
                runStages(delivery);
            }
            if (endOfBatch) {
                endBatch();
            }
        }
    }

    private void runStages(Delivery delivery) {
        try {
            for (PostStage stage : stages) {
                stage.onPost(delivery.post());
            }
        } catch (Throwable bugOrBrokenMachine) {
            fail(bugOrBrokenMachine);
        }
    }

    private void endBatch() {
        if (!failed) {
            try {
                stages.forEach(PostStage::onBatchEnd);
            } catch (Throwable bugOrBrokenMachine) {
                fail(bugOrBrokenMachine);
            }
        }
        batchBeganNs = 0;
        telemetry.count(Metric.PIPELINE_BATCHES);
        for (Delivery delivery : batch) {
            if (delivery.lane().add(delivery, !failed)) {
                lanes.add(delivery.lane());
            }
        }
        batch.clear();
        lanes.forEach(this::handOver);
        lanes.clear();
    }

    /** One event loop that can't be told must not keep the others from being told. */
    private void handOver(SettlementLane lane) {
        try {
            lane.handOver();
        } catch (Throwable brokenMachine) {
            fail(brokenMachine);
        }
    }

    /** Tells first and logs then; an exception that left this thread would end it without a sign. */
    private void fail(Throwable cause) {
        boolean first = !failed;
        failed = true;
        if (first) {
            try {
                onFailure.accept(cause);
            } catch (Throwable bug) {
                log("The gateway could not be told that the pipeline has failed", bug);
            }
        }
        log("The pipeline has failed; nothing is acknowledged any more and the gateway stops", cause);
    }

    private static void log(String message, Throwable cause) {
        try {
            LOG.error(message, cause);
        } catch (Throwable loggingIsBroken) {
            // whoever was told stops the gateway; there is nothing left to say it with
        }
    }

    /** For what goes wrong around the stages; the Disruptor's own handler would end the thread. */
    private final class Failing implements ExceptionHandler<Slot> {
        @Override
        public void handleEventException(Throwable bug, long sequence, Slot slot) {
            fail(bug);
        }

        @Override
        public void handleOnStartException(Throwable bug) {
            fail(bug);
        }

        @Override
        public void handleOnShutdownException(Throwable bug) {
            fail(bug);
        }
    }
}

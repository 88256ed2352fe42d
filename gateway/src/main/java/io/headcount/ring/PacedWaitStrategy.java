package io.headcount.ring;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Has one reader wait for posts so that its batches begin at least an interval apart while posts are many, as network cards pace their
 * interrupts. A post that comes after a quiet interval is taken at once. One that comes sooner waits for the rest of the interval,
 * together with all that come meanwhile, and none of these has to wake the reader.
 *
 * <p>Posts are many when the batch before had more than one, or began less than a quarter of the interval ago: so a single camera
 * that sends one after the other is not held up. A place in the ring that is claimed and not published yet counts as a batch:
 * the reader looks again an interval later, and leaves the core to the thread that is about to publish.
 */
final class PacedWaitStrategy implements WaitStrategy {
    private static final int MANY_SHARE = 4;

    private final WaitStrategy blocking;
    private final long intervalNs;
    private final LongSupplier nanoTime;
    private final LongConsumer pause;

    // the reader's
    private long batchBeganNs;
    private long batchSize;

    /**
     * A strategy for one reader.
     *
     * @param intervalNs between the beginnings of two batches while posts are many; 0: no pauses
     * @param timeoutMs after which a wait without any post is given up
     */
    PacedWaitStrategy(long intervalNs, long timeoutMs) {
        this(new WakingWaitStrategy(timeoutMs), intervalNs, System::nanoTime, LockSupport::parkNanos);
    }

    PacedWaitStrategy(WaitStrategy blocking, long intervalNs, LongSupplier nanoTime, LongConsumer pause) {
        this.blocking = blocking;
        this.intervalNs = intervalNs;
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.batchBeganNs = nanoTime.getAsLong() - intervalNs;
    }

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier)
            throws AlertException, InterruptedException, TimeoutException {
        long available = blocking.waitFor(sequence, cursor, dependent, barrier);
        long sinceNs = nanoTime.getAsLong() - batchBeganNs;
        boolean many = batchSize > 1 || sinceNs < intervalNs / MANY_SHARE;
        if (many && sinceNs < intervalNs) {
            pause.accept(intervalNs - sinceNs); // one that ends early makes a smaller batch
            available = dependent.get();
        }
        batchBeganNs = nanoTime.getAsLong();
        batchSize = available - sequence + 1;
        return available;
    }

    @Override
    public void signalAllWhenBlocking() {
        blocking.signalAllWhenBlocking();
    }
}

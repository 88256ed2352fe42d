package io.headcount.ring;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one reader sleep until there is a post, or for a bounded time. Who publishes takes the lock only when the reader
 * has said that it is going to sleep.
 *
 * <p>Design note: the reader says so first and looks for a post afterwards, and a publisher claims its place first and
 * looks whether it has to wake afterwards: one of the two sees the other. The Disruptor's LiteTimeoutBlockingWaitStrategy
 * looks only before it says so, and a post published in between lies until the time is up.
 */
final class WakingWaitStrategy implements WaitStrategy {
    private final long timeoutNs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();
    private final AtomicBoolean sleeping = new AtomicBoolean();

    /** A strategy for one reader, which gives a wait up after {@code timeoutMs}. */
    WakingWaitStrategy(long timeoutMs) {
        this.timeoutNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    }

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier)
            throws AlertException, InterruptedException, TimeoutException {
        if (cursor.get() < sequence) {
            sleep(sequence, cursor, barrier);
        }
        long available = dependent.get();
        while (available < sequence) {
            barrier.checkAlert();
            Thread.onSpinWait();
            available = dependent.get();
        }
        return available;
    }

    private void sleep(long sequence, Sequence cursor, SequenceBarrier barrier)
            throws AlertException, InterruptedException, TimeoutException {
        long leftNs = timeoutNs;
        lock.lock();
        try {
            saySleeping();
            while (cursor.get() < sequence) {
                barrier.checkAlert();
                if (leftNs <= 0) {
                    throw TimeoutException.INSTANCE;
                }
                leftNs = published.awaitNanos(leftNs);
                saySleeping();
            }
        } finally {
            sleeping.set(false);
            lock.unlock();
        }
    }

    private void saySleeping() {
        sleeping.set(true);
        VarHandle.fullFence(); // the cursor is not read with volatile access, and could be read before this is seen
    }

    @Override
    public void signalAllWhenBlocking() {
        if (sleeping.getAndSet(false)) {
            lock.lock();
            try {
                published.signal();
            } finally {
                lock.unlock();
            }
        }
    }
}

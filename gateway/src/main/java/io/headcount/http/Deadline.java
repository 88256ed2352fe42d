package io.headcount.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One absolute deadline that is moved and cleared often and reached hardly ever: at most one task is scheduled, and it looks when
 * it wakes whether the deadline has moved on. Event loop of its channel. time -> call.
 */
final class Deadline implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);

    private final EventExecutor eventLoop;
    private final Runnable onReached;

    private boolean set;
    private long atNs;
    private Future<?> task;
    private long taskAtNs;

    Deadline(EventExecutor eventLoop, Runnable onReached) {
        this.eventLoop = eventLoop;
        this.onReached = onReached;
    }

    /** Replaces the deadline by one that is {@code afterMs} from now. */
    void set(long afterMs) {
        long now = eventLoop.ticker().nanoTime();
        atNs = now + TimeUnit.MILLISECONDS.toNanos(afterMs);
        set = true;
        if (task == null || taskAtNs - atNs > 0) {
            cancelTask();
            schedule(now);
        }
    }

    /** No deadline for now. */
    void clear() {
        set = false;
    }

    /** No deadline any more: nothing keeps the connection in memory. */
    void end() {
        set = false;
        cancelTask();
    }

    private void schedule(long nowNs) {
        taskAtNs = atNs;
        task = eventLoop.schedule(this, atNs - nowNs, TimeUnit.NANOSECONDS);
    }

    private void cancelTask() {
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }

    @Override
    public void run() {
        try {
            look();
        } catch (RuntimeException | Error broken) { // the event loop would keep it to itself
            LOG.error("The deadline of a connection failed", broken);
        }
    }

    private void look() {
        task = null;
        if (!set) {
            return;
        }
        long now = eventLoop.ticker().nanoTime();
        if (atNs - now > 0) {
            schedule(now);
        } else {
            set = false;
            onReached.run();
        }
    }
}

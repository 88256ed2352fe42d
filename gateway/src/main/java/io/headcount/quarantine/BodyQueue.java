package io.headcount.quarantine;

import io.headcount.model.RefusedBody;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Bodies that wait to be written, bounded by their bytes. Any thread adds, hc-quarantine takes. */
final class BodyQueue {
    /** What a waiting body costs besides its bytes; bounds how many empty ones there are. */
    private static final long BYTES_PER_BODY = 512;

    /** One that waits, and who wants to know what became of it; without a body it is the last. */
    record Waiting(RefusedBody body, Consumer<Boolean> outcome) {
        boolean last() {
            return body == null;
        }

        private long cost() {
            return body.bytes().capacity() + BYTES_PER_BODY;
        }
    }

    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final long maxBytes;
    private long cost; // guarded by this, like closed
    private boolean closed;

    BodyQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** False: there is no room, or the queue is closed. */
    synchronized boolean offer(RefusedBody body, Consumer<Boolean> outcome) {
        Waiting waiting = new Waiting(body, outcome);
        if (closed || cost + waiting.cost() > maxBytes) {
            return false;
        }
        cost += waiting.cost();
        return queue.add(waiting);
    }

    /** The next one, which keeps its room until it is {@link #done}; null when none comes in time. */
    Waiting poll(long timeoutMs) throws InterruptedException {
        return queue.poll(timeoutMs, TimeUnit.MILLISECONDS);
    }

    synchronized void done(Waiting waiting) {
        cost -= waiting.cost();
    }

    /** Takes no more; those that wait are still to be polled, and behind them the last. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            queue.add(new Waiting(null, null));
        }
    }
}

package io.headcount.quarantine;

import io.headcount.model.RefusedBody;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Bodies that wait to be written, bounded by their bytes. Any thread adds, hc-quarantine takes. */
final class BodyQueue {
    /** What a waiting body costs besides its bytes; bounds how many empty ones there are. */
    private static final long BYTES_PER_BODY = 512;

    /** One that waits, and who wants to know what became of it. */
    record Waiting(RefusedBody body, Consumer<Boolean> outcome) {
        private long cost() {
            return body.bytes().capacity() + BYTES_PER_BODY;
        }
    }

    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong cost = new AtomicLong();
    private final long maxBytes;

    BodyQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** False: there is no room. */
    boolean offer(RefusedBody body, Consumer<Boolean> outcome) {
        Waiting waiting = new Waiting(body, outcome);
        if (cost.addAndGet(waiting.cost()) > maxBytes) {
            cost.addAndGet(-waiting.cost());
            return false;
        }
        return queue.add(waiting);
    }

    /** The next one, which keeps its room until it is {@link #done}; null when none comes in time. */
    Waiting poll(long timeoutMs) throws InterruptedException {
        return queue.poll(timeoutMs, TimeUnit.MILLISECONDS);
    }

    void done(Waiting waiting) {
        cost.addAndGet(-waiting.cost());
    }
}

package io.headcount.bench;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/** Stands in for a connection's event loop: the benchmark's own thread runs here what the pipeline hands back. */
final class EventLoop implements Executor {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    // the benchmark's thread only
    private int settled;
    private boolean failed;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** A delivery came back. */
    void onSettled(boolean durable) {
        settled++;
        failed |= !durable;
    }

    /** Runs tasks until this many deliveries have come back since the last call. */
    void awaitSettled(int deliveries) throws InterruptedException {
        while (settled < deliveries) {
            tasks.take().run();
        }
        settled = 0;
        if (failed) {
            throw new IllegalStateException("The pipeline has failed; the log says why");
        }
    }
}

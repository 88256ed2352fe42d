package io.headcount.simulate;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Names event loops' threads: hc-fleet-0, hc-fleet-1, … */
final class LoopThreads implements ThreadFactory {
    private final AtomicInteger made = new AtomicInteger();

    @Override
    public Thread newThread(Runnable loop) {
        return new FastThreadLocalThread(loop, "hc-fleet-" + made.getAndIncrement());
    }
}

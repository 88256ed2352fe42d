package io.headcount.http;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Names event loops' threads: hc-http-0, hc-http-1, … */
final class LoopThreads implements ThreadFactory {
    private final String prefix;
    private final AtomicInteger made = new AtomicInteger();

    LoopThreads(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable loop) {
        return new FastThreadLocalThread(loop, prefix + "-" + made.getAndIncrement());
    }
}
